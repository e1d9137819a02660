import type { Language } from '../page-protocol.ts';

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
const englishDay = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', dateStyle: 'long' });
const englishDayOfYear = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', day: 'numeric', month: 'long' });

/** The parts of an instant on the calendar and clock of Japan. */
function inJapan(iso: string): Record<'year' | 'month' | 'day' | 'hour' | 'minute', number> {
  const parts = calendar.formatToParts(new Date(iso));
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') };
}

/** An ISO instant as a day in Japan, with ruby mark-up in Japanese: 2029年6月1日, 1 June 2029. */
export function dayText(language: Language, iso: string): string {
  if (Number.isNaN(Date.parse(iso))) return '-';
  if (language === 'en') return englishDay.format(new Date(iso));
  const { year, month, day } = inJapan(iso);
  return `${year}{年|ねん}{${month}月|${MONTHS[month - 1] ?? ''}がつ}${dayMark(day)}`;
}

/** Day and time of day: 2029年6月1日 14:05. */
export function dayAndTimeText(language: Language, iso: string): string {
  if (Number.isNaN(Date.parse(iso))) return '-';
  const { hour, minute } = inJapan(iso);
  return `${dayText(language, iso)} ${hour}:${String(minute).padStart(2, '0')}`;
}

/** Day and time of day without the year, for what is not long ago: 11月23日 10:00, 23 November 10:00. */
export function momentText(language: Language, iso: string): string {
  if (Number.isNaN(Date.parse(iso))) return '-';
  const { month, day, hour, minute } = inJapan(iso);
  const time = `${hour}:${String(minute).padStart(2, '0')}`;
  if (language === 'en') return `${englishDayOfYear.format(new Date(iso))} ${time}`;
  return `{${month}月|${MONTHS[month - 1] ?? ''}がつ}${dayMark(day)} ${time}`;
}

const WEEKDAYS = ['にちようび', 'げつようび', 'かようび', 'すいようび', 'もくようび', 'きんようび', 'どようび'];
const AHEAD = { today: 'きょう、', tomorrow: 'あす、', later: '' };
const AHEAD_EN = { today: 'today, ', tomorrow: 'tomorrow, ', later: '' };

/** When something opens, day and time, as it is said: あす、11月29日（日曜日） 朝8時30分から; tomorrow, Sunday 29 November, from 8:30 a.m. */
export function openingText(language: Language, iso: string, on: 'today' | 'tomorrow' | 'later'): [day: string, time: string] {
  if (Number.isNaN(Date.parse(iso))) return ['-', ''];
  const { month, day, hour, minute } = inJapan(iso);
  if (language === 'en') {
    const of = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', ...options }).format(new Date(iso));
    const date = `${of({ weekday: 'long' })} ${of({ day: 'numeric', month: 'long' })}`;
    const time = `${hour % 12 === 0 ? 12 : hour % 12}:${String(minute).padStart(2, '0')}`;
    const noon = hour === 12 && minute === 0 ? 'noon' : `${time} ${hour < 12 ? 'a.m.' : 'p.m.'}`;
    return [`${AHEAD_EN[on]}${date},`, `from ${hour === 0 && minute === 0 ? 'midnight' : noon}`];
  }
  const weekday = WEEKDAYS[new Date(Date.parse(iso) + 9 * 3_600_000).getUTCDay()] ?? '';
  const sign = '日月火水木金土'[WEEKDAYS.indexOf(weekday)] ?? '';
  const date = `{${month}月|${MONTHS[month - 1] ?? ''}がつ}${dayMark(day)}（{${sign}曜日|${weekday}}）`;
  return [`${AHEAD[on]}${date}`, `${timeMark(hour, minute)}から`];
}

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
export function versionText(language: Language, version: string): string {
  return dayText(language, `${version}T00:00:00+09:00`);
}
