import type { OutboxStore } from '../outbox/outbox.ts';
import type { WaitingRow } from '../outbox/rows.ts';
import type { LineState } from './line-state.ts';
import type { Pace } from './pace.ts';
import type { Requests } from './requests.ts';
import type { Sender, SendRequest } from './sender.ts';
import type { Suspects } from './suspects.ts';
import { SILENT_RETRY_MS } from './verdicts.ts';

/** While the platform does not answer well, acts of persons try it at most this often. */
const GAP_MS = 2000;

/**
 * Sends the row that a person has just committed: at once, alone, past older rows and past the back-off. Where that fails the row waits
 * with the others.
 */
export interface Urgent {
  /**
   * @param probe a small request that shows whether anybody answers: asked first while the line counts as down, so that an act stays one that
   * can be taken back where nothing could have left
   * @returns false: it could not be tried now
   */
  send(id: string, request: SendRequest, probe: () => Promise<boolean>): Promise<boolean>;
}

export function createUrgent(options: {
  readonly outbox: Pick<OutboxStore, 'row' | 'inOrder'>;
  readonly sender: Sender;
  readonly suspects: Suspects;
  readonly pace: Pace;
  readonly line: LineState;
  readonly requests: Pick<Requests, 'worked' | 'failed'>;
  readonly monotonic: () => number;
}): Urgent {
  const { outbox, sender, suspects, pace, line, requests, monotonic } = options;
  let last = Number.NEGATIVE_INFINITY;

  const worked = (settled: boolean) => {
    requests.worked('batches');
    if (settled) pace.settled(monotonic());
  };

  /** @returns null: it cannot go by itself now */
  const free = (id: string): WaitingRow | null => {
    const row = outbox.row(id);
    if (row === null || row.alone || sender.inFlight.has(id)) return null;
    // Order within a receipt goes before a person's haste.
    if (outbox.inOrder([row]).length === 0 || sender.inFlight.isBusyWith(row.receipt) || suspects.blocks(row, [row])) return null;
    return row;
  };

  return {
    async send(id, request, probe) {
      const now = monotonic();
      if (pace.held(now)) return false;
      if ((pace.failing || line.name === 'offline') && now - last < GAP_MS) return false;
      if (free(id) === null) return false;
      last = now;
      if (line.name === 'offline' && !(await probe())) return false;
      // Looked at anew: meanwhile it may have left with a batch, and what has left once must not be called unsent after a later try.
      const row = free(id);
      if (row === null) return false;
      const sent = await sender.send([row], request);
      // The back-off and what the platform asked for hold for everything from now on; the row itself is under no suspicion.
      if (sent.kind === 'failed') requests.failed('batches', sent.error);
      if (sent.kind !== 'answered' && sent.kind !== 'parked') return true;
      suspects.passed([id]);
      worked(sent.kind === 'parked' ? sent.written : sent.settled > 0);
      if (!sent.written) pace.rest('batches', SILENT_RETRY_MS, monotonic());
      if (sent.kind === 'answered' && sent.slotMs !== null) pace.rest('batches', sent.slotMs, monotonic());
      return true;
    },
  };
}
