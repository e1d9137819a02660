import { expect, it } from 'vitest';
import { clockText, dayAndTimeText, dayText, hourOfNote, momentText, versionText, weekdayText } from './dates.ts';
import { plainText, rubyParts } from './ruby.ts';

it('is a day of Japan, whatever the clock of the machine says', () => {
  // 15:00 in Greenwich is the next day in Tokyo.
  expect(plainText(dayText('ja', '2029-06-20T14:59:59.000Z'))).toBe('2029年6月20日');
  expect(plainText(dayText('ja', '2029-06-20T15:00:00.000Z'))).toBe('2029年6月21日');
  expect(dayText('en', '2029-06-20T15:00:00.000Z')).toBe('21 June 2029');
});

it('tells the hours from 0 to 23', () => {
  expect(plainText(dayAndTimeText('ja', '2026-11-22T15:05:00.000Z'))).toBe('2026年11月23日 0:05');
  expect(dayAndTimeText('en', '2026-11-23T14:59:00.000Z')).toBe('23 November 2026 23:59');
});

it('reads the days of the month as they are said', () => {
  const readingOf = (day: string) => rubyParts(dayText('ja', `2026-04-${day}T03:00:00.000Z`)).map(({ reading }) => reading);
  expect(readingOf('01')).toEqual([null, 'ねん', 'しがつ', 'ついたち']);
  expect(readingOf('20')).toEqual([null, 'ねん', 'しがつ', 'はつか']);
  expect(readingOf('24')).toEqual([null, 'ねん', 'しがつ', 'にじゅうよっか']);
  expect(rubyParts(dayText('ja', '2026-04-21T03:00:00.000Z')).at(-1)).toEqual({ base: '日', reading: 'にち' });
});

it('shows a dash for what is no date, and a version as its day', () => {
  expect(dayText('ja', 'soon')).toBe('-');
  expect(dayAndTimeText('en', '')).toBe('-');
  expect(versionText('en', '2026-10-01')).toBe('1 October 2026');
  expect(versionText('ja', 'draft')).toBe('-');
});

it('leaves out the year of what is not long ago', () => {
  expect(plainText(momentText('ja', '2026-11-23T01:00:00.000Z'))).toBe('11月23日 10:00');
  expect(momentText('en', '2026-11-22T15:05:00.000Z')).toBe('23 November 0:05');
  expect(momentText('ja', 'soon')).toBe('-');
});

it('says days of the week and times as people say them, in Japan', () => {
  const ja = (at: string) => plainText(`${weekdayText('ja', `${at}:00.000+09:00`)} ${clockText('ja', `${at}:00.000+09:00`)}`);
  const en = (at: string) => `${weekdayText('en', `${at}:00.000+09:00`)}, ${clockText('en', `${at}:00.000+09:00`)}`;
  expect(ja('2026-11-28T08:30')).toBe('11月28日（土曜日） 朝8時30分');
  expect(ja('2027-01-04T13:00')).toBe('1月4日（月曜日） 午後1時');
  expect(ja('2027-01-04T00:00')).toBe('1月4日（月曜日） 午前0時');
  expect(ja('2027-01-04T12:15')).toBe('1月4日（月曜日） 昼12時15分');
  expect(ja('2027-01-04T19:00')).toBe('1月4日（月曜日） 夜7時');
  expect(en('2026-11-28T08:30')).toMatch(/^Saturday,? 28 November, 8:30\sam$/);
  expect(en('2027-01-04T12:30')).toMatch(/^Monday,? 4 January, 12:30\spm$/);
  expect(['12:00', '00:00', '12:30'].map((time) => hourOfNote(`2027-01-04T${time}:00.000+09:00`))).toEqual([
    'noon',
    'midnight',
    'other',
  ]);
  expect([weekdayText('ja', 'soon'), clockText('en', 'soon')]).toEqual(['-', '-']);
  const said = weekdayText('ja', '2026-11-30T04:05:00.000+09:00') + clockText('ja', '2026-11-30T04:05:00.000+09:00');
  const readings = rubyParts(said).map(({ reading }) => reading);
  expect(readings.filter((reading) => reading !== null)).toEqual([
    'じゅういちがつ',
    'にち',
    'げつようび',
    'あさ',
    'よじ',
    'ふん',
  ]);
});
