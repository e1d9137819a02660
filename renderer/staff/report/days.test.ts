import { expect, it } from 'vitest';
import { isRange, monthOf, rangeOf } from './days.ts';

it('today, this month and last month are days in Japan', () => {
  // 00:30 on 1 January in Japan is still December in London.
  const newYear = Date.UTC(2026, 11, 31, 15, 30);
  expect(rangeOf('today', newYear)).toEqual({ from: '2027-01-01', to: '2027-01-01' });
  expect(rangeOf('month', newYear)).toEqual({ from: '2027-01-01', to: '2027-01-01' });
  expect(rangeOf('last-month', newYear)).toEqual({ from: '2026-12-01', to: '2026-12-31' });
  expect(rangeOf('last-month', Date.UTC(2028, 2, 10))).toEqual({ from: '2028-02-01', to: '2028-02-29' });
});

it('a range has an order and at most 62 days', () => {
  expect(isRange({ from: '2026-07-01', to: '2026-08-31' })).toBe(true);
  expect(isRange({ from: '2026-07-01', to: '2026-09-01' })).toBe(false);
  expect(isRange({ from: '2026-07-02', to: '2026-07-01' })).toBe(false);
  expect(isRange({ from: '', to: '2026-07-01' })).toBe(false);
});

it('a month is the one of a range', () => {
  expect(monthOf({ from: '2026-07-02', to: '2026-07-09' })).toBe('2026-07');
  expect(monthOf({ from: '2026-07-02', to: '2026-08-01' })).toBeNull();
});
