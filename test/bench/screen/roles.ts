import type { Part } from '../row.ts';

/** One figure of one process, by what the process is for. */
export interface Share {
  readonly role: string;
  readonly value: number;
}

/** Processes of one role together, the largest first. */
export function byRole(shares: readonly Share[], unit: string): Part[] {
  const sums = new Map<string, { value: number; count: number }>();
  for (const { role, value } of shares) {
    const before = sums.get(role) ?? { value: 0, count: 0 };
    sums.set(role, { value: before.value + value, count: before.count + 1 });
  }
  return [...sums]
    .toSorted(([, a], [, b]) => b.value - a.value)
    .map(([role, { value, count }]) => ({ part: count === 1 ? role : `${role} (${count})`, value, unit }));
}
