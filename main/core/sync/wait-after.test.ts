import { describe, expect, it } from 'vitest';
import type { PlatformError } from '../ports.ts';
import { waitAfter } from './wait-after.ts';

/** The longest wait that chance may draw: 2^failures seconds, and a tenth more than what was asked for. */
const options = { random: (length: number) => new Uint8Array(length).fill(0xff), capMs: 300_000 };
const waited = (error: PlatformError, failures = 3) => {
  const { ms, holdsAll } = waitAfter(error, failures, options);
  return [Math.round(ms / 100) / 10, holdsAll];
};

describe('the wait after a failure', () => {
  it('is the kiosk’s own where nobody asked for another', () => {
    expect(waited({ kind: 'busy', status: 503, retryAfterMs: null })).toEqual([8, false]);
    expect(waited({ kind: 'garbage' })).toEqual([8, false]);
  });
  it('is what a busy platform asks for, longer or shorter than our own, and holds for everything', () => {
    expect(waited({ kind: 'busy', status: 503, retryAfterMs: 60_000 })).toEqual([66, true]);
    expect(waited({ kind: 'busy', status: 503, retryAfterMs: 2000 })).toEqual([2.2, true]);
  });
  it('is never shorter than our own where a failing platform asks for one', () => {
    expect(waited({ kind: 'failed', status: 500, retryAfterMs: 2000 })).toEqual([8, false]);
    expect(waited({ kind: 'failed', status: 500, retryAfterMs: 60_000 })).toEqual([66, false]);
  });
  it('of something on the line is a hint within the cap', () => {
    expect(waited({ kind: 'line', cause: 'unmarked', status: 503, retryAfterMs: 1e9 })).toEqual([300, false]);
  });
});
