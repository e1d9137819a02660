import { z } from 'zod';
import { localised } from './languages.ts';

/** Opening hours as a town sets them. Days and times are Japan's (UTC+9 the whole year), whatever the machine's own zone is. */
const TIMES = /^(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

const Span = z
  .string()
  .regex(TIMES, 'wants "HH:MM-HH:MM" of 24 hours in Japan, like "08:30-17:15"; the last minute of a day ends at "24:00"');

/** Minutes of a day in Japan, 0 to 1440; open from `from` up to, and not in, `to`. */
export interface MinuteSpan {
  readonly from: number;
  readonly to: number;
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
export const minutesOf = (span: string): MinuteSpan => ({ from: minuteOf(span.slice(0, 5)), to: minuteOf(span.slice(6)) });

/** The spans of one day, in any order; none: closed. */
const Spans = z.array(Span).superRefine((spans, context) => {
  const seen: MinuteSpan[] = [];
  for (const [index, text] of spans.entries()) {
    if (!TIMES.test(text)) continue;
    const span = minutesOf(text);
    const say = (message: string) => context.addIssue({ code: 'custom', path: [index], message });
    if (span.to < span.from)
      say('ends before it begins: hours over midnight are two spans, up to "24:00" and from "00:00" on the next day');
    else if (span.to === span.from) say('is empty: it ends in the minute in which it begins');
    else if (seen.some(({ from, to }) => span.from < to && from < span.to)) say('overlaps another span of the same day');
    seen.push(span);
  }
});

const DAYS = /^(?:(\d{4})-)?(\d{2})-(\d{2})$/;
/** A leap year, for days that come every year. */
const ANY_YEAR = '2000';

function isDay(text: string): boolean {
  const [, year = ANY_YEAR, month, day] = DAYS.exec(text) ?? [];
  const whole = `${year}-${month}-${day}`;
  const at = new Date(`${whole}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(whole);
}

/** One closed day, or a span with both its ends: of one year, or of every year. */
const ClosedDays = z.string().superRefine((text, context) => {
  const say = (message: string) => context.addIssue({ code: 'custom', message });
  const [from = '', to = from, ...more] = text.split('/');
  if (more.length > 0 || !isDay(from) || !isDay(to) || from.length !== to.length)
    say('wants a day that exists, "2027-03-31", or with no year for every year, "12-29"; a span as "12-29/01-03"');
  // Without a year a span may go over the turn of the year.
  else if (from.length === 10 && to < from) say('ends before it begins');
});

const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
/** Sunday first, as `Date.getUTCDay` counts. */
export const WEEKDAYS: readonly (typeof WEEK)[number][] = WEEK;

export const Hours = z
  .object({
    week: z
      .object({ mon: Spans, tue: Spans, wed: Spans, thu: Spans, fri: Spans, sat: Spans, sun: Spans })
      .partial()
      .strict()
      .describe('open in these spans, "08:30-12:00"; a weekday that is not named is closed'),
    closed: z
      .array(ClosedDays)
      .optional()
      .describe('closed whatever the weekday: "2027-03-31", every year "12-29", spans "12-29/01-03", both ends included'),
    exceptions: z
      .record(z.iso.date('wants a day that exists, "2027-03-28"'), Spans)
      .optional()
      .describe('days with spans of their own, which win over everything else; none: closed on that day'),
    ask: localised(z.string().min(1).max(200))
      .strict()
      .optional()
      .describe('where to ask while the kiosk is closed, in each language; without it: the staff of the place'),
  })
  .strict()
  .superRefine(({ week, exceptions = {} }, context) => {
    // What is told already is enough.
    if (context.issues.length > 0) return;
    if ([...Object.values(week), ...Object.values(exceptions)].some((spans = []) => spans.length > 0)) return;
    context.addIssue({
      code: 'custom',
      path: ['week'],
      message: 'names no time at all; leave "hours" out for a kiosk that is always open',
    });
  });
export type Hours = z.infer<typeof Hours>;

/** `open-today`: up to midnight in Japan. `open`, `close`: until staff say otherwise. `close-till-next`: up to the next opening by the hours. */
export const HOURS_ORDERS = ['open-today', 'open', 'close-till-next', 'close', 'follow'] as const;
export type HoursOrder = (typeof HOURS_ORDERS)[number];
