/** Days and months as the report counts them: calendar days in Japan, YYYY-MM-DD, whose order is the order of their text. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Most days of one report: two long months. */
const MOST_DAYS = 62;
const DAY_MS = 86_400_000;

const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
const lastOfMonth = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
};

/** In order, and no longer than a report may be. The report itself says for which days it is. */
export function periodOf(one: string, other: string): Period {
  const [from, to] = one <= other ? [one, other] : [other, one];
  const last = addDays(from, MOST_DAYS - 1);
  return { from, to: to > last ? last : to };
}

export function daysOf({ from, to }: Period): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

export function monthsOf(period: Period): string[] {
  return [...new Set(daysOf(period).map((day) => day.slice(0, 7)))];
}

/** Whether set-ups of these days may be held against the cards of the months: from a first day to a last one, or until today. */
export function coversMonths({ from, to }: Period, today: string): boolean {
  return from.endsWith('-01') && (to === lastOfMonth(to.slice(0, 7)) || to === today);
}
