import { LOCALES, type PublicLanguage } from '../languages.ts';

const MONTHS = ['いち', 'に', 'さん', 'し', 'ご', 'ろく', 'しち', 'はち', 'く', 'じゅう', 'じゅういち', 'じゅうに'];
const DAYS: Record<number, string> = {
  1: 'ついたち',
  2: 'ふつか',
  3: 'みっか',
  4: 'よっか',
  5: 'いつか',
  6: 'むいか',
  7: 'なのか',
  8: 'ようか',
  9: 'ここのか',
  10: 'とおか',
  14: 'じゅうよっか',
  20: 'はつか',
  24: 'にじゅうよっか',
};

/** Made once: making one takes a millisecond, which a screen would wait for. */
const calendar = new Intl.DateTimeFormat('en-US', {
  timeZone: 'Asia/Tokyo',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  hourCycle: 'h23',
});

type Moment = Record<'year' | 'month' | 'day' | 'hour' | 'minute', number>;
/** The parts of an instant on the calendar and clock of Japan. */
function inJapan(iso: string): Moment {
  const parts = calendar.formatToParts(new Date(iso));
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') };
}

/** How a language says days and times, of an ISO instant that is one. */
interface Dates {
  readonly day: (iso: string) => string;
  /** Without the year. */
  readonly dayOfYear: (iso: string) => string;
  readonly weekday: (iso: string) => string;
  /** As people say it, with the part of the day. */
  readonly clock: (iso: string) => string;
}

const JAPANESE: Dates = {
  day: (iso) => `${inJapan(iso).year}{年|ねん}${JAPANESE.dayOfYear(iso)}`,
  dayOfYear: (iso) => {
    const { month, day } = inJapan(iso);
    return `{${month}月|${MONTHS[month - 1] ?? ''}がつ}${dayMark(day)}`;
  },
  weekday: (iso) => {
    const index = new Date(Date.parse(iso) + 9 * 3_600_000).getUTCDay();
    return `${JAPANESE.dayOfYear(iso)}（{${'日月火水木金土'[index] ?? ''}曜日|${WEEKDAYS[index] ?? ''}}）`;
  },
  clock: (iso) => {
    const { hour, minute } = inJapan(iso);
    return timeMark(hour, minute);
  },
};

/** A language without readings says them as Intl does. */
function datesByIntl(locale: string): Dates {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(locale, { timeZone: 'Asia/Tokyo', ...options });
    return (iso: string) => made.format(Date.parse(iso));
  };
  return {
    day: format({ dateStyle: 'long' }),
    dayOfYear: format({ day: 'numeric', month: 'long' }),
    weekday: format({ weekday: 'long', day: 'numeric', month: 'long' }),
    clock: format({ hour: 'numeric', minute: '2-digit', hour12: true }),
  };
}

const known = new Map<PublicLanguage, Dates>([['ja', JAPANESE]]);
function datesOf(language: PublicLanguage): Dates {
  const dates = known.get(language) ?? datesByIntl(LOCALES[language]);
  known.set(language, dates);
  return dates;
}

const isDate = (iso: string) => !Number.isNaN(Date.parse(iso));
/** The time of day in 24 hours: 14:05, 0:05. */
function timeOfDay(iso: string): string {
  const { hour, minute } = inJapan(iso);
  return `${hour}:${String(minute).padStart(2, '0')}`;
}

/** An ISO instant as a day in Japan, with ruby mark-up in Japanese: 2029年6月1日, 1 June 2029. */
export const dayText = (language: PublicLanguage, iso: string): string => (isDate(iso) ? datesOf(language).day(iso) : '-');

/** Day and time of day: 2029年6月1日 14:05. */
export const dayAndTimeText = (language: PublicLanguage, iso: string): string =>
  isDate(iso) ? `${dayText(language, iso)} ${timeOfDay(iso)}` : '-';

/** Day and time of day without the year, for what is not long ago: 11月23日 10:00, 23 November 10:00. */
export const momentText = (language: PublicLanguage, iso: string): string =>
  isDate(iso) ? `${datesOf(language).dayOfYear(iso)} ${timeOfDay(iso)}` : '-';

/** A day with its day of the week, without the year: 11月29日（日曜日）, Sunday 29 November. */
export const weekdayText = (language: PublicLanguage, iso: string): string =>
  isDate(iso) ? datesOf(language).weekday(iso) : '-';

/** The time of day as it is said: 朝8時30分, 8:30 am. */
export const clockText = (language: PublicLanguage, iso: string): string => (isDate(iso) ? datesOf(language).clock(iso) : '-');

/** Exactly noon or midnight, for languages that say so. */
export function hourOfNote(iso: string): 'noon' | 'midnight' | 'other' {
  const { hour, minute } = inJapan(iso);
  return minute !== 0 ? 'other' : hour === 12 ? 'noon' : hour === 0 ? 'midnight' : 'other';
}

const WEEKDAYS = ['にちようび', 'げつようび', 'かようび', 'すいようび', 'もくようび', 'きんようび', 'どようび'];

/** The time of day in twelve hours, as people say it. */
function timeMark(hour: number, minute: number): string {
  const part =
    hour < 4
      ? '{午前|ごぜん}'
      : hour < 11
        ? '{朝|あさ}'
        : hour < 12
          ? '{午前|ごぜん}'
          : hour < 13
            ? '{昼|ひる}'
            : hour < 17
              ? '{午後|ごご}'
              : hour < 19
                ? '{夕方|ゆうがた}'
                : '{夜|よる}';
  const twelve = hour > 12 ? hour - 12 : hour;
  const odd: Record<number, string> = { 0: 'れい', 4: 'よ', 7: 'しち', 9: 'く' };
  const hours = odd[twelve] === undefined ? `${twelve}{時|じ}` : `{${twelve}時|${odd[twelve]}じ}`;
  // 30分 is さんじゅっぷん, 15分 じゅうごふん.
  const minutes = minute === 0 ? '' : `${minute}{分|${[2, 5, 7, 9].includes(minute % 10) ? 'ふん' : 'ぷん'}}`;
  return `${part}${hours}${minutes}`;
}

function dayMark(day: number): string {
  return DAYS[day] === undefined ? `${day}{日|にち}` : `{${day}日|${DAYS[day]}}`;
}

/** The version of a document, `2026-10-01`, as a day. */
export function versionText(language: PublicLanguage, version: string): string {
  return dayText(language, `${version}T00:00:00+09:00`);
}
