import type { PlatformError, RandomBytes } from '../ports.ts';
import { afterSilence, LEAST_WAIT_MS } from './back-off.ts';
import { type Budget, createBudget } from './budget.ts';
import { waitAfter } from './wait-after.ts';

/** What the kiosk asks the platform for without a person. Each has a back-off of its own. */
export const PURPOSES = ['batches', 'status', 'challenges', 'catalogue'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** So many failures of one purpose in a row: an outage. */
export const OUTAGE_AT = 3;
/** So long after the last trouble requests still cost: a platform that is well every now and then is not well. */
const LINGER_MS = 20 * 60_000;
const GIVEN_BACK = 2;

interface PaceOptions {
  readonly random: RandomBytes;
  /** The longest back-off. */
  readonly capMs: number;
  /** ms that buy one more request while the platform is sick. */
  readonly sparingMs?: number | undefined;
}

interface State {
  failures: number;
  /** End of the back-off. */
  until: number;
  /** End of a wait that nothing ends before its time: a slot, a random start. */
  restUntil: number;
  paid: boolean;
}

/**
 * When the next background request may go out. Failures are counted by purpose, so that a healthy status page does not undo the
 * back-off of batches; and while anything is amiss all of them share one budget (budget.ts). Times are monotonic ms.
 */
export class Pace {
  private readonly options: PaceOptions;
  private readonly budget: Budget;
  private readonly states = new Map<Purpose, State>(
    PURPOSES.map((purpose) => [purpose, { failures: 0, until: 0, restUntil: 0, paid: false }]),
  );
  /** End of what the platform itself asked for. */
  private heldUntil = 0;
  /** The platform may say once when to come back without that coming costing anything: until rows are settled. */
  private invited = false;
  private troubleAt = Number.NEGATIVE_INFINITY;

  constructor(options: PaceOptions) {
    this.options = options;
    this.budget = createBudget(options.sparingMs);
  }

  /** ms until a request of this purpose may go out; 0: now. */
  wait(purpose: Purpose, now: number): number {
    const { until, restUntil } = this.of(purpose);
    const end = Math.max(until, restUntil, this.heldUntil);
    return Math.max(0, end - now, this.strained(now) ? this.budget.wait(now) : 0);
  }

  /** A request goes out. Every one of these is followed by `worked` or one of the failures. */
  began(purpose: Purpose, now: number): void {
    const state = this.of(purpose);
    state.paid = this.strained(now);
    if (state.paid) this.budget.spend(now);
  }

  worked(purpose: Purpose): void {
    const state = this.of(purpose);
    state.failures = 0;
    state.until = 0;
  }

  /** @param silenceMs how long nothing had been heard of it @returns ms until the next may go out */
  failed(purpose: Purpose, error: PlatformError, now: number, silenceMs = 0): number {
    const state = this.of(purpose);
    this.charge(state, now);
    if (error.kind === 'busy' && error.retryAfterMs !== null && !this.invited) {
      this.invited = true;
      this.budget.give(1, now);
    }
    // Over a line that is down a batch is one more try, no first one.
    const before = error.kind === 'line' && purpose === 'batches' ? this.failures('status') : 0;
    state.failures = Math.max(state.failures, before) + 1;
    const { random, capMs } = this.options;
    const after = waitAfter(error, state.failures, this.options);
    if (after.holdsAll) this.heldUntil = now + after.ms;
    const ms = Math.max(after.ms, error.kind === 'line' ? afterSilence(silenceMs, capMs, random) : 0);
    state.until = now + ms;
    return ms;
  }

  /** A request failed that holds a row known to be at fault: it costs, and says nothing about the platform. */
  failedByRow(purpose: Purpose, now: number): void {
    const state = this.of(purpose);
    this.charge(state, now);
    state.until = now + LEAST_WAIT_MS;
  }

  /** An answer came and nothing was got by it: it costs. */
  fruitless(purpose: Purpose, now: number): void {
    this.charge(this.of(purpose), now);
  }

  /** Rows were settled. */
  settled(now: number): void {
    this.invited = false;
    this.budget.give(GIVEN_BACK, now);
  }

  /** This purpose is not to ask before so many ms: a slot, a random start, a disk that cannot be written. */
  rest(purpose: Purpose, ms: number, now: number): void {
    const state = this.of(purpose);
    state.restUntil = Math.max(state.restUntil, now + ms);
  }

  /** Staff want a try now, past every wait. */
  release(now: number): void {
    this.heldUntil = 0;
    for (const state of this.states.values()) {
      state.until = 0;
      state.restUntil = 0;
    }
    if (this.budget.wait(now) > 0) this.budget.give(1, now);
  }

  /** Failures in a row. */
  failures(purpose: Purpose): number {
    return this.of(purpose).failures;
  }

  /** Failures in a row of batches or of the status page, whichever fares worse: what the person's screen calls the line. */
  get worst(): number {
    return Math.max(this.failures('batches'), this.failures('status'));
  }

  /** The platform itself asked not to be called now (Retry-After); not even a person's act goes out. */
  held(now: number): boolean {
    return now < this.heldUntil;
  }

  /** Some purpose fails. */
  get failing(): boolean {
    return [...this.states.values()].some(({ failures }) => failures > 0);
  }

  /** ms between two signs of life. @param healthyMs where all is well */
  pollMs(healthyMs: number, now: number): number {
    return this.strained(now) ? Math.max(healthyMs, this.options.capMs) : healthyMs;
  }

  private of(purpose: Purpose): State {
    const state = this.states.get(purpose);
    if (state === undefined) throw new Error(purpose);
    return state;
  }

  /** Something is amiss, or was lately: requests cost. */
  private strained(now: number): boolean {
    return this.failing || now - this.troubleAt < LINGER_MS || !this.budget.full(now);
  }

  private charge(state: State, now: number): void {
    if (!state.paid) this.budget.spend(now);
    state.paid = true;
    this.troubleAt = now;
  }
}
