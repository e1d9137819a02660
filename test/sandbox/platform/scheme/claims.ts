import type { ClaimRow, Store } from '../store.ts';

/** First instant after a month in Japan. @param month YYYY-MM */
function endOf(month: string): number {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return Date.UTC(year, number, 1) - 9 * 60 * 60 * 1000;
}

/**
 * A provider's claim for a month: what it has granted until its end and not claimed yet, below zero where more was taken back. Once
 * for each month: asked again, the same claim comes back.
 */
export function claim(store: Store, service: string, month: string, now: number): ClaimRow {
  return store.transaction(() => {
    const made = store.claim(service, month);
    if (made !== null) return made;
    const which = { service, month, before: endOf(month) };
    store.claimGrants(which);
    store.claimMunicipal(which);
    const points = store.claimed({ service, month })?.points ?? 0;
    const municipal = store.claimedMunicipal({ service, month }).reduce((sum, { yen }) => sum + yen, 0);
    store.addClaim({ service, month, points, municipal, at: now });
    const claimed = store.claim(service, month);
    if (claimed === null) throw new Error('a claim that was not written');
    return claimed;
  });
}

/** Pays the subsidy of every claim that is not paid yet. @returns what was paid, points (a point is a yen) */
export function paySubsidies(store: Store, now: number): number {
  return store.transaction(() => {
    const open = store.claims().filter(({ paid_at }) => paid_at === null);
    for (const { service, month } of open) store.payClaim(now, service, month);
    return open.reduce((sum, { points }) => sum + points, 0);
  });
}
