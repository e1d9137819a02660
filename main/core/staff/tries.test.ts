import fc from 'fast-check';
import { expect, it } from 'vitest';
import { afterRight, afterWrong, lockedUntil, MOST_WRONG, type Tries, triesLeft, waitMs } from './tries.ts';

const MINUTE = 60_000;
const wrongFrom = (tries: Tries, count: number, now: number): Tries =>
  Array.from({ length: count }).reduce<Tries>((before) => afterWrong(before, now), tries);

it('locks at the fifth wrong one, for 15 minutes, then 30, then 60, up to a day', () => {
  let tries = afterRight;
  let now = 1_000_000;
  const lasted: number[] = [];
  for (let lock = 0; lock < 9; lock++) {
    tries = wrongFrom(tries, 4, now);
    expect(lockedUntil(tries, now)).toBeNull();
    tries = afterWrong(tries, now);
    const until = lockedUntil(tries, now);
    lasted.push(((until ?? 0) - now) / MINUTE);
    now = (until ?? 0) + 1;
    expect(lockedUntil(tries, now)).toBeNull();
  }
  expect(lasted).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
});

it('each wrong one makes the next wait longer, and waiting is counted from it', () => {
  const waits = [1, 2, 3, 4].map((count) => waitMs(wrongFrom(afterRight, count, 5000), 5000));
  expect(waits).toEqual([1000, 2000, 4000, 8000]);
  expect(waitMs(wrongFrom(afterRight, 3, 5000), 8000)).toBe(1000);
  expect(waitMs(wrongFrom(afterRight, 3, 5000), 90_000)).toBe(0);
  expect([0, 1, 4].map((count) => triesLeft(wrongFrom(afterRight, count, 0)))).toEqual([null, MOST_WRONG - 1, 1]);
});

it('a clock that jumps back makes neither a lock nor a wait longer than it was', () => {
  const locked = wrongFrom(afterRight, 5, 10 * 24 * 60 * MINUTE);
  expect(lockedUntil(locked, 1000)).toBe(1000 + 15 * MINUTE);
  expect(waitMs(wrongFrom(afterRight, 2, 10 * MINUTE), 0)).toBe(2000);
});

it('whatever the clock does, so many tries in a row never go without a lock', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: MOST_WRONG, maxLength: 30 }), (times) => {
      let tries = afterRight;
      let free = 0;
      for (const now of times) {
        if (lockedUntil(tries, now) !== null) {
          free = 0;
          continue;
        }
        tries = afterWrong(tries, now);
        free = lockedUntil(tries, now) === null ? free + 1 : 0;
        expect(free).toBeLessThan(MOST_WRONG);
      }
    }),
  );
});
