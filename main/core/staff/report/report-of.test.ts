import { describe, expect, it } from 'vitest';
import { StaffReport } from '../../../contract/staff.ts';
import { medianMinutes } from './median.ts';
import { coversMonths, daysOf, monthsOf, periodOf } from './period.ts';
import { ALL, OTHER, reportOf } from './report-of.ts';
import type { Sums } from './sums.ts';

const period = { from: '2026-11-01', to: '2026-11-02' };
const today = '2026-11-02';

function sums(
  given: Partial<Omit<Sums, 'days'>> & { setUps?: number[]; signUps?: number[]; applications?: number[] } = {},
): Sums {
  const { setUps = [], signUps = [], applications = [], ...rest } = given;
  return {
    visits: 0,
    categories: [],
    municipal: 0,
    helped: 0,
    abandoned: [],
    referrals: [],
    minutes: new Map(),
    uptimePercent: null,
    opening: null,
    issued: new Map(),
    days: daysOf(period).map((day, index) => ({
      day,
      setUps: setUps[index] ?? 0,
      signUps: signUps[index] ?? 0,
      applications: applications[index] ?? 0,
    })),
    ...rest,
  };
}
const report = (given: Parameters<typeof sums>[0], threshold = 5) =>
  StaffReport.parse(reportOf({ period, sums: sums(given), threshold, today }));

describe('the plan', () => {
  it('is set-ups as a share of half the cards issued, for whole months or the one that is not over', () => {
    const found = report({ setUps: [30, 20], issued: new Map([['2026-11', 200]]) });
    expect(found).toMatchObject({ setUps: 50, issued: 200, planPercent: 50 });
    expect(report({ setUps: [30, 20] })).toMatchObject({ issued: null, planPercent: null });
    expect(report({ setUps: [30, 20], issued: new Map([['2026-11', 0]]) })).toMatchObject({ issued: 0, planPercent: null });
    expect(report({ setUps: [2, 0], issued: new Map([['2026-11', 20]]) })).toMatchObject({ setUps: 'few', planPercent: null });
    const some = reportOf({ period: { from: '2026-11-02', to: '2026-11-02' }, sums: sums({ setUps: [9] }), threshold: 5, today });
    expect(some.planPercent).toBeNull();
  });

  it('covers months from their first day', () => {
    expect(coversMonths({ from: '2026-11-01', to: '2026-11-26' }, '2026-11-26')).toBe(true);
    expect(coversMonths({ from: '2026-11-01', to: '2026-11-25' }, '2026-11-26')).toBe(false);
    expect(coversMonths({ from: '2026-02-01', to: '2026-02-28' }, '2026-11-26')).toBe(true);
    expect(coversMonths({ from: '2026-02-02', to: '2026-02-28' }, '2026-11-26')).toBe(false);
  });

  it('a period is in order and not longer than 62 days', () => {
    expect(periodOf('2026-11-05', '2026-11-01')).toEqual({ from: '2026-11-01', to: '2026-11-05' });
    expect(daysOf(periodOf('2026-01-01', '2026-12-31'))).toHaveLength(62);
    expect(monthsOf({ from: '2026-01-31', to: '2026-03-01' })).toEqual(['2026-01', '2026-02', '2026-03']);
    expect(daysOf({ from: '2028-02-28', to: '2028-03-01' })).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
  });
});

describe('shares and medians', () => {
  it('the helped share is of sign-ups, and is not told where it would tell a small number', () => {
    const signUps = { signUps: [20, 0], categories: [['qr', 20]] as const };
    expect(report({ ...signUps, helped: 5 }).helpedPercent).toBe(25);
    expect(report({ ...signUps, helped: 0 }).helpedPercent).toBe(0);
    expect(report({ ...signUps, helped: 20 }).helpedPercent).toBe(100);
    expect(report({ ...signUps, helped: 4 }).helpedPercent).toBeNull();
    expect(report({ ...signUps, helped: 16 }).helpedPercent).toBeNull();
    expect(report({}).helpedPercent).toBeNull();
  });

  it('the median is the middle of the bucket of the middle visit', () => {
    expect(medianMinutes(new Map())).toBeNull();
    expect(medianMinutes(new Map([[3, 1]]))).toBe(3.5);
    expect(
      medianMinutes(
        new Map([
          [9, 2],
          [2, 1],
          [4, 2],
        ]),
      ),
    ).toBe(4.5);
    expect(
      medianMinutes(
        new Map([
          [2, 1],
          [8, 1],
        ]),
      ),
    ).toBe(2.5);
    expect(medianMinutes(new Map([[60, 3]]))).toBe(60);
    const minutes = new Map([
      ['set-up' as const, new Map([[3, 6]])],
      ['check' as const, new Map([[1, 4]])],
    ]);
    expect(report({ setUps: [6, 0], minutes }).medianMinutes).toEqual([{ key: 'set-up', minutes: 3.5 }]);
  });
});

