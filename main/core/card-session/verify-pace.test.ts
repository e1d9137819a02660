import { expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { createVerifyPace } from './verify-pace.ts';

const AGAIN = 3000;
const LAST = 10_000;
function paced() {
  const clock = createManualClock();
  return { clock, pace: createVerifyPace({ clock, againMs: AGAIN, lastMs: LAST }) };
}

it('holds nobody up at first, and after a refusal only who is faster than a person', () => {
  const { clock, pace } = paced();
  expect([pace.triesLeft, pace.waitMs()]).toEqual([null, 0]);
  pace.read(3);
  expect([pace.triesLeft, pace.waitMs()]).toEqual([3, 0]);
  pace.refused(2);
  clock.advance(1000);
  expect([pace.triesLeft, pace.waitMs()]).toEqual([2, AGAIN - 1000]);
  clock.advance(AGAIN);
  expect(pace.waitMs()).toBe(0);
});

it('before the last try: ten seconds from the refusal, or from the reading of a card that came with one', () => {
  const { clock, pace } = paced();
  pace.read(1);
  expect(pace.waitMs()).toBe(LAST);
  clock.advance(LAST);
  expect(pace.waitMs()).toBe(0);
  pace.refused(0);
  expect(pace.waitMs()).toBe(AGAIN);
});

it('three wrong PINs of a page that does not wait take longer than a person needs to take the card', () => {
  const { clock, pace } = paced();
  for (const left of [3, 2, 1]) {
    if (left === 3) pace.read(3);
    clock.advance(pace.waitMs());
    pace.refused(left - 1);
  }
  expect(clock.monotonic()).toBe(AGAIN + LAST);
});
