import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Measure } from '../../../../main/contract/catalogue.ts';
import { createAccounts } from '../accounts.ts';
import { sampleCatalogue } from '../catalogue-publisher.ts';
import { openDatabase } from '../database.ts';
import { createStore } from '../store.ts';
import { claim, paySubsidies } from './claims.ts';
import { countedOf, grantsOf } from './ledger.ts';
import { type PremiumRule, premium, ROUNDINGS } from './premium.ts';
import { type Report, takeReport } from './reports.ts';

/**
 * What an account is worth, reckoned in another way than the ledger does: from the whole list at once, in floating point (exact here:
 * quarters of a point are whole sums of powers of two).
 */
function reckoned(list: readonly Report[], account: string, cap: number, rounding: PremiumRule['rounding']): number {
  const gone = new Set(list.map((report) => (report.kind === 'reversal' ? report.reverses : null)));
  let yen = 0;
  for (const report of list) {
    if (report.kind !== 'charge' || report.account !== account || gone.has(report.id)) continue;
    const at = Date.parse(report.at);
    // From the day of the link, which began at that instant, to the end of the measure.
    if (at >= LINKED && at < Date.parse('2027-04-01T00:00:00+09:00')) yen += report.yen;
  }
  const round = { down: Math.floor, nearest: Math.round, up: Math.ceil }[rounding];
  return Math.min(cap, round(yen / 4));
}

const { measure } = sampleCatalogue();
const SERVICE = 'sakura-prepaid';
const DAY = 24 * 60 * 60 * 1000;
const FROM = Date.parse('2026-10-01T00:00:00+09:00');
const LINKED = FROM + 10 * DAY;

function world(cap = measure.cap, people = 2, rounding: PremiumRule['rounding'] = 'down') {
  const store = createStore(openDatabase(null));
  const accounts = createAccounts(store, randomBytes);
  store.addCatalogue(1, '{}');
  for (let n = 1; n <= people; n++) {
    const person = store.addPerson(`ABCDEFG${n}`, LINKED);
    store.addRight(person, measure.id, LINKED);
    store.addLink({
      person,
      measure: measure.id,
      service: SERVICE,
      account: accounts.hash(SERVICE, `A${n}`),
      masked: '•1',
      grant_on: 'charge',
      catalogue: 1,
      since: LINKED,
      first_day: '2026-10-11',
    });
  }
  const own: Measure = { ...measure, cap };
  const book = { store, accounts, measure: () => own, rounding };
  const take = (report: Report, at = LINKED) => takeReport(book, SERVICE, report, at);
  const points = () => store.links().map((link) => grantsOf(store, link));
  return { store, take, points, measure: own };
}

