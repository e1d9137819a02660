import type { Clock } from '../../../main/core/ports.ts';
import { systemClock } from '../../../main/hosts/core/system.ts';
import { watchedRun } from '../rounds.ts';

/** The machine's clock, which notes how long each thing took that it woke: one such stretch is what keeps the core from its people. */
export interface WatchedClock extends Clock {
  /** Milliseconds of each during which nothing else got the processor, since the last call. */
  stretches(): number[];
}

export function watchedClock(): WatchedClock {
  let taken: number[] = [];
  return {
    ...systemClock,
    setTimeout: (run, ms) =>
      systemClock.setTimeout(() => {
        const { ms: took, disturbed } = watchedRun(run);
        if (!disturbed) taken.push(took);
      }, ms),
    stretches() {
      const since = taken;
      taken = [];
      return since;
    },
  };
}
