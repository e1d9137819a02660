import type { Clock, Delivery, Settled } from '../ports.ts';

/** How a person's row ended, and whoever waits for it. */
export interface PendingAnswer<Answer> {
  settled(how: Settled): void;
  /** `short`: gives up after the waiting time with `waiting`; `none`: waits as long as somebody stands there. */
  answer(limit: 'short' | 'none'): Promise<Answer>;
  /** Forgets what came, and who waits. */
  reset(): void;
}

export interface PendingAnswerOptions<Answer> {
  readonly clock: Clock;
  readonly delivery: Delivery;
  readonly waitForAnswerMs: number;
  /** What the person is told. */
  readonly read: (settled: Settled) => Promise<Answer>;
  readonly waiting: Answer;
}

/** How long a person waits for an answer when the line is known to be down. */
const OFFLINE_WAIT_MS = 2000;

export function createPendingAnswer<Answer>(options: PendingAnswerOptions<Answer>): PendingAnswer<Answer> {
  const { clock, delivery, waitForAnswerMs, read, waiting } = options;
  let settled: Settled | null = null;
  let onSettled: (() => void) | null = null;
  return {
    settled(how) {
      settled = how;
      onSettled?.();
    },
    answer(limit) {
      return new Promise((resolve, reject) => {
        let timer: unknown = null;
        let stopLine = () => {};
        const finish = () => {
          if (settled === null) return;
          if (timer !== null) clock.clearTimeout(timer);
          stopLine();
          onSettled = null;
          read(settled).then(resolve, reject);
        };
        onSettled = finish;
        if (limit === 'short') {
          // With the line down there is nothing to wait for: the slip comes soon, and a late answer still replaces it.
          const wait = () => Math.min(waitForAnswerMs, delivery.line === 'offline' ? OFFLINE_WAIT_MS : Infinity);
          const startTimer = () => {
            if (timer !== null) clock.clearTimeout(timer);
            timer = clock.setTimeout(() => {
              stopLine();
              resolve(waiting);
            }, wait());
          };
          stopLine = delivery.onLine(startTimer);
          startTimer();
        }
        finish();
      });
    },
    reset() {
      settled = null;
      onSettled = null;
    },
  };
}
