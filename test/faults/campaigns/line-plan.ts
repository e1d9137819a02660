import fc from 'fast-check';
import { CODINGS, type Meddling } from '../../sandbox/line/middlebox.ts';

/** What the line does for a while, times by the kiosk's clock. */
export interface Spell {
  readonly kbits: number;
  readonly delayMs: number;
  readonly meddling: Meddling;
  /** Connections stay open and nothing moves. */
  readonly held: boolean;
  /** Running connections break at its beginning. */
  readonly dropped: boolean;
  readonly seconds: number;
  /** Acts that are committed at its beginning. */
  readonly acts: number;
}

const GATEWAY = [200, 204, 400, 401, 403, 404, 405, 407, 408, 413, 421, 425, 429, 431, 451, 500, 502, 503, 504, 511];
const status = fc.constantFrom(...GATEWAY);
const kept = <T>(value: T) => fc.constant(value);

const meddling: fc.Arbitrary<Meddling> = fc.oneof(
  { weight: 3, arbitrary: kept<Meddling>({ type: 'none' }) },
  // The worst kind: the platform's own status says that all is well.
  { weight: 4, arbitrary: fc.record({ type: kept('gateway' as const), status, only: kept('POST' as const) }) },
  fc.record({
    type: kept('gateway' as const),
    status,
    only: fc.constantFrom('GET' as const, 'POST' as const),
    retryAfter: fc.constantFrom('0', '20', '86400', 'Mon, 23 Nov 2026 01:00:00 GMT', 'soon'),
  }),
  fc.record({ type: kept('gateway' as const), status }),
  fc.record({ type: kept('portal' as const), how: fc.constantFrom('page' as const, 'redirect' as const) }),
  fc.record({ type: kept('compress' as const), coding: fc.constantFrom(...CODINGS) }),
  fc.record({ type: kept('change-status' as const), status }),
  kept<Meddling>({ type: 'change-body' }),
  kept<Meddling>({ type: 'replay' }),
  kept<Meddling>({ type: 'strip-headers' }),
  kept<Meddling>({ type: 'cut-answer' }),
);

const spell: fc.Arbitrary<Spell> = fc.record({
  kbits: fc.constantFrom(16, 32, 64, 128, 512, 4000),
  delayMs: fc.constantFrom(0, 20, 300),
  meddling,
  held: fc.nat(9).map((n) => n === 0),
  dropped: fc.nat(3).map((n) => n === 0),
  seconds: fc.integer({ min: 2, max: 40 }),
  acts: fc.nat(3),
});

/** The same seed, the same weather. */
export function plansOf(seed: number, rounds: number): Spell[][] {
  return fc.sample(fc.array(spell, { minLength: 1, maxLength: 5 }), { seed, numRuns: rounds });
}
