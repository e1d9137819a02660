import { expect, it } from 'vitest';
import { agoIn, calendarDayIn, dayAndTimeIn, listIn, numberIn, stampIn, timeIn } from './formats.ts';

it('writes days and months of the calendar as each language does', () => {
  expect(calendarDayIn('ja', '2026-11-01')).toBe('2026年11月1日');
  expect(calendarDayIn('en', '2026-11-01')).toBe('1 November 2026');
  expect(calendarDayIn('ja', '2026-11')).toBe('2026年11月');
  expect(calendarDayIn('en', '2026-11')).toBe('November 2026');
  expect(calendarDayIn('en', 'soon')).toBe('-');
});

it('writes moments in Japan, wherever the machine is', () => {
  expect(dayAndTimeIn('ja', Date.UTC(2026, 10, 23, 15, 30))).toBe('2026年11月24日 0:30');
  expect(stampIn('ja', '2026-11-23T15:30:05.000Z')).toContain('2026/11/24 0:30:05');
  expect(timeIn('en', '2026-11-23T15:30:05.000Z')).toBe('00:30');
});

it('writes numbers, spans of time and lists', () => {
  expect(numberIn('ja', 20_000)).toBe('20,000');
  expect([5, 90, 7200, 200_000].map((seconds) => agoIn('en', seconds))).toEqual([
    '5 seconds ago',
    '1 minute ago',
    '2 hours ago',
    '2 days ago',
  ]);
  expect(agoIn('en', 0)).toBe('0 seconds ago');
  expect(listIn('ja', ['1', '4'])).toBe('1、4');
  expect(listIn('en', ['1', '4', '9'])).toBe('1, 4 and 9');
});
