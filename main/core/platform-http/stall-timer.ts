import type { Clock } from '../ports.ts';

export type TimerClock = Pick<Clock, 'monotonic' | 'setTimeout' | 'clearTimeout'>;

export interface Allowance {
  /** Silence that is allowed on a line that carries everything at once, ms. */
  readonly timeoutMs: number;
  /** The same between the last byte of the request and the first of its answer; default `timeoutMs`. */
  readonly answerMs?: number;
  /** What the line carries at least, bytes a second. */
  readonly sendRate: number;
}

/** An answer that comes more slowly than this is no answer: a peer that drips holds a connection for ever. Bytes a second. */
const LEAST_ANSWER_RATE = 250;

/**
 * Notices that nothing moves any more. Every sign of life starts the wait anew. While the request goes out, and until its answer begins,
 * the wait also allows for all that was handed to the socket: what the kernel and routers still hold nobody can see, and on a slow line
 * it leaves long after the last write. Fires once.
 */
export class StallTimer {
  readonly #clock: TimerClock;
  readonly #allowance: Allowance;
  readonly #fire: () => void;
  #timer: unknown = null;
  #handedOver = 0;
  #answerFrom: number | null = null;
  #answered = 0;

  constructor(clock: TimerClock, allowance: Allowance, fire: () => void) {
    this.#clock = clock;
    this.#allowance = allowance;
    this.#fire = fire;
  }

  /** The socket took so many bytes more. @param whole they are the last of the request */
  sent(bytes: number, whole: boolean): void {
    this.#handedOver += bytes;
    const { timeoutMs, answerMs = timeoutMs, sendRate } = this.#allowance;
    this.#restart((whole ? answerMs : timeoutMs) + (this.#handedOver * 1000) / sendRate);
  }

  /** So many bytes of the answer came; 0: its head. */
  received(bytes: number): void {
    const now = this.#clock.monotonic();
    this.#answerFrom ??= now;
    this.#answered += bytes;
    const end = this.#answerFrom + this.#allowance.timeoutMs + (this.#answered * 1000) / LEAST_ANSWER_RATE;
    this.#restart(Math.max(0, Math.min(this.#allowance.timeoutMs, end - now)));
  }

  stop(): void {
    if (this.#timer !== null) this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  #restart(ms: number): void {
    this.stop();
    this.#timer = this.#clock.setTimeout(() => {
      this.#timer = null;
      this.#fire();
    }, ms);
  }
}
