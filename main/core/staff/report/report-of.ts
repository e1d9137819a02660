import type { Journey } from '../../../contract/screens.ts';
import type { Shown, StaffReport } from '../../../contract/staff.ts';
import { medianMinutes } from './median.ts';
import { coversMonths, monthsOf, type Period } from './period.ts';
import { hiddenTable, shownAlone, suppressTable, usableThreshold } from './small-count-suppression.ts';
import type { Sums } from './sums.ts';

export interface ReportInput {
  readonly period: Period;
  readonly sums: Sums;
  /** As the settings say. */
  readonly threshold: number;
  /** In Japan, YYYY-MM-DD. */
  readonly today: string;
}

/** Most rows that a list of the contract holds. */
const MOST_ROWS = 60;
/** All categories together: what their hidden ones add up to is no secret. */
export const ALL = 'all';
/** What is not named for being small, together. */
export const OTHER = 'other';

/** The report of a period: sums, shares, and of the counts only what singles nobody out. Pure. */
export function reportOf({ period, sums, threshold: asked, today }: ReportInput): StaffReport {
  const threshold = usableThreshold(asked);
  const setUps = suppressTable(
    sums.days.map((day) => day.setUps),
    threshold,
  );
  const applications = suppressTable(
    sums.days.map((day) => day.applications),
    threshold,
  );
  const signUps = signUpTables(sums, threshold);
  const municipal = shownAlone(sums.municipal, threshold);
  const abandoned = withoutSmall(sums.abandoned, threshold);
  const issued = issuedIn(period, sums.issued);
  const shownOf: Partial<Record<Journey, Shown>> = {
    'set-up': setUps.total,
    'sign-up': signUps.days.total,
    municipal,
    'card-application': applications.total,
  };
  return {
    ...period,
    visits: shownVisits(
      sums.visits,
      { setUps: setUps.total, signUps: signUps.days.total, municipal, abandoned, applications: applications.total },
      threshold,
    ),
    setUps: setUps.total,
    issued,
    planPercent: coversMonths(period, today) ? planPercent(setUps.total, issued) : null,
    signUps: [
      { key: ALL, count: signUps.days.total },
      ...sums.categories.map(([key], index) => ({ key, count: signUps.categories.parts[index] ?? 0 })),
    ],
    applications: applications.total,
    municipal,
    abandoned,
    helpedPercent: helpedPercent(sums.helped, signUps.days.total, threshold),
    medianMinutes: [...sums.minutes].flatMap(([key, buckets]) => {
      const minutes = medianMinutes(buckets);
      const visits = [...buckets.values()].reduce((a, b) => a + b, 0);
      return minutes === null || visits < threshold || shownOf[key] === 'few' ? [] : [{ key, minutes }];
    }),
    referrals: sums.referrals.map(([key, count]) => ({ key, count: shownAlone(count, threshold) })),
    uptimePercent: sums.uptimePercent,
    opening: sums.opening,
    days: sums.days.map(({ day }, index) => ({
      day,
      setUps: setUps.parts[index] ?? 0,
      signUps: signUps.days.parts[index] ?? 0,
      applications: applications.parts[index] ?? 0,
    })),
    threshold,
  };
}

/** By day and by category: two ways to the same sum, so that where one of them may not tell it, the other must not either. */
function signUpTables(sums: Sums, threshold: number) {
  const byDay = sums.days.map((day) => day.signUps);
  const byCategory = sums.categories.map(([, count]) => count);
  const days = suppressTable(byDay, threshold);
  const categories = suppressTable(byCategory, threshold);
  if (days.total !== 'few' && categories.total !== 'few') return { days, categories };
  return { days: hiddenTable(byDay), categories: hiddenTable(byCategory) };
}

/** Small ones together under `other`, with so many of the smallest shown ones as it takes to be shown. */
function withoutSmall(counts: Sums['abandoned'], threshold: number): StaffReport['abandoned'] {
  const named = counts.filter(([, count]) => count >= threshold).slice(0, MOST_ROWS - 1);
  const names = new Set(named.map(([key]) => key));
  let other = counts.reduce((sum, [key, count]) => sum + (names.has(key) ? 0 : count), 0);
  while (other > 0 && other < threshold && named.length > 0) other += named.pop()?.[1] ?? 0;
  const rows = named.map(([key, count]) => ({ key, count: count as Shown }));
  return other === 0 ? rows : [...rows, { key: OTHER, count: shownAlone(other, threshold) }];
}

interface Ends {
  readonly setUps: Shown;
  readonly signUps: Shown;
  readonly municipal: Shown;
  readonly applications: Shown;
  readonly abandoned: StaffReport['abandoned'];
}

/** A visit ends in one way at most: with too little room above what is shown, the visits would tell what is hidden. */
function shownVisits(visits: number, { setUps, signUps, municipal, applications, abandoned }: Ends, threshold: number): Shown {
  const ends = [setUps, signUps, municipal, applications, ...abandoned.map(({ count }) => count)];
  const number = (count: Shown) => (count === 'few' ? 0 : count);
  // A sign-up may have made an ID along, and is a set-up then too: one visit.
  const both = Math.min(number(setUps), number(signUps));
  const least = ends.reduce<number>((sum, count) => sum + number(count), 0) - both;
  const hidden = ends.filter((count) => count === 'few').length;
  return hidden > 0 && visits < least + hidden * threshold ? 'few' : shownAlone(visits, threshold);
}

function issuedIn(period: Period, entered: ReadonlyMap<string, number>): number | null {
  const cards = monthsOf(period).map((month) => entered.get(month));
  return cards.reduce<number | null>((sum, one) => (sum === null || one === undefined ? null : sum + one), 0);
}

/** The plan serves half of the cards newly issued (SOURCES.md, Plan of the ministry). */
function planPercent(setUps: Shown, issued: number | null): number | null {
  if (setUps === 'few' || issued === null || issued === 0) return null;
  return Math.round((setUps / (issued * 0.5)) * 100);
}

/** Of the sign-ups, where alone somebody is asked who types. */
function helpedPercent(helped: number, signUps: Shown, threshold: number): number | null {
  if (signUps === 'few' || signUps < threshold) return null;
  const alone = Math.max(0, signUps - helped);
  if (shownAlone(helped, threshold) === 'few' || shownAlone(alone, threshold) === 'few') return null;
  return Math.min(100, Math.round((helped / signUps) * 100));
}
