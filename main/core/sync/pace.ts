import { unreachable } from '../../contract/result.ts';
import type { PlatformError, RandomBytes } from '../ports.ts';
import { afterSilence, asked, backOff, LEAST_WAIT_MS } from './back-off.ts';
import { createBudget } from './budget.ts';

/** What the kiosk asks the platform for without a person. Each has a back-off of its own. */
export const PURPOSES = ['batches', 'status', 'challenges', 'catalogue'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** So many failures of one purpose in a row: an outage. */
export const OUTAGE_AT = 3;
/** So long after the last trouble requests still cost: a platform that is well every now and then is not well. */
const LINGER_MS = 20 * 60_000;
const GIVEN_BACK = 2;

/**
 * When the next background request may go out. Failures are counted by purpose, so that a healthy status page does not undo the
 * back-off of batches; and while anything is amiss all of them share one budget (budget.ts). Times are monotonic ms.
 */
export interface Pace {
  /** ms until a request of this purpose may go out; 0: now. */
  wait(purpose: Purpose, now: number): number;
  /** A request goes out. Every one of these is followed by `worked` or one of the failures. */
  began(purpose: Purpose, now: number): void;
  worked(purpose: Purpose): void;
  /** @param silenceMs how long nothing had been heard of it @returns ms until the next may go out */
  failed(purpose: Purpose, error: PlatformError, now: number, silenceMs?: number): number;
  /** A request failed that holds a row known to be at fault: it costs, and says nothing about the platform. */
  failedByRow(purpose: Purpose, now: number): void;
  /** An answer came and nothing was got by it: it costs. */
  fruitless(purpose: Purpose, now: number): void;
  /** Rows were settled. */
  settled(now: number): void;
  /** This purpose is not to ask before so many ms: a slot, a random start, a disk that cannot be written. */
  rest(purpose: Purpose, ms: number, now: number): void;
  /** Staff want a try now, past every wait. */
  release(now: number): void;
  /** Failures in a row. */
  failures(purpose: Purpose): number;
  /** Failures in a row of batches or of the status page, whichever fares worse: what the person's screen calls the line. */
  readonly worst: number;
  /** The platform itself asked not to be called now (Retry-After); not even a person's act goes out. */
  held(now: number): boolean;
  /** Some purpose fails. */
  readonly failing: boolean;
  /** ms between two signs of life. @param healthyMs where all is well */
  pollMs(healthyMs: number, now: number): number;
}

interface State {
  failures: number;
  /** End of the back-off. */
  until: number;
  /** End of a wait that nothing ends before its time: a slot, a random start. */
  restUntil: number;
  paid: boolean;
}

interface PaceOptions {
  readonly random: RandomBytes;
  /** The longest back-off. */
  readonly capMs: number;
  /** ms that buy one more request while the platform is sick. */
  readonly sparingMs?: number | undefined;
}

export function createPace({ random, capMs, sparingMs }: PaceOptions): Pace {
  const budget = createBudget(sparingMs);
  const states = new Map<Purpose, State>(
    PURPOSES.map((purpose) => [purpose, { failures: 0, until: 0, restUntil: 0, paid: false }]),
  );
  let heldUntil = 0;
  /** The platform may say once when to come back without that coming costing anything: until rows are settled. */
  let invited = false;
  let troubleAt = Number.NEGATIVE_INFINITY;
  const of = (purpose: Purpose): State => {
    const state = states.get(purpose);
    if (state === undefined) throw new Error(purpose);
    return state;
  };
  const failing = () => [...states.values()].some(({ failures }) => failures > 0);
  const strained = (now: number) => failing() || now - troubleAt < LINGER_MS || !budget.full(now);
  const charge = (state: State, now: number) => {
    if (!state.paid) budget.spend(now);
    state.paid = true;
    troubleAt = now;
  };
  const waitAfter = (error: PlatformError, failures: number, now: number): number => {
    const own = backOff(failures, capMs, random);
    switch (error.kind) {
      case 'busy':
        if (error.retryAfterMs === null) return own;
        heldUntil = now + asked(error.retryAfterMs, random);
        return heldUntil - now;
      case 'failed':
        return error.retryAfterMs === null ? own : Math.max(own, asked(error.retryAfterMs, random));
      case 'line':
        // Whoever said it, it was not the platform: a hint, and no reason to stay away longer than we would by ourselves.
        return error.retryAfterMs === null ? own : Math.max(own, Math.min(asked(error.retryAfterMs, random), capMs));
      case 'garbage':
      case 'denied':
      case 'rejected':
        return own;
      default:
        return unreachable(error);
    }
  };
  return {
    wait(purpose, now) {
      const state = of(purpose);
      const until = Math.max(state.until, state.restUntil, heldUntil);
      return Math.max(0, until - now, strained(now) ? budget.wait(now) : 0);
    },
    began(purpose, now) {
      const state = of(purpose);
      state.paid = strained(now);
      if (state.paid) budget.spend(now);
    },
    worked(purpose) {
      const state = of(purpose);
      state.failures = 0;
      state.until = 0;
    },
    failed(purpose, error, now, silenceMs = 0) {
      const state = of(purpose);
      charge(state, now);
      if (error.kind === 'busy' && error.retryAfterMs !== null && !invited) {
        invited = true;
        budget.give(1, now);
      }
      // Over a line that is down a batch is one more try, no first one.
      const before = error.kind === 'line' && purpose === 'batches' ? of('status').failures : 0;
      state.failures = Math.max(state.failures, before) + 1;
      const ms = Math.max(
        waitAfter(error, state.failures, now),
        error.kind === 'line' ? afterSilence(silenceMs, capMs, random) : 0,
      );
      state.until = now + ms;
      return ms;
    },
    failedByRow(purpose, now) {
      const state = of(purpose);
      charge(state, now);
      state.until = now + LEAST_WAIT_MS;
    },
    fruitless: (purpose, now) => charge(of(purpose), now),
    settled(now) {
      invited = false;
      budget.give(GIVEN_BACK, now);
    },
    rest(purpose, ms, now) {
      const state = of(purpose);
      state.restUntil = Math.max(state.restUntil, now + ms);
    },
    release(now) {
      heldUntil = 0;
      for (const state of states.values()) {
        state.until = 0;
        state.restUntil = 0;
      }
      if (budget.wait(now) > 0) budget.give(1, now);
    },
    failures: (purpose) => of(purpose).failures,
    held: (now) => now < heldUntil,
    get worst() {
      return Math.max(of('batches').failures, of('status').failures);
    },
    get failing() {
      return failing();
    },
    pollMs: (healthyMs, now) => (strained(now) ? Math.max(healthyMs, capMs) : healthyMs),
  };
}
