/** Calendar days in Japan, YYYY-MM-DD, wherever the staff's device is. */
export interface Range {
  readonly from: string;
  readonly to: string;
}

export type RangeName = 'today' | 'month' | 'last-month' | 'own';

/** Most days of one report. */
const MOST_DAYS = 62;
const DAY_MS = 86_400_000;
const JAPAN_MS = 9 * 3_600_000;

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const startOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** @param now epoch ms */
export function rangeOf(name: Exclude<RangeName, 'own'>, now: number): Range {
  const today = dayOf(now + JAPAN_MS);
  const first = `${today.slice(0, 7)}-01`;
  switch (name) {
    case 'today':
      return { from: today, to: today };
    case 'month':
      return { from: first, to: today };
    case 'last-month': {
      const last = dayOf(startOf(first) - DAY_MS);
      return { from: `${last.slice(0, 7)}-01`, to: last };
    }
  }
}

/** In order, and not too long. What a date field hands over when it is empty is no day. */
export function isRange({ from, to }: Range): boolean {
  const days = (startOf(to) - startOf(from)) / DAY_MS + 1;
  return days >= 1 && days <= MOST_DAYS;
}

/** The one month of a range; null: it touches two or more. */
export function monthOf({ from, to }: Range): string | null {
  return from.slice(0, 7) === to.slice(0, 7) ? from.slice(0, 7) : null;
}
