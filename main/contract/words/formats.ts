import { LOCALES, type PublicLanguage, type StaffLanguage } from '../languages.ts';

/** Numbers, days and lists as a language writes them, plain: for staff and paper. For the page, with readings: dates.ts. */
type Language = PublicLanguage | StaffLanguage;

/** Making a format takes a millisecond; each is kept. */
function kept<F>(make: (locale: string) => F): (language: Language) => F {
  const made = new Map<string, F>();
  return (language) => {
    const known = made.get(language) ?? make(LOCALES[language]);
    made.set(language, known);
    return known;
  };
}

const numbers = kept((locale) => new Intl.NumberFormat(locale));
const days = kept((locale) => new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Tokyo', dateStyle: 'long' }));
const months = kept((locale) => new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Tokyo', year: 'numeric', month: 'long' }));
const daysAndTimes = kept(
  (locale) => new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Tokyo', dateStyle: 'long', timeStyle: 'short' }),
);
const stamps = kept(
  (locale) => new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Tokyo', dateStyle: 'short', timeStyle: 'medium' }),
);
const times = kept((locale) => new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Tokyo', timeStyle: 'short', hourCycle: 'h23' }));
const spans = kept((locale) => new Intl.RelativeTimeFormat(locale));
const lists = kept((locale) => new Intl.ListFormat(locale));

/** 20,000 */
export const numberIn = (language: Language, amount: number): string => numbers(language).format(amount);

/** A calendar day in Japan, YYYY-MM-DD, or a month, YYYY-MM, in words. */
export function calendarDayIn(language: Language, day: string): string {
  const month = day.length === 7;
  const at = Date.parse(`${month ? `${day}-01` : day}T00:00:00+09:00`);
  return Number.isNaN(at) ? '-' : (month ? months : days)(language).format(at);
}

/** A moment (epoch ms) as a day in Japan: 2029年6月1日, 1 June 2029. */
export const dayIn = (language: Language, at: number): string => days(language).format(at);

/** A moment (epoch ms) as day and time in Japan, to the minute. */
export const dayAndTimeIn = (language: Language, at: number): string => daysAndTimes(language).format(at);

/** An ISO instant as a short stamp in Japan, to the second: for records. */
export const stampIn = (language: Language, iso: string): string => stamps(language).format(Date.parse(iso));

/** An ISO instant as a time of day in Japan. */
export const timeIn = (language: Language, iso: string): string => times(language).format(Date.parse(iso));

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** How long ago: 5 minutes ago. */
export function agoIn(language: Language, seconds: number): string {
  const [unit, size] = UNITS.find(([, least]) => seconds >= least) ?? UNITS[3];
  return spans(language).format(-Math.floor(seconds / size), unit);
}

/** Several things in one sentence. */
export const listIn = (language: Language, things: readonly string[]): string => lists(language).format(things);
