import { Category } from '../../../contract/catalogue.ts';
import { Journey } from '../../../contract/screens.ts';
import type { StaffReport } from '../../../contract/staff.ts';
import { DONE, keys } from '../../usage-stats/keys.ts';
import type { OpeningRow, ServiceRow } from '../../usage-stats/stats-file.ts';
import type { Counted } from '../../usage-stats/usage-stats.ts';
import { daysOf, type Period } from './period.ts';

/** The sums of a period, true and whole: for `reportOf` only, which says what of them may be shown. */
export interface Sums {
  readonly visits: number;
  readonly days: readonly {
    readonly day: string;
    readonly setUps: number;
    readonly signUps: number;
    readonly applications: number;
  }[];
  /** In the order of the contract's categories. */
  readonly categories: readonly (readonly [string, number])[];
  readonly municipal: number;
  readonly helped: number;
  /** `step.reason` */
  readonly abandoned: readonly (readonly [string, number])[];
  readonly referrals: readonly (readonly [string, number])[];
  /** Whole minutes to visits. */
  readonly minutes: ReadonlyMap<Journey, ReadonlyMap<number, number>>;
  readonly uptimePercent: number | null;
  /** Of the opening hours; null: none were set in this period, or none of their time has passed. */
  readonly opening: StaffReport['opening'];
  readonly issued: ReadonlyMap<string, number>;
}

export function sumsOf({ rows, opening, service, issued }: Counted, period: Period): Sums {
  const byKey = new Map<string, number>();
  const byDay = new Map<string, Map<string, number>>();
  for (const { day, key, count } of rows) {
    byKey.set(key, (byKey.get(key) ?? 0) + count);
    const ofDay = byDay.get(day) ?? new Map<string, number>();
    byDay.set(day, ofDay.set(key, (ofDay.get(key) ?? 0) + count));
  }
  const total = (wanted: readonly string[], counts: ReadonlyMap<string, number> = byKey) =>
    wanted.reduce((sum, key) => sum + (counts.get(key) ?? 0), 0);
  const done = (journey: Journey) => DONE.map((outcome) => keys.outcome(journey, outcome));
  const categories = [...Category.options, 'unknown' as const];
  const categoryKeys = categories.map((category) => keys.category(category));
  return {
    visits: total([keys.visits]),
    days: daysOf(period).map((day) => ({
      day,
      setUps: total([...done('set-up'), keys.madeAlong], byDay.get(day) ?? new Map()),
      signUps: total(categoryKeys, byDay.get(day) ?? new Map()),
      applications: total(done('card-application'), byDay.get(day) ?? new Map()),
    })),
    categories: categories
      .map((category) => [category, total([keys.category(category)])] as const)
      .filter(([category, count]) => category !== 'unknown' || count > 0),
    municipal: total(done('municipal')),
    helped: total([keys.helped]),
    abandoned: sorted(grouped(byKey, /^abandoned:[^:]+:([^:]+):([^:]+)$/, ([step, reason]) => `${step}.${reason}`)),
    referrals: sorted(grouped(byKey, /^referral:([^:]+)$/, ([code]) => code ?? '')),
    minutes: minutesOf(byKey),
    uptimePercent: uptimeOf(opening, service),
    opening: openingOf(service),
    issued: new Map(issued.map(({ month, cards }) => [month, cards])),
  };
}

function grouped(counts: ReadonlyMap<string, number>, form: RegExp, name: (parts: string[]) => string): Map<string, number> {
  const found = new Map<string, number>();
  for (const [key, count] of counts) {
    const match = form.exec(key);
    if (match === null || count <= 0) continue;
    const group = name(match.slice(1));
    found.set(group, (found.get(group) ?? 0) + count);
  }
  return found;
}

/** Most first; what is equal, by name. */
const sorted = (counts: ReadonlyMap<string, number>) => [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));

function minutesOf(counts: ReadonlyMap<string, number>): Map<Journey, Map<number, number>> {
  const found = new Map<Journey, Map<number, number>>();
  for (const journey of Journey.options) {
    const form = new RegExp(`^minutes:${journey}:(\\d+)$`);
    const buckets = new Map([...grouped(counts, form, ([bucket]) => bucket ?? '')].map(([bucket, n]) => [Number(bucket), n]));
    if (buckets.size > 0) found.set(journey, buckets);
  }
  return found;
}

const MINUTE_MS = 60_000;

/**
 * Time served out of the time that the opening hours promise, what staff closed by hand left out. On days without hours: out of the minutes from
 * the first beat of a day to its last, those with the staff's console open left out. One decimal.
 */
function uptimeOf(rows: readonly OpeningRow[], service: readonly ServiceRow[]): number | null {
  const byHours = new Set(service.map(({ day }) => day));
  const days = new Map<string, OpeningRow>();
  for (const row of rows) {
    if (byHours.has(row.day)) continue;
    const { day, first, last, served, console } = days.get(row.day) ?? { ...row, served: 0, console: 0 };
    const merged = { first: Math.min(first, row.first), last: Math.max(last, row.last) };
    days.set(day, { day, ...merged, served: served + row.served, console: console + row.console });
  }
  let open = 0;
  let served = 0;
  for (const day of days.values()) {
    open += Math.max(0, day.last - day.first + 1 - day.console) * MINUTE_MS;
    served += day.served * MINUTE_MS;
  }
  for (const day of service) {
    open += day.promised - day.byStaff;
    served += day.served;
  }
  return open <= 0 ? null : Math.min(100, Math.round((served / open) * 1000) / 10);
}

function openingOf(service: readonly ServiceRow[]): Sums['opening'] {
  const minutes = (of: (row: ServiceRow) => number) => Math.round(service.reduce((sum, row) => sum + of(row), 0) / MINUTE_MS);
  if (service.length === 0) return null;
  return {
    promisedMinutes: minutes(({ promised }) => promised),
    servedMinutes: minutes(({ served }) => served),
    closedByStaffMinutes: minutes(({ byStaff }) => byStaff),
  };
}
