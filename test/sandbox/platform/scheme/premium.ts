export const ROUNDINGS = ['down', 'nearest', 'up'] as const;

/** How points come from yen: configuration, since the ministry left the numbers blank (SOURCES.md, Sign-up: the programme). */
export interface PremiumRule {
  /** Points for each hundred yen; up to three decimals. */
  readonly percent: number;
  readonly cap: number;
  readonly rounding: (typeof ROUNDINGS)[number];
}

const SCALE = 1000;

/**
 * Points for so many yen, in whole numbers only: a sum that is rounded once cannot drift with the order of its parts.
 * @param yen all that counts, not below zero
 */
export function premium(yen: number, { percent, cap, rounding }: PremiumRule): number {
  const scaled = BigInt(Math.round(percent * SCALE)) * BigInt(yen);
  const unit = BigInt(100 * SCALE);
  const add = { down: 0n, nearest: unit / 2n, up: unit - 1n }[rounding];
  const points = (scaled + add) / unit;
  return points > BigInt(cap) ? cap : Number(points);
}
