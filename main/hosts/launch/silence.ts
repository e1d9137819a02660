import type { Timers } from '../../transport/timers.ts';

/** How long a core may say nothing before it counts as standing still. */
export interface SilenceBounds {
  /** Until it listens: it may have a large queue to open, in which its event loop does not turn. */
  readonly startingMs: number;
  /** From then on. A beat comes every two seconds. */
  readonly listeningMs: number;
}

export const SILENCE: SilenceBounds = { startingMs: 120_000, listeningMs: 10_000 };

export interface SilenceWatch {
  /** A process was started; it does not listen yet. */
  started(): void;
  listening(): void;
  heard(): void;
  /** No process is there. */
  ended(): void;
}

const TICK_MS = 1000;

/**
 * Counts the seconds in which nothing was heard. They are counted one by one, by this process's own timers: when the launcher itself
 * stood still, or the machine slept, what was said meanwhile is read before the next second is counted.
 * @param onSilent called once for a started process
 */
export function watchSilence(timers: Timers, bounds: SilenceBounds, onSilent: (afterMs: number) => void): SilenceWatch {
  let timer: unknown = null;
  let bound = bounds.startingMs;
  let left = bound;

  const stop = () => {
    timers.clearTimeout(timer);
    timer = null;
  };
  const tick = () => {
    left -= TICK_MS;
    if (left > 0) timer = timers.setTimeout(tick, TICK_MS);
    else {
      timer = null;
      onSilent(bound);
    }
  };
  const within = (ms: number) => {
    bound = ms;
    left = ms;
  };
  return {
    started() {
      stop();
      within(bounds.startingMs);
      timer = timers.setTimeout(tick, TICK_MS);
    },
    listening: () => within(bounds.listeningMs),
    heard: () => within(bound),
    ended: stop,
  };
}
