import { LONGEST_MINUTES } from '../../usage-stats/keys.ts';

/**
 * The middle of the bucket in which the middle visit lies; minutes. Buckets are whole minutes, so it is exact to half a minute; with an even
 * number of visits it is the lower one of the two in the middle. The last bucket (60 minutes and more) is given as 60.
 * @param buckets whole minutes to how many visits @returns null: no visit
 */
export function medianMinutes(buckets: ReadonlyMap<number, number>): number | null {
  const visits = [...buckets.values()].reduce((sum, count) => sum + count, 0);
  const middle = Math.ceil(visits / 2);
  let passed = 0;
  for (const [minutes, count] of [...buckets].sort(([a], [b]) => a - b)) {
    passed += count;
    if (count > 0 && passed >= middle) return minutes >= LONGEST_MINUTES ? LONGEST_MINUTES : minutes + 0.5;
  }
  return null;
}
