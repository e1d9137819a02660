import { createListeners } from '../../contract/listeners.ts';
import type { Log } from '../../contract/log-events.ts';
import type { ItemResult } from '../../contract/platform.ts';
import type { OutboxStore } from '../outbox/outbox.ts';
import type { WaitingRow } from '../outbox/rows.ts';
import type { Clock, RandomBytes, Settled } from '../ports.ts';
import { backOff, LEAST_WAIT_MS } from './back-off.ts';
import { readBatchReply } from './batch.ts';

/** A row the platform's answer left out, and what could not be written down, is tried again so much later. */
export const SILENT_RETRY_MS = 5000;
/** The longest that a row waits which the platform itself puts off. */
const MOST_RETRY_MS = 15 * 60_000;
/** Rows of one answer go on together: their waits are rounded up to this, so that they cost few commits. */
const RETRY_STEP_MS = 1000;

/** Writes down what the platform said of rows, and tells whoever waits for it. */
export interface Verdicts {
  /**
   * @param rows that the answer is about @returns ids that are settled by it; `written`: false when not all of it could be written down
   */
  take(rows: readonly Pick<WaitingRow, 'id' | 'attempts'>[], results: readonly ItemResult[]): Taken;
  /** The platform will not have this row as it is: staff decide what becomes of it. @returns false when it could not be written down */
  park(id: string, code: string): boolean;
  /** @returns unsubscribe */
  on(listener: (id: string, settled: Settled) => void): () => void;
}

export interface Taken {
  readonly done: readonly string[];
  readonly written: boolean;
  /** The disk did not take it, or not all of it: it can be taken again. */
  readonly refused: boolean;
}

export function createVerdicts(options: {
  readonly outbox: Pick<OutboxStore, 'settle' | 'postpone'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly random: RandomBytes;
  readonly log: Log;
}): Verdicts {
  const { outbox, clock, random, log } = options;
  const told = createListeners<[id: string, settled: Settled]>();

  const tell = (settled: ReadonlyMap<string, Settled>, done: readonly string[]) => {
    for (const id of done) {
      const what = settled.get(id);
      if (what === undefined) continue;
      if (what.outcome === 'parked') log('outbox.parked', { row: id, reason: what.reason });
      else log('outbox.settled', { row: id, outcome: what.outcome });
      told.emit(id, what);
    }
  };

  /** The row's own wait grows with its tries; a provider that is away for days costs a request now and then, and never the row. */
  const postpone = (rows: readonly Pick<WaitingRow, 'id' | 'attempts'>[], retry: readonly { id: string; afterMs: number }[]) => {
    const attempts = new Map(rows.map((row) => [row.id, row.attempts]));
    const waits = new Map<number, string[]>();
    const own = new Map<number, number>();
    for (const { id, afterMs } of retry) {
      const tries = (attempts.get(id) ?? 0) + 1;
      const grown = own.get(tries) ?? backOff(tries, MOST_RETRY_MS, random);
      own.set(tries, grown);
      const ms = Math.ceil(Math.max(LEAST_WAIT_MS, afterMs, grown) / RETRY_STEP_MS) * RETRY_STEP_MS;
      waits.set(ms, [...(waits.get(ms) ?? []), id]);
    }
    let written = true;
    for (const [ms, ids] of waits) written = outbox.postpone(ids, clock.now() + ms, true) && written;
    return written;
  };

  return {
    take(rows, results) {
      const outcome = readBatchReply(
        rows.map(({ id }) => id),
        results,
        SILENT_RETRY_MS,
      );
      const settled = outbox.settle(outcome.rowOutcomes);
      const done = settled ?? [];
      tell(outcome.settled, done);
      const put = postpone(rows, outcome.retry);
      return { done, written: put && done.length === outcome.rowOutcomes.length, refused: settled === null || !put };
    },
    park(id, code) {
      const done = outbox.settle([{ id, state: 'parked', code }]) ?? [];
      tell(new Map([[id, { outcome: 'parked', reason: code }]]), done);
      return done.length === 1;
    },
    on: told.add,
  };
}
