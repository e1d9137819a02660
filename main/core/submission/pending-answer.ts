import type { Clock, Delivery, Settled } from '../ports.ts';

/** How a person's row ends, and whoever waits for it. */
export interface PendingAnswer<Answer> {
  /** From now on news of this row counts, and of no other. */
  expect(id: string): void;
  /** @param id of which row; of another than the expected one nothing is heard */
  settle(id: string, how: Settled): void;
  /** `short`: gives up after the waiting time with `waiting`; `none`: waits as long as somebody stands there. */
  answer(limit: 'short' | 'none'): Promise<Answer>;
  /** Forgets what came, what is expected, and who waits. */
  reset(): void;
  /** The same, for good. */
  stop(): void;
}

export interface PendingAnswerDeps<Answer> {
  readonly clock: Clock;
  readonly delivery: Pick<Delivery, 'line' | 'onLine' | 'onSettled'>;
  readonly waitForAnswerMs: number;
  /** What the person is told. */
  readonly read: (settled: Settled) => Promise<Answer>;
  readonly waiting: Answer;
}

/** How long a person waits for an answer when the line is known to be down. */
const OFFLINE_WAIT_MS = 2000;

export function createPendingAnswer<Answer>(deps: PendingAnswerDeps<Answer>): PendingAnswer<Answer> {
  const { clock, delivery, waitForAnswerMs, read, waiting } = deps;
  let expected: string | null = null;
  let settled: Settled | null = null;
  let onSettled: (() => void) | null = null;
  const settle = (id: string, how: Settled) => {
    if (id !== expected) return;
    settled = how;
    onSettled?.();
  };
  const reset = () => {
    expected = null;
    settled = null;
    onSettled = null;
  };
  const stopListening = delivery.onSettled(settle);
  return {
    expect(id) {
      expected = id;
    },
    settle,
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
    reset,
    stop() {
      stopListening();
      reset();
    },
  };
}