describe('small counts', () => {
  it('abandonments that are few are put together, with the smallest shown one where it takes that', () => {
    const abandoned = [
      ['pin.home', 9],
      ['terms.timeout', 6],
      ['entry.removed', 3],
    ] as const;
    expect(report({ visits: 60, abandoned }).abandoned).toEqual([
      { key: 'pin.home', count: 9 },
      { key: OTHER, count: 9 },
    ]);
    expect(report({ visits: 60, abandoned: [['pin.home', 3]] }).abandoned).toEqual([{ key: OTHER, count: 'few' }]);
    const many = Array.from({ length: 90 }, (_, n) => [`step-${n}.home`, 200 - n] as const);
    expect(report({ visits: 60_000, abandoned: many }).abandoned).toHaveLength(60);
  });

  it('with a threshold of 1 everything is told', () => {
    const found = report(
      { visits: 4, setUps: [1, 1], municipal: 1, abandoned: [['pin.home', 1]], referrals: [['pin-locked', 1]] },
      1,
    );
    expect(JSON.stringify(found)).not.toContain('few');
    expect(found).toMatchObject({ visits: 4, setUps: 2, municipal: 1, abandoned: [{ key: 'pin.home', count: 1 }] });
  });

  /** Every hidden count of a report, by its place. */
  const hiddenIn = ({ visits, setUps, municipal, applications, signUps, abandoned, days }: StaffReport): string[] => [
    ...Object.entries({ visits, setUps, municipal, applications }).flatMap(([key, count]) => (count === 'few' ? [key] : [])),
    ...signUps.flatMap(({ key, count }) => (count === 'few' ? [`signUps.${key}`] : [])),
    ...abandoned.flatMap(({ key, count }) => (count === 'few' ? [`abandoned.${key}`] : [])),
    ...days.flatMap((day, at) =>
      (['setUps', 'signUps', 'applications'] as const).flatMap((what) => (day[what] === 'few' ? [`${what}.${at}`] : [])),
    ),
  ];
  const truth = (given: Sums, place: string): number => {
    const [what = '', which] = place.split('.');
    const sum = (name: 'setUps' | 'signUps' | 'applications') => given.days.reduce((total, day) => total + day[name], 0);
    switch (what) {
      case 'visits':
        return given.visits;
      case 'municipal':
        return given.municipal;
      case 'abandoned':
        return given.abandoned.reduce((total, [, count]) => total + count, 0);
      case 'signUps':
        if (which === ALL) return sum('signUps');
        if (which !== undefined && !/^\d$/.test(which)) return new Map(given.categories).get(which) ?? 0;
        return given.days[Number(which)]?.signUps ?? 0;
      case 'setUps':
      case 'applications':
        return which === undefined ? sum(what) : (given.days[Number(which)]?.[what] ?? 0);
      default:
        throw new Error(place);
    }
  };
  /** Reports that look the same are put together: in each, every hidden count must still have two values or more. */
  function disclosed(all: Iterable<Sums>, threshold: number): string[] {
    const alike = new Map<string, { hidden: string[]; values: Map<string, Set<number>> }>();
    for (const one of all) {
      const found = reportOf({ period, sums: one, threshold, today });
      const look = JSON.stringify(found);
      const group = alike.get(look) ?? { hidden: hiddenIn(found), values: new Map() };
      alike.set(look, group);
      for (const place of group.hidden) group.values.set(place, (group.values.get(place) ?? new Set()).add(truth(one, place)));
    }
    return [...alike].flatMap(([look, { hidden, values }]) =>
      hidden.filter((place) => (values.get(place)?.size ?? 0) < 2).map((place) => `${place} of ${look}`),
    );
  }
  const upTo = (most: number) => Array.from({ length: most + 1 }, (_, n) => n);

  it('visits, set-ups by day, municipal points and abandonments together give no hidden count away', () => {
    // For each number of visits, everything that could have happened in them: a look-alike is never missing.
    function* all(): Generator<Sums> {
      for (const visits of upTo(17))
        for (const first of upTo(5))
          for (const second of upTo(5 - first))
            for (const municipal of upTo(4))
              for (const a of upTo(4))
                for (const b of upTo(4)) {
                  if (first + second + municipal + a + b > visits) continue;
                  const abandoned: [string, number][] = [
                    ['pin.home', a],
                    ['terms.home', b],
                  ];
                  yield sums({
                    visits,
                    setUps: [first, second],
                    municipal,
                    abandoned: abandoned.filter(([, count]) => count > 0),
                  });
                }
    }
    expect(disclosed(all(), 3).slice(0, 5)).toEqual([]);
  });

  it('sign-ups by day and by category are two ways to one sum, and neither gives the other away', () => {
    function* all(): Generator<Sums> {
      for (const total of upTo(9))
        for (const day of upTo(total))
          for (const qr of upTo(total))
            for (const credit of upTo(total - qr))
              yield sums({
                visits: 100,
                signUps: [day, total - day],
                categories: [
                  ['qr', qr],
                  ['credit', credit],
                  ['debit', total - qr - credit],
                ],
              });
    }
    expect(disclosed(all(), 3).slice(0, 5)).toEqual([]);
    expect(disclosed(all(), 4).slice(0, 5)).toEqual([]);
  });
});
