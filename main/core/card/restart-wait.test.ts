import { expect, it } from 'vitest';
import { RestartWait } from './restart-wait.ts';

it('doubles up to ten seconds, and begins anew after a while that went well', () => {
  const wait = new RestartWait();
  expect([1, 2, 3, 4, 5, 6, 7, 8].map(() => wait.next(0))).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
  expect([wait.next(5001), wait.next(5000)]).toEqual([200, 400]);
  wait.reset();
  expect(wait.next(0)).toBe(200);
});
