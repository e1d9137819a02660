import type { ClaimRow, Store } from '../store.ts';

/** First instant after a month in Japan. @param month YYYY-MM */
function endOf(month: string): number {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return Date.UTC(year, number, 1) - 9 * 60 * 60 * 1000;
}

/**
 * A provider's claim for a month: the points it has granted until its end and not claimed yet, below zero where more was taken back. Once
 * for each month: asked again, the same claim comes back.
 */
export function claim(store: Store, service: string, month: string, now: number): ClaimRow {
  return store.transaction(() => {
    const made = store.claim(service, month);
    if (made !== null) return made;
    const { points, upto } = store.unclaimed({ service, before: endOf(month) }) ?? { points: 0, upto: 0 };
    const last = store.lastClaimed(service)?.upto ?? 0;
    store.addClaim({ service, month, points, upto: Math.max(upto, last), at: now });
    const claimed = store.claim(service, month);
    if (claimed === null) throw new Error('a claim that was not written');
    return claimed;
  });
}

/** Pays every claim that is not paid yet. @returns what was paid, points (a point is a yen) */
export function paySubsidies(store: Store, now: number): number {
  return store.transaction(() => {
    const open = store.claims().filter(({ paid_at }) => paid_at === null);
    for (const { service, month } of open) store.payClaim(now, service, month);
    return open.reduce((sum, { points }) => sum + points, 0);
  });
}
