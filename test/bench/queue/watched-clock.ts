import type { Clock } from '../../../main/core/ports.ts';
import { systemClock } from '../../../main/hosts/core/system.ts';
import { undisturbed } from '../rounds.ts';

/** The machine's clock, which notes how long each thing took that it woke: one such stretch is what keeps the core from its people. */
export interface WatchedClock extends Clock {
  /** Milliseconds of each, since the last call. */
  stretches(): number[];
}

export function watchedClock(): WatchedClock {
  let taken: number[] = [];
  return {
    ...systemClock,
    setTimeout: (run, ms) =>
      systemClock.setTimeout(() => {
        taken.push(...undisturbed(1, run));
      }, ms),
    stretches() {
      const since = taken;
      taken = [];
      return since;
    },
  };
}
