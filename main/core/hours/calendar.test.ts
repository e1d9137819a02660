import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Hours } from '../../contract/hours.ts';
import { createCalendar } from './calendar.ts';

const at = (text: string) => Date.parse(`${text}:00+09:00`);
const office = ['08:30-12:00', '13:00-17:15'];
const town = createCalendar(
  Hours.parse({
    week: { mon: office, tue: office, wed: office, thu: office, fri: ['13:00-19:00', '08:30-12:00'] },
    closed: ['12-29/01-03', '2027-03-31', '2027-08-12/2027-08-13'],
    exceptions: { '2026-12-06': ['09:00-12:00'], '2026-12-30': ['10:00-11:00'], '2026-12-07': [] },
  }),
);

describe('a town hall', () => {
  // 2026-11-28 is a Saturday.
  it.each([
    ['2026-11-27T08:29', false],
    ['2026-11-27T08:30', true],
    ['2026-11-27T11:59', true],
    ['2026-11-27T12:00', false],
    ['2026-11-27T18:59', true],
    ['2026-11-27T19:00', false],
    ['2026-11-28T10:00', false],
    ['2026-12-06T09:00', true],
    ['2026-12-07T09:00', false],
    ['2026-12-28T09:00', true],
    ['2026-12-29T09:00', false],
    ['2026-12-30T10:30', true],
    ['2027-01-01T10:00', false],
    ['2027-01-04T10:00', true],
    ['2027-03-31T10:00', false],
    ['2028-03-31T10:00', true],
    ['2027-08-13T10:00', false],
  ])('at %s: %s', (text, open) => expect(town.isOpen(at(text))).toBe(open));

  it.each([
    ['2026-11-27T12:10', '2026-11-27T13:00'],
    ['2026-11-27T13:00', '2026-11-27T13:00'],
    ['2026-11-27T19:00', '2026-11-30T08:30'],
    ['2026-12-29T09:00', '2026-12-30T10:00'],
    ['2026-12-30T11:00', '2027-01-04T08:30'],
  ])('from %s on it opens at %s', (from, opens) => expect(town.opening(at(from))).toBe(at(opens)));

  it.each([
    ['2026-11-27T09:00', '2026-11-27T12:00'],
    ['2026-11-27T12:00', '2026-11-27T12:00'],
    ['2026-12-06T09:00', '2026-12-06T12:00'],
  ])('from %s on it closes at %s', (from, closes) => expect(town.closing(at(from))).toBe(at(closes)));
});

it('spans that touch are one, over midnight too; who never closes never closes', () => {
  const all = ['00:00-24:00'];
  const night = createCalendar(Hours.parse({ week: { fri: ['20:00-24:00'], sat: ['00:00-02:00', '02:00-03:00'] } }));
  expect(night.closing(at('2026-11-27T21:00'))).toBe(at('2026-11-28T03:00'));
  expect(night.opening(at('2026-11-28T03:00'))).toBe(at('2026-12-04T20:00'));
  const always = createCalendar(Hours.parse({ week: { mon: all, tue: all, wed: all, thu: all, fri: all, sat: all, sun: all } }));
  expect(always.closing(at('2026-11-27T21:00'))).toBeNull();
  const past = createCalendar(Hours.parse({ week: {}, exceptions: { '2026-11-20': all } }));
  expect(past.opening(at('2026-11-27T21:00'))).toBeNull();
});

const hhmm = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
/** Spans of a day that do not overlap, in any order. */
const anySpans = fc
  .uniqueArray(fc.integer({ min: 0, max: 1440 }), { maxLength: 6 })
  .map((cuts) => cuts.sort((a, b) => a - b))
  .map((cuts) => Array.from({ length: Math.floor(cuts.length / 2) }, (_, n) => [cuts[2 * n] ?? 0, cuts[2 * n + 1] ?? 0]))
  .map((pairs) => pairs.map(([from = 0, to = 0]) => `${hhmm(from)}-${hhmm(to)}`).reverse());

const wall = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Tokyo', dateStyle: 'short', timeStyle: 'short' });

it('equals a look at every minute, for any hours and any window', () => {
  const week = fc.record({
    mon: anySpans,
    tue: anySpans,
    wed: anySpans,
    thu: anySpans,
    fri: anySpans,
    sat: anySpans,
    sun: anySpans,
  });
  const days = fc.constantFrom('2026-11-28', '2026-11-29', '2026-11-30', '2026-12-01');
  fc.assert(
    fc.property(
      week,
      fc.uniqueArray(days, { maxLength: 2 }),
      fc.dictionary(days, anySpans),
      fc.integer({ min: 0, max: 3 * 1440 }),
      fc.integer({ min: 0, max: 1440 }),
      (weekly, closed, exceptions, begin, length) => {
        const hours = { week: weekly, closed, exceptions };
        const calendar = createCalendar(hours);
        const from = at('2026-11-28T00:00') + begin * 60_000;
        const to = from + length * 60_000;
        const expected = new Map<string, number>();
        let first: number | null = null;
        for (let minute = from; minute < to; minute += 60_000) {
          // An own way to the same: the wall clock in Japan as Intl tells it.
          const [day = '', time = ''] = wall.format(minute).split(' ');
          const weekday = (['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const)[new Date(day).getUTCDay()] ?? 'sun';
          const spans = exceptions[day] ?? (closed.some((one) => one === day) ? [] : weekly[weekday]);
          const open = spans.some((span) => span.slice(0, 5) <= time && time < span.slice(6));
          if (calendar.isOpen(minute) !== open) return false;
          if (!open) continue;
          first ??= minute;
          expected.set(day, (expected.get(day) ?? 0) + 60_000);
        }
        if (first !== null && calendar.opening(from) !== first) return false;
        expect(Object.fromEntries(calendar.openBetween(from, to))).toEqual(Object.fromEntries(expected));
        return true;
      },
    ),
    { numRuns: 30 },
  );
});
