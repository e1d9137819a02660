import type { Timers } from '../../transport/timers.ts';

const SECOND_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** Up so long without a replacement: the next failure is a new story. */
const STEADY_MS = 60_000;

/**
 * Spaces out replacements: the first at once, the next ones after 1, 2, 4 ... 30 s, so that a page which always dies does not flicker.
 * A request while one is waiting changes nothing.
 */
export function createBackOff(timers: Timers, run: () => void): { request(): void; stop(): void } {
  let wait = 0;
  let lastRun = Number.NEGATIVE_INFINITY;
  let timer: unknown = null;
  return {
    request() {
      if (timer !== null) return;
      if (timers.now() - lastRun > STEADY_MS) wait = 0;
      timer = timers.setTimeout(() => {
        timer = null;
        lastRun = timers.now();
        run();
      }, wait);
      wait = Math.min(Math.max(wait * 2, SECOND_WAIT_MS), LONGEST_WAIT_MS);
    },
    stop: () => timers.clearTimeout(timer),
  };
}
