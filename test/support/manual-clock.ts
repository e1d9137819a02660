import type { Clock } from '../../main/core/ports.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that stands still until told: timers fire in order of their time, then of their making. */
export interface ManualClock extends Clock {
  /** Lets time pass and fires what falls due, timers made on the way included. */
  advance(ms: number): void;
  /** Moves the wall clock only, as an operator or NTP does. */
  jump(ms: number): void;
  readonly pending: number;
  /** Time of the next timer on the monotonic scale, or null. */
  next(): number | null;
}

/** @param start epoch ms of the wall clock at the beginning */
export function createManualClock(start = Date.UTC(2026, 10, 23, 1, 0, 0)): ManualClock {
  let monotonic = 0;
  let offset = start;
  let order = 0;
  const timers = new Map<number, Timer>();
  const earliest = (): [number, Timer] | null => {
    let best: [number, Timer] | null = null;
    for (const entry of timers) {
      if (best === null || entry[1].at < best[1].at || (entry[1].at === best[1].at && entry[1].order < best[1].order))
        best = entry;
    }
    return best;
  };
  return {
    now: () => offset + monotonic,
    monotonic: () => monotonic,
    setTimeout(run, ms) {
      order += 1;
      timers.set(order, { at: monotonic + Math.max(0, ms), order, run });
      return order;
    },
    clearTimeout(handle) {
      timers.delete(handle as number);
    },
    advance(ms) {
      const until = monotonic + ms;
      for (let due = earliest(); due !== null && due[1].at <= until; due = earliest()) {
        timers.delete(due[0]);
        monotonic = Math.max(monotonic, due[1].at);
        due[1].run();
      }
      monotonic = until;
    },
    jump(ms) {
      offset += ms;
    },
    get pending() {
      return timers.size;
    },
    next: () => earliest()?.[1].at ?? null,
  };
}
