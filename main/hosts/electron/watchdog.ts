import type { Timers } from '../../transport/timers.ts';

/** How often a sign of life is asked for. */
const PROBE_MS = 2000;
/** A page that owes a painted frame for so long hangs, or shows nothing. With the probe and a new window: under ten seconds in all. */
const HUNG_MS = 6000;
/** A page has so long for its first painted frame: on a slow machine, cold, scripts and fonts take their time. */
const LOAD_MS = 15_000;

/** Watches that what was sent is really painted: a hung script, an emptied document and a page that never came up all look alike. */
export interface Watchdog {
  /** A new page begins to load. */
  loading(): void;
  /** This step was sent to the page. */
  sent(step: number): void;
  /** The page has painted this step. */
  painted(step: number): void;
  stop(): void;
}

export interface WatchdogDeps {
  readonly timers: Timers;
  /** Sends the newest snapshot once more, and tells its step. */
  readonly probe: () => number;
  readonly onHung: () => void;
}

/** `probe` is called every `PROBE_MS`; `onHung` once per page, until `loading` says that there is another. */
export function createWatchdog({ timers, probe, onHung }: WatchdogDeps): Watchdog {
  /** Steps that are owed, oldest first; each once in a row. A restarted core counts from the beginning, so order is not size. */
  let owed: { step: number; since: number }[] = [];
  let loadedBy: number | null = null;
  let told = false;
  let last = timers.now();
  let timer: unknown = null;

  const sent = (step: number) => {
    if (owed.at(-1)?.step !== step) owed.push({ step, since: timers.now() });
  };
  const tick = () => {
    const now = timers.now();
    // Our own process stood still (suspended, or starved): the page cannot be blamed for that time.
    const lost = Math.max(0, now - last - PROBE_MS);
    last = now;
    if (lost > PROBE_MS) {
      owed = owed.map(({ step, since }) => ({ step, since: since + lost }));
      if (loadedBy !== null) loadedBy += lost;
    }
    const oldest = owed[0];
    const late = loadedBy === null ? oldest !== undefined && now - oldest.since >= HUNG_MS : now >= loadedBy;
    if (late && !told) {
      told = true;
      onHung();
    }
    sent(probe());
    timer = timers.setTimeout(tick, PROBE_MS);
  };
  timer = timers.setTimeout(tick, PROBE_MS);

  return {
    loading() {
      owed = [];
      told = false;
      loadedBy = timers.now() + LOAD_MS;
    },
    sent,
    painted(step) {
      // Only what was really owed counts: a page stuck on an old step goes on saying that step.
      const at = owed.findLastIndex((one) => one.step === step);
      if (at < 0) return;
      owed = owed.slice(at + 1);
      loadedBy = null;
    },
    stop: () => timers.clearTimeout(timer),
  };
}
