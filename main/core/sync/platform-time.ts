import type { Clock } from '../ports.ts';

/** Which run of the machine this is, and how long it has run. Unlike a process's own clock it goes on while the machine sleeps. */
export interface Boot {
  readonly id: string;
  /** Never goes back while `id` stays the same. */
  uptimeMs(): number;
}

/** The platform's time as it is written down. `wall`: what the kiosk's own clock said then. All but `uptimeMs` epoch ms. */
export interface TimeNote {
  readonly bootId: string;
  readonly uptimeMs: number;
  readonly wall: number;
  readonly platform: number;
}

export interface TimeKeeping {
  /** @returns false when it could not be written */
  noteTime(note: TimeNote): boolean;
  notedTime(): TimeNote | null;
}

/** The platform's time, from the Date of its own answers, carried on by the machine's uptime: what the wall clock does changes nothing. */
export interface PlatformTime {
  /** Reads what an earlier run of the core wrote down, unless more is known. Again when a queue that could not be opened is there. */
  load(): void;
  /** @param date of an answer that the platform marked, epoch ms @param sentAt @param gotAt uptime in ms */
  note(date: number, sentAt: number, gotAt: number): void;
  /** Writes down what is known, where that was not done lately, or the queue that it was written in has been made anew. */
  keep(): void;
  /** The estimate, epoch ms; null: nothing is known yet. */
  now(): number | null;
  /**
   * The latest that it can be there, by this clock; what expires later than this has not expired. Infinity: time has passed that nobody
   * counted. null: nothing is known yet.
   */
  latest(): number | null;
  /** The estimate, or what the kiosk's own clock says. */
  civil(): number;
  uptime(): number;
}

/** A Date header counts whole seconds. */
const DATE_STEP_MS = 1000;
/** How far two quartz clocks part. */
const DRIFT = 200e-6;
const KEEP_EVERY_MS = 10 * 60_000;

interface Anchor {
  readonly platform: number;
  readonly uptime: number;
  /** How far off it can be to either side, ms; Infinity: it is a lower bound only. */
  readonly within: number;
}

export function createPlatformTime(options: {
  readonly boot: Boot;
  readonly clock: Pick<Clock, 'now'>;
  /** null: there is no queue, and nothing is written down. */
  readonly store: () => TimeKeeping | null;
}): PlatformTime {
  const { boot, clock, store } = options;
  let anchor: Anchor | null = null;
  let keptAt = Number.NEGATIVE_INFINITY;
  let keptOffset = 0;
  const now = () => (anchor === null ? null : anchor.platform + boot.uptimeMs() - anchor.uptime);

  const write = (platform: number) => {
    const uptimeMs = boot.uptimeMs();
    const wall = clock.now();
    // What a full disk did not take is tried again at the next look.
    if (store()?.noteTime({ bootId: boot.id, uptimeMs, wall, platform }) === false) return;
    keptAt = uptimeMs;
    keptOffset = wall - uptimeMs;
  };
  const keep = () => {
    const platform = now();
    // What is only a lower bound is no better for being written again, and the gap would be forgotten.
    if (platform === null || anchor?.within === Number.POSITIVE_INFINITY) return;
    const uptime = boot.uptimeMs();
    const jumped = Math.abs(clock.now() - uptime - keptOffset) > DATE_STEP_MS;
    if (jumped || uptime - keptAt >= KEEP_EVERY_MS || store()?.notedTime() === null) write(platform);
  };

  return {
    load() {
      if (anchor !== null) return;
      const noted = store()?.notedTime() ?? null;
      if (noted === null) return;
      const uptime = boot.uptimeMs();
      if (noted.bootId === boot.id && uptime >= noted.uptimeMs) {
        anchor = { platform: noted.platform, uptime: noted.uptimeMs, within: DATE_STEP_MS };
        return;
      }
      // The machine was off. Its own clock says for how long, unless it went back: then at least what had passed before has passed.
      const off = clock.now() - noted.wall;
      anchor = {
        platform: noted.platform + Math.max(0, off),
        uptime,
        within: off >= 0 ? DATE_STEP_MS : Number.POSITIVE_INFINITY,
      };
    },
    note(date, sentAt, gotAt) {
      const half = Math.max(0, gotAt - sentAt) / 2;
      anchor = { platform: date + DATE_STEP_MS / 2, uptime: sentAt + half, within: half + DATE_STEP_MS / 2 };
      keep();
    },
    keep,
    now,
    latest() {
      const estimate = now();
      if (estimate === null || anchor === null) return null;
      return Math.ceil(estimate + anchor.within + (boot.uptimeMs() - anchor.uptime) * DRIFT);
    },
    civil: () => now() ?? clock.now(),
    uptime: () => boot.uptimeMs(),
  };
}