/** Reports as providers send them: of two accounts (and one that nobody linked), reversed or not, in and out of the time. */
const reports = fc
  .array(
    fc.record({
      kind: fc.constantFrom('charge' as const, 'purchase' as const),
      account: fc.constantFrom('A1', 'A2', 'A3'),
      yen: fc.integer({ min: 1, max: 15_000 }),
      day: fc.integer({ min: 0, max: 220 }),
      reversed: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((list) =>
    list.flatMap(({ kind, account, yen, day, reversed }, n): Report[] => {
      const at = new Date(FROM + day * DAY).toISOString();
      const report: Report = { id: `r${n}`, kind, account, yen, at };
      return reversed ? [report, { id: `v${n}`, kind: 'reversal', reverses: `r${n}`, at }] : [report];
    }),
  );
/** A list, and the same in another order with repeats. */
const shuffled = reports.chain((list) =>
  fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), fc.array(fc.nat(30), { maxLength: 6 })),
);

describe('the premium', () => {
  test.each([
    [20_000, 25, 5000, 'down', 5000],
    [20_001, 25, 5000, 'down', 5000],
    [3, 25, 5000, 'down', 0],
    [3, 25, 5000, 'nearest', 1],
    [1, 25, 5000, 'up', 1],
    [999, 12.5, 5000, 'down', 124],
    [1_000_000, 0, 5000, 'up', 0],
    [1_000_000, 100, 0, 'up', 0],
  ] as const)('of %i yen at %d %%, cap %i, rounded %s: %i', (yen, percent, cap, rounding, points) => {
    expect(premium(yen, { percent, cap, rounding })).toBe(points);
  });
  test('never above the cap, never less for more', () => {
    const rule = fc.record({
      percent: fc.integer({ min: 0, max: 100_000 }).map((n) => n / 1000),
      cap: fc.nat(100_000),
      rounding: fc.constantFrom('down' as const, 'nearest' as const, 'up' as const),
    });
    fc.assert(
      fc.property(rule, fc.nat(10_000_000), fc.nat(10_000), (given, yen, more) => {
        expect(premium(yen, given)).toBeLessThanOrEqual(given.cap);
        expect(premium(yen + more, given)).toBeGreaterThanOrEqual(premium(yen, given));
      }),
    );
  });
});

describe('what providers report', () => {
  test('a charge counts from its first day, on what was chosen, in the measure’s time', () => {
    const { take, points } = world();
    const at = (day: string) => `${day}T03:00:00Z`;
    take({ id: '1', kind: 'charge', account: 'A1', yen: 4000, at: at('2026-10-11') });
    expect(points()).toEqual([1000, 0]);
    take({ id: '2', kind: 'charge', account: 'A1', yen: 4000, at: at('2026-10-10') });
    take({ id: '3', kind: 'purchase', account: 'A1', yen: 4000, at: at('2026-10-12') });
    take({ id: '4', kind: 'charge', account: 'A1', yen: 4000, at: at('2027-04-01') });
    take({ id: '5', kind: 'charge', account: 'A9', yen: 4000, at: at('2026-10-12') });
    expect(points()).toEqual([1000, 0]);
    expect(take({ id: '1', kind: 'charge', account: 'A1', yen: 9000, at: at('2026-10-11') })).toEqual({
      ok: false,
      error: 'conflict',
    });
  });

  test('whatever the order, late, repeated: the end is the same, and no moment is above the cap', () => {
    fc.assert(
      fc.property(shuffled, ([list, other, repeats]) => {
        const first = world(2000);
        const second = world(2000);
        for (const report of list) {
          first.take(report);
          for (const points of first.points()) expect(points).toBeLessThanOrEqual(2000);
        }
        for (const [n, report] of other.entries()) {
          second.take(report);
          const again = other[repeats[n] ?? n];
          if (again !== undefined && other.indexOf(again) <= n)
            expect(second.take(again)).toEqual({ ok: true, value: 'duplicate' });
          for (const points of second.points()) expect(points).toBeLessThanOrEqual(2000);
        }
        expect(second.points()).toEqual(first.points());
      }),
      { numRuns: 60 },
    );
  });

  test('points are what a second, simpler reckoning of the same reports says', () => {
    fc.assert(
      fc.property(shuffled, fc.constantFrom(...ROUNDINGS), fc.integer({ min: 0, max: 6000 }), ([list, other], rounding, cap) => {
        const { take, points } = world(cap, 2, rounding);
        for (const report of other) take(report);
        expect(points()).toEqual(['A1', 'A2'].map((account) => reckoned(list, account, cap, rounding)));
      }),
      { numRuns: 60 },
    );
  });

  test('reversing everything leaves nothing', () => {
    fc.assert(
      fc.property(reports, (list) => {
        const { take, points, store, measure: own } = world();
        for (const report of list) take(report);
        for (const report of list)
          if (report.kind !== 'reversal') take({ id: `x${report.id}`, kind: 'reversal', reverses: report.id, at: report.at });
        expect(points()).toEqual([0, 0]);
        for (const link of store.links()) expect(countedOf(store, link, own)).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  test('reversing one report restores what was before it, above the cap too, wherever the two stand among the others', () => {
    const yen = fc.integer({ min: 1, max: 40_000 });
    const places = fc.tuple(fc.nat(12), fc.nat(12));
    let above = 0;
    fc.assert(
      fc.property(reports, yen, places, (list, amount, [one, two]) => {
        const at = new Date(LINKED + DAY).toISOString();
        const extra: Report = { id: 'extra', kind: 'charge', account: 'A1', yen: amount, at };
        const back: Report = { id: 'back', kind: 'reversal', reverses: 'extra', at };
        const without = world(2000);
        for (const report of list) without.take(report);
        const among = list.toSpliced(Math.max(one, two), 0, back).toSpliced(Math.min(one, two), 0, extra);
        const taken = world(2000);
        for (const report of among) {
          taken.take(report);
          if (report.id === 'extra' && taken.points()[0] === 2000) above += 1;
        }
        expect(taken.points()).toEqual(without.points());
      }),
      { numRuns: 60 },
    );
    expect(above).toBeGreaterThan(0);
  });

  test('points that bear an earlier day than others that are claimed already are not lost', () => {
    // An act of October that is delivered in November: its points bear its own day, and come after those of November.
    const { take, store } = world();
    const november = Date.parse('2026-11-01T00:00:00+09:00');
    const at = new Date(LINKED + DAY).toISOString();
    take({ id: '1', kind: 'charge', account: 'A1', yen: 8000, at }, november);
    take({ id: '2', kind: 'charge', account: 'A2', yen: 4000, at }, november - 1);
    expect(claim(store, SERVICE, '2026-10', november)).toMatchObject({ points: 1000 });
    expect(claim(store, SERVICE, '2026-11', november)).toMatchObject({ points: 2000 });
  });

  test('points granted = points claimed = subsidies paid, however claims and reports take turns', () => {
    const turns = fc.array(fc.constantFrom('report', 'claim', 'pay'), { maxLength: 30 });
    fc.assert(
      fc.property(reports, turns, (list, order) => {
        const { take, store } = world();
        const waiting = [...list];
        let paid = 0;
        let month = 10;
        let now = LINKED;
        const nextMonth = () => {
          claim(store, SERVICE, `${2026 + Math.floor((month - 1) / 12)}-${String(((month - 1) % 12) + 1).padStart(2, '0')}`, now);
          month += 1;
          now += 31 * DAY;
        };
        for (const turn of order) {
          const report = waiting[0];
          if (turn === 'report' && report !== undefined) {
            take(report, now);
            waiting.shift();
          }
          if (turn === 'claim') nextMonth();
          if (turn === 'pay') paid += paySubsidies(store, now);
        }
        for (const report of waiting) take(report, now);
        nextMonth();
        nextMonth();
        paid += paySubsidies(store, now);
        const claimed = store.claims().reduce((sum, { points }) => sum + points, 0);
        expect(claimed).toBe(store.allPoints()?.points);
        expect(paid).toBe(claimed);
        // Asked again, a month is the same claim, and nothing is paid twice.
        nextMonth();
        expect(paySubsidies(store, now)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
