import type { RandomBytes } from '../ports.ts';

const BASE_MS = 1000;
const LEAST_RETRY_AFTER_MS = 1000;
const MOST_RETRY_AFTER_MS = 15 * 60_000;

/** Evenly spread in [0, 1). */
export function fraction(random: RandomBytes): number {
  const bytes = random(4);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) / 2 ** 32;
}

/**
 * Exponential back-off with full jitter: a random wait between nothing and `min(cap, 1 s * 2^(failures-1))`, so that kiosks that
 * failed together do not come back together. @param failures in a row, from 1
 */
export function backOff(failures: number, capMs: number, random: RandomBytes): number {
  const most = Math.min(capMs, BASE_MS * 2 ** Math.min(failures - 1, 20));
  return Math.round(fraction(random) * most);
}

/** What the platform asked for, within 1 s and 15 min, and up to a tenth longer: never shorter. */
export function asked(retryAfterMs: number, random: RandomBytes): number {
  const wait = Math.min(Math.max(retryAfterMs, LEAST_RETRY_AFTER_MS), MOST_RETRY_AFTER_MS);
  return Math.round(wait * (1 + fraction(random) / 10));
}
