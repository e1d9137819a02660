import type { Measure } from '../../../../main/contract/catalogue.ts';
import { japanDay } from '../../../../main/core/time.ts';
import type { LinkRow, Store } from '../store.ts';
import { type PremiumRule, premium } from './premium.ts';

/** Reports that count for a link: of its service and account, on what it grants on, in the measure's time, not reversed. */
export function countedOf(store: Store, link: LinkRow, { from, to }: Measure): number {
  const first = link.first_day > from ? link.first_day : from;
  return store
    .reportsOf(link.service, link.account)
    .filter(({ kind, at, reversed }) => kind === link.grant_on && reversed === 0 && japanDay(at) >= first && japanDay(at) <= to)
    .reduce((sum, { yen }) => sum + (yen ?? 0), 0);
}

/** Points that a link has now. */
export function grantsOf(store: Store, { person, measure }: LinkRow): number {
  return store.pointsOf(person, measure)?.points ?? 0;
}

/**
 * Brings a link's points to what its counted yen are worth: one entry more, up or down. The end is the same in whatever order reports came.
 * A frozen link's points can only be taken back.
 * Inside a transaction. @returns the points of the new entry; 0: nothing changed
 */
export function settleLink(
  store: Store,
  link: LinkRow,
  measure: Measure,
  rounding: PremiumRule['rounding'],
  now: number,
): number {
  const due = premium(countedOf(store, link, measure), { percent: measure.percent, cap: measure.cap, rounding });
  const has = grantsOf(store, link);
  const change = (link.frozen_at === null ? due : Math.min(due, has)) - has;
  if (change !== 0) store.addGrant(link.person, link.measure, link.service, change, now);
  return change;
}

/** What a person's history says of a link. */
export function movesOf(
  store: Store,
  link: LinkRow,
): {
  readonly at: number;
  readonly what: 'charge' | 'purchase' | 'reversal' | 'granted' | 'taken-back';
  readonly amount: number;
}[] {
  const reports = store.reportsOf(link.service, link.account).flatMap(({ kind, at, yen, reversed }) => {
    const own = { at, what: kind, amount: yen ?? 0 };
    return reversed === 0 ? [own] : [own, { at: reversed, what: 'reversal' as const, amount: yen ?? 0 }];
  });
  const grants = store.grantsOf(link.person, link.measure).map(({ at, points }) => ({
    at,
    what: points < 0 ? ('taken-back' as const) : ('granted' as const),
    amount: Math.abs(points),
  }));
  return [...reports, ...grants];
}
