import { describe, expect, it } from 'vitest';
import type { PlatformError } from '../ports.ts';
import { backOff } from './back-off.ts';
import { createBudget } from './budget.ts';
import { Pace } from './pace.ts';

const random = (length: number) => new Uint8Array(length).fill(0xff);
const busy: PlatformError = { kind: 'busy', status: 503, retryAfterMs: null };
const MINUTE = 60_000;

describe('budget', () => {
  it('holds six, and gets one more every two and a half minutes', () => {
    const budget = createBudget();
    for (let n = 0; n < 6; n++) {
      expect(budget.wait(0)).toBe(0);
      budget.spend(0);
    }
    expect(budget.wait(0)).toBe(2.5 * MINUTE);
    expect(budget.wait(2 * MINUTE)).toBe(MINUTE / 2);
    budget.give(1, 2 * MINUTE);
    expect(budget.wait(2 * MINUTE)).toBe(0);
    expect(budget.full(2 * MINUTE)).toBe(false);
    expect(budget.full(15 * MINUTE)).toBe(true);
  });

  it('gets one more in the time that the settings say', () => {
    const budget = createBudget(5000);
    for (let n = 0; n < 6; n++) budget.spend(0);
    expect(budget.wait(0)).toBe(5000);
    expect(budget.wait(5000)).toBe(0);
  });
});

it('back-off doubles up to the cap; of a long wait only the last minute is left to chance', () => {
  const shortest = (length: number) => new Uint8Array(length);
  const range = (failures: number) => [shortest, random].map((by) => Math.round(backOff(failures, 180_000, by) / 1000));
  expect([1, 2, 3, 6, 7, 8, 30].map(range)).toEqual([
    [1, 2],
    [1, 4],
    [1, 8],
    [4, 64],
    [68, 128],
    [120, 180],
    [120, 180],
  ]);
});

describe('pace', () => {
  it('counts failures by purpose: what works for one does not end another’s back-off', () => {
    const pace = new Pace({ random, capMs: 300_000 });
    for (let n = 0; n < 3; n++) {
      pace.began('batches', 0);
      pace.failed('batches', busy, 0);
    }
    pace.began('status', 0);
    pace.worked('status');
    expect(pace.failures('batches')).toBe(3);
    expect(pace.wait('batches', 0)).toBe(8000);
    expect(pace.wait('status', 0)).toBe(0);
    expect(pace.failing).toBe(true);
    pace.worked('batches');
    expect(pace.wait('batches', 0)).toBe(0);
    expect(pace.failing).toBe(false);
  });
  it('Retry-After of the platform’s own holds every purpose; of anybody else it is a hint within the cap', () => {
    const pace = new Pace({ random, capMs: 300_000 });
    pace.failed('status', { kind: 'line', cause: 'unmarked', status: 503, retryAfterMs: 1e9 }, 0);
    expect(pace.held(0)).toBe(false);
    expect(pace.wait('status', 0)).toBe(300_000);
    expect(pace.wait('batches', 0)).toBe(0);
    pace.failed('status', { kind: 'busy', status: 429, retryAfterMs: 60_000 }, 0);
    expect(pace.held(59_999)).toBe(true);
    expect(pace.wait('challenges', 0)).toBeGreaterThanOrEqual(60_000);
    expect(pace.wait('challenges', 0)).toBeLessThanOrEqual(66_000);
  });
  it('a slot is not undone by what works meanwhile; staff can end every wait', () => {
    const pace = new Pace({ random, capMs: 300_000 });
    pace.rest('batches', 40_000, 0);
    pace.worked('batches');
    expect(pace.wait('batches', 0)).toBe(40_000);
    pace.release(0);
    expect(pace.wait('batches', 0)).toBe(0);
  });
  it('costs nothing while all is well; after trouble everything costs for a while, and settled rows give back', () => {
    const pace = new Pace({ random, capMs: 1000 });
    for (let n = 0; n < 100; n++) {
      expect(pace.wait('status', 0)).toBe(0);
      pace.began('status', 0);
      pace.worked('status');
    }
    pace.began('batches', 0);
    pace.fruitless('batches', 0);
    for (let n = 0; n < 5; n++) pace.began('status', 0);
    expect(pace.wait('status', 0)).toBe(2.5 * MINUTE);
    expect(pace.pollMs(500, 0)).toBe(1000);
    pace.settled(0);
    expect(pace.wait('status', 0)).toBe(0);
    expect(pace.pollMs(500, 60 * MINUTE)).toBe(500);
  });
  it('the platform may say once when to come back without that costing anything, and again when rows were settled', () => {
    const later: PlatformError = { kind: 'busy', status: 503, retryAfterMs: 1000 };
    const pace = new Pace({ random, capMs: 180_000 });
    /** Requests that were refused until the budget held the next one back. */
    const refused = (from: number) => {
      for (let n = 1; ; n++) {
        pace.began('batches', from);
        pace.failed('batches', later, from);
        if (pace.wait('batches', from) > 2000) return n;
      }
    };
    expect(refused(0)).toBe(7);
    expect(refused(150_000)).toBe(1);
    pace.settled(300_000);
    expect(refused(300_000)).toBe(4);
  });
  it('who let us wait for long in vain is left alone for as long, up to three times that, within the cap', () => {
    const cut: PlatformError = { kind: 'line', cause: 'unmarked', status: 504, retryAfterMs: null };
    const pace = new Pace({ random, capMs: 180_000 });
    expect(pace.failed('batches', cut, 29_000, 29_000)).toBe(2000);
    pace.worked('batches');
    expect(Math.round(pace.failed('batches', cut, 140_000, 40_000) / 1000)).toBe(120);
    pace.worked('batches');
    expect(pace.failed('batches', cut, 600_000, 300_000)).toBe(180_000);
    pace.worked('batches');
    // A person's own act has no part in it, nor has a platform that does answer.
    expect(pace.failed('batches', cut, 700_000)).toBe(2000);
    expect(pace.failed('batches', busy, 760_000, 60_000)).toBe(4000);
  });
  it('over a line that is down a batch is one more try, no first one', () => {
    const pace = new Pace({ random, capMs: 180_000 });
    const down: PlatformError = { kind: 'line', cause: 'unreachable', status: null, retryAfterMs: null };
    for (let n = 0; n < 5; n++) pace.failed('status', down, 0);
    expect(pace.failed('batches', down, 0)).toBe(64_000);
    expect(pace.failed('challenges', down, 0)).toBe(2000);
  });
  it('a failing row that is known as such costs, and is no failure of the platform', () => {
    const pace = new Pace({ random, capMs: 300_000 });
    pace.began('batches', 0);
    pace.failedByRow('batches', 0);
    expect(pace.failing).toBe(false);
    expect(pace.wait('batches', 0)).toBe(1000);
  });
});
