import type { RandomBytes } from '../ports.ts';

/** No wait of delivery is shorter: whatever goes wrong, it goes wrong at most once a second. */
export const LEAST_WAIT_MS = 1000;
const MOST_RETRY_AFTER_MS = 15 * 60_000;

/** Evenly spread in [0, 1). */
export function fraction(random: RandomBytes): number {
  const bytes = random(4);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) / 2 ** 32;
}

/** So much of a wait is left to chance. */
const JITTER_MS = 60_000;

/**
 * Exponential back-off with jitter, so that kiosks that failed together do not come back together (SOURCES.md, Delivery:
 * come-back after an outage): a random
 * wait up to `min(cap, 1 s * 2^failures)`, from 1 s, or from a minute less than that. Kiosks that wait so through an outage find its end
 * spread evenly over the longest wait: no further spread is needed then. Were long waits drawn from 1 s on too, as many requests an hour would
 * need a cap twice as long, and the last kiosk would be back that much later. @param failures in a row, from 1 @returns ms
 */
export function backOff(failures: number, capMs: number, random: RandomBytes): number {
  const most = Math.max(LEAST_WAIT_MS, Math.min(capMs, LEAST_WAIT_MS * 2 ** Math.min(failures, 20)));
  const least = Math.max(LEAST_WAIT_MS, most - JITTER_MS);
  return Math.round(least + fraction(random) * (most - least));
}

/** Longer than a line needs to show that it is dead: somebody is there who did not get round to answering. */
const SILENCE_MS = 30_000;

/**
 * Whoever let us wait for so long in vain has at least as much to do: asking again sooner would only add to it. @param ms of silence
 * @returns ms: as long again, up to three times that, within the cap
 */
export function afterSilence(ms: number, capMs: number, random: RandomBytes): number {
  return ms < SILENCE_MS ? 0 : Math.min(capMs, Math.round(ms * (1 + 2 * fraction(random))));
}

/** What the platform asked for, within 1 s and 15 min, and up to a tenth longer: never shorter. */
export function asked(retryAfterMs: number, random: RandomBytes): number {
  const wait = Math.min(Math.max(retryAfterMs, LEAST_WAIT_MS), MOST_RETRY_AFTER_MS);
  return Math.round(wait * (1 + fraction(random) / 10));
}
