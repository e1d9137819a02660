import { describe, expect, it } from 'vitest';
import { dateOf, retryAfter } from './retry-after.ts';

const NOW = Date.UTC(2026, 10, 23, 1, 0, 0);
const HOUR = 3_600_000;

describe('Retry-After', () => {
  it('in seconds', () => {
    expect(retryAfter('30', null, NOW)).toBe(30_000);
    expect(retryAfter(' 0 ', NOW, NOW)).toBe(0);
  });

  it.each([-HOUR, 0, HOUR])('as a date, with a kiosk clock that is %i ms off: by the clock of whoever said it', (off) => {
    const date = NOW + off;
    expect(retryAfter(new Date(date + 30_000).toUTCString(), date, NOW)).toBe(30_000);
  });

  it('as a date in an answer without one: by our own clock', () => {
    expect(retryAfter(new Date(NOW + 30_000).toUTCString(), null, NOW)).toBe(30_000);
  });

  it('in the past: now', () => {
    expect(retryAfter(new Date(NOW - 30_000).toUTCString(), NOW, NOW)).toBe(0);
  });

  it.each([undefined, '', 'soon', '-5', '1.5', 'Nov 30 2026', '2026-11-30', ['3', '4'], '99999999999'])(
    '%j says nothing',
    (header) => {
      expect(retryAfter(header, NOW, NOW)).toBeNull();
    },
  );

  it('a date header', () => {
    expect(dateOf(new Date(NOW).toUTCString())).toBe(NOW);
    expect(dateOf('yesterday')).toBeNull();
    expect(dateOf(undefined)).toBeNull();
  });
});
