import { type Hours, type MinuteSpan, minutesOf, WEEKDAYS } from '../../contract/hours.ts';
import { japanDay, japanDayNumber, japanDayStart } from '../time.ts';

const MINUTE_MS = 60_000;
/** Whoever opens, or closes, less often than this does so at a time that nobody waits for. */
const FAR_DAYS = 800;

/** What the hours say of any instant (epoch ms). Pure: the same whatever the machine's zone and clock are. */
export interface Calendar {
  isOpen(at: number): boolean;
  /** The first instant from `at` on that is open; null: none in two years. */
  opening(at: number): number | null;
  /** The first instant from `at` on that is closed; null: none in two years. */
  closing(at: number): number | null;
  /** Open ms from `from` up to `to`, by days in Japan (YYYY-MM-DD). Days without any are left out. */
  openBetween(from: number, to: number): ReadonlyMap<string, number>;
}

const dayText = (day: number) => japanDay(japanDayStart(day));

export function createCalendar({ week, closed = [], exceptions = {} }: Hours): Calendar {
  const inOrder = (spans: readonly string[]) => spans.map(minutesOf).sort((a, b) => a.from - b.from);
  const weekly = WEEKDAYS.map((weekday) => inOrder(week[weekday] ?? []));
  const special = new Map(Object.entries(exceptions).map(([day, spans]) => [day, inOrder(spans)]));
  const ranges = closed.map((text) => text.split('/')).map(([from = '', to = from]) => ({ from, to }));

  const isClosedDay = (day: string) =>
    ranges.some(({ from, to }) => {
      const own = from.length === 5 ? day.slice(5) : day;
      // A yearly span may go over the turn of the year.
      return from <= to ? from <= own && own <= to : from <= own || own <= to;
    });
  const spansOf = (number: number): readonly MinuteSpan[] => {
    const day = dayText(number);
    const own = special.get(day);
    if (own !== undefined) return own;
    if (isClosedDay(day)) return [];
    // 1970-01-01 was a Thursday.
    return weekly[(((number + 4) % 7) + 7) % 7] ?? [];
  };
  /** The spans of one day, in epoch ms. */
  const openOn = (number: number) =>
    spansOf(number).map(({ from, to }) => ({
      from: japanDayStart(number) + from * MINUTE_MS,
      to: japanDayStart(number) + to * MINUTE_MS,
    }));
  const around = (at: number) => openOn(japanDayNumber(at)).find(({ from, to }) => from <= at && at < to);

  return {
    isOpen: (at) => around(at) !== undefined,
    opening(at) {
      if (around(at) !== undefined) return at;
      const first = japanDayNumber(at);
      for (let day = first; day < first + FAR_DAYS; day++) {
        const next = openOn(day).find(({ from }) => from > at);
        if (next !== undefined) return next.from;
      }
      return null;
    },
    closing(at) {
      const last = japanDayNumber(at) + FAR_DAYS;
      let end = at;
      // Spans that touch, as those of two days at midnight, are one.
      for (let span = around(end); span !== undefined; span = around(end)) {
        end = span.to;
        if (japanDayNumber(end) > last) return null;
      }
      return end;
    },
    openBetween(from, to) {
      const found = new Map<string, number>();
      if (to <= from) return found;
      for (let day = japanDayNumber(from); day <= japanDayNumber(to); day++) {
        const ms = openOn(day).reduce((sum, span) => sum + Math.max(0, Math.min(span.to, to) - Math.max(span.from, from)), 0);
        if (ms > 0) found.set(dayText(day), ms);
      }
      return found;
    },
  };
}
