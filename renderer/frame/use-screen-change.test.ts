import { expect, it } from 'vitest';
import { mustSettle } from './use-screen-change.ts';

it('a first screen takes touches at once, one after another waits', () => {
  expect(mustSettle(null, 1)).toBe(false);
  // After "starting", which has nothing to press.
  expect(mustSettle('out-of-order', 2)).toBe(false);
  expect(mustSettle(null, 2)).toBe(false);
  expect(mustSettle('attract', 2)).toBe(true);
  expect(mustSettle('attract', 3)).toBe(true);
});

it('the first screen of a new page waits where another page had a screen before it', () => {
  expect(mustSettle(null, 3)).toBe(true);
});
