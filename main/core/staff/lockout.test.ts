import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  afterRight,
  afterWrong,
  carriedOn,
  type Lockout,
  lockedMs,
  MOST_WRONG,
  type Moment,
  triesLeft,
  waitMs,
} from './lockout.ts';

const MINUTE = 60_000;
const at = (uptimeMs: number, boot = 'one'): Moment => ({ boot, uptimeMs });
const wrongFrom = (tries: Lockout, count: number, now: Moment): Lockout =>
  Array.from({ length: count }).reduce<Lockout>((before) => afterWrong(before, now), tries);

it('locks at the fifth wrong one, for 15 minutes, then 30, then 60, up to a day', () => {
  let tries = afterRight;
  let now = 1_000_000;
  const lasted: number[] = [];
  for (let lock = 0; lock < 9; lock++) {
    tries = wrongFrom(tries, 4, at(now));
    expect(lockedMs(tries, at(now))).toBe(0);
    tries = afterWrong(tries, at(now));
    const ms = lockedMs(tries, at(now));
    lasted.push(ms / MINUTE);
    now += ms;
    expect(lockedMs(tries, at(now - 1))).toBe(1);
    expect(lockedMs(tries, at(now))).toBe(0);
  }
  expect(lasted).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440]);
});

it('each wrong one makes the next wait longer, and waiting is counted from it', () => {
  const waits = [1, 2, 3, 4].map((count) => waitMs(wrongFrom(afterRight, count, at(5000)), at(5000)));
  expect(waits).toEqual([1000, 2000, 4000, 8000]);
  expect(waitMs(wrongFrom(afterRight, 3, at(5000)), at(8000))).toBe(1000);
  expect(waitMs(wrongFrom(afterRight, 3, at(5000)), at(90_000))).toBe(0);
  expect([0, 1, 4].map((count) => triesLeft(wrongFrom(afterRight, count, at(0))))).toEqual([null, MOST_WRONG - 1, 1]);
});

it('another run of the machine begins with what was left', () => {
  const locked = wrongFrom(afterRight, 5, at(90 * MINUTE));
  expect(lockedMs(locked, at(0, 'two'))).toBe(15 * MINUTE);
  expect(lockedMs(locked, at(900 * MINUTE, 'two'))).toBe(15 * MINUTE);
  const later = carriedOn(carriedOn(locked, at(100 * MINUTE)), at(1, 'two'));
  expect(lockedMs(later, at(MINUTE + 1, 'two'))).toBe(4 * MINUTE);
  expect(waitMs(wrongFrom(afterRight, 2, at(10 * MINUTE)), at(0, 'two'))).toBe(2000);
});

const moments = fc.array(fc.record({ boot: fc.constantFrom('a', 'b'), uptimeMs: fc.nat({ max: 2 ** 31 }) }), {
  minLength: MOST_WRONG,
  maxLength: 30,
});

it('whenever the machine starts again, so many tries in a row never go without a lock', () => {
  fc.assert(
    fc.property(moments, (times) => {
      let tries = afterRight;
      let free = 0;
      for (const now of times) {
        if (lockedMs(tries, now) > 0) {
          free = 0;
          continue;
        }
        tries = afterWrong(tries, now);
        free = lockedMs(tries, now) === 0 ? free + 1 : 0;
        expect(free).toBeLessThan(MOST_WRONG);
      }
    }),
  );
});

it('a lock takes as long as it says of the machine’s own running time, through any restarts', () => {
  const runs = fc.array(fc.array(fc.nat({ max: 3 * MINUTE }), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(runs, (boots) => {
      let tries = wrongFrom(afterRight, 5, at(0, 'before'));
      let counted = 0;
      for (const [number, steps] of boots.entries()) {
        let uptimeMs = 7 * number;
        tries = carriedOn(tries, at(uptimeMs, `${number}`));
        for (const step of steps) {
          uptimeMs += step;
          counted += step;
          tries = carriedOn(tries, at(uptimeMs, `${number}`));
          expect(lockedMs(tries, at(uptimeMs, `${number}`))).toBe(Math.max(0, 15 * MINUTE - counted));
        }
      }
    }),
  );
});
