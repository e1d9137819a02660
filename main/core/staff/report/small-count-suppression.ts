import type { Shown } from '../../../contract/staff.ts';

/**
 * What may be shown of counts of people. A hidden count is `few`: it is below the threshold, or the small ones could be computed from it
 * (both have one sign, so that nobody can tell which). Zero stays zero: it singles nobody out, and a report that hid it could say
 * nothing. Held by a test that tries every small table: whoever knows these rules and all that is shown still has two values or more for
 * each count that is hidden.
 */

/** A threshold of 2 would give itself away: the only small count is 1. */
export function usableThreshold(asked: number): number {
  return asked === 2 ? 3 : asked;
}

const small = (count: number, threshold: number): boolean => count > 0 && count < threshold;

/** A count that is part of no sum. */
export function shownAlone(count: number, threshold: number): Shown {
  return small(count, threshold) ? 'few' : count;
}

export interface SuppressedTable {
  readonly total: Shown;
  readonly parts: readonly Shown[];
}

/** Nothing is told, not even which parts are zero. */
export function hiddenTable(parts: readonly number[]): SuppressedTable {
  return { total: 'few', parts: parts.map(() => 'few') };
}

/**
 * Parts whose sum is shown with them. Depends on the values alone, never on their order: a table with two hidden values swapped looks the
 * same, and that is what hides them.
 * @param threshold a usable one
 */
export function suppressTable(parts: readonly number[], threshold: number): SuppressedTable {
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (total === 0) return { total, parts };
  // So few that even the pattern of the zeros would tell: four days with somebody, and a total below five.
  if (small(total, threshold)) return hiddenTable(parts);
  const hidden = withSecond(new Set(parts.filter((part) => small(part, threshold))), parts, threshold);
  const count = parts.filter((part) => hidden.has(part)).length;
  if (count === 0) return { total, parts };
  if (hidden.size > 1 || !isEdge([...hidden][0] ?? 0, threshold)) {
    return { total, parts: parts.map((part) => (hidden.has(part) ? 'few' : part)) };
  }
  // Every part that is not zero has the same value, and total and their number would tell it.
  if (count === parts.length) return hiddenTable(parts);
  return { total, parts: parts.map(() => 'few') };
}

/** One or all ones (or all just below the threshold): nothing else would fit the total. */
const isEdge = (value: number, threshold: number): boolean => value === 1 || value === threshold - 1;

/** The hidden values, with the smallest shown one where the small ones alone could be computed. */
function withSecond(hidden: ReadonlySet<number>, parts: readonly number[], threshold: number): ReadonlySet<number> {
  if (hidden.size !== 1) return hidden;
  const [value = 0] = hidden;
  const alone = parts.filter((part) => part === value).length === 1;
  if (!alone && !isEdge(value, threshold)) return hidden;
  const others = parts.filter((part) => part >= threshold);
  return others.length === 0 ? hidden : new Set([...hidden, Math.min(...others)]);
}
