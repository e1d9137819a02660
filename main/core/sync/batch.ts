import type { ItemResult } from '../../contract/platform.ts';
import { unreachable } from '../../contract/result.ts';
import type { RowOutcome } from '../outbox/outbox.ts';
import type { Settled } from '../ports.ts';

/** What to do with the rows of one answered batch. */
export interface BatchOutcome {
  readonly rowOutcomes: RowOutcome[];
  /** For the live session: the personal answers, never written down. */
  readonly settled: Map<string, Settled>;
  /** Ids to try again, and after how many ms. */
  readonly retry: { readonly id: string; readonly afterMs: number }[];
}

/** Sorts the platform's answer. A row that it says nothing about is tried again; a row that was not sent is passed over. */
export function readBatchReply(sent: readonly string[], answers: readonly ItemResult[], silentMs: number): BatchOutcome {
  const outcome: BatchOutcome = { rowOutcomes: [], settled: new Map(), retry: [] };
  const results = new Map<string, ItemResult>(answers.map((result) => [result.id, result]));
  for (const id of sent) {
    const result = results.get(id);
    if (result === undefined) outcome.retry.push({ id, afterMs: silentMs });
    else take(outcome, result);
  }
  return outcome;
}

function take({ rowOutcomes, settled, retry }: BatchOutcome, result: ItemResult): void {
  const { id } = result;
  switch (result.outcome) {
    case 'accepted':
    case 'duplicate': {
      const { reference, reply } = result;
      rowOutcomes.push({ id, state: 'accepted', reference });
      settled.set(id, { outcome: 'accepted', reference, ...(reply === undefined ? {} : { reply }) });
      return;
    }
    case 'refused': {
      const { reference, code, reply } = result;
      rowOutcomes.push({ id, state: 'refused', reference, code });
      settled.set(id, { outcome: 'refused', reference, code, ...(reply === undefined ? {} : { reply }) });
      return;
    }
    case 'conflict':
      rowOutcomes.push({ id, state: 'parked', code: 'conflict' });
      settled.set(id, { outcome: 'parked', reason: 'conflict' });
      return;
    case 'retry':
      retry.push({ id, afterMs: result.afterMs });
      return;
    default:
      unreachable(result);
  }
}
