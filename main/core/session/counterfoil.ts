import { MOST_PENDING_HERE, type PendingHere } from '../../contract/screens.ts';
import { readReceiptCode } from '../catalogue/scanned.ts';
import type { Counterfoil, PendingRow } from '../journeys/pending.ts';
import type { RowState } from '../outbox/rows.ts';
import type { Delivery, Outbox } from '../ports.ts';

const SHOWN: Record<RowState, PendingRow['state']> = {
  pending: 'waiting',
  sending: 'sent',
  accepted: 'accepted',
  refused: 'refused',
  parked: 'parked',
  cancelled: 'cancelled',
};

/** What of these receipts is not settled yet: the newest few. */
export function pendingOf(receipts: readonly string[], counterfoil: Counterfoil): PendingHere {
  const rows = receipts.map((receipt) => counterfoil.look(receipt)).filter((row) => row !== null);
  return rows
    .flatMap(({ state, kind, ...row }) =>
      // No card has an application of its own.
      kind !== 'card-application' && (state === 'waiting' || state === 'sent' || state === 'parked')
        ? [{ ...row, kind, state }]
        : [],
    )
    .slice(-MOST_PENDING_HERE);
}

/** The queue as somebody with a slip may ask it: nothing of it is personal (invariant 6). */
export function createCounterfoil(outbox: Outbox, delivery: Pick<Delivery, 'nudge'>): Counterfoil {
  return {
    read: readReceiptCode,
    look(receipt) {
      const row = outbox.look(receipt);
      if (row === null || row.kind === 'status') return null;
      return { receipt, kind: row.kind, at: new Date(row.created_at).toISOString(), state: SHOWN[row.state] };
    },
    cancel(receipt) {
      const cancelled = outbox.cancel(receipt);
      delivery.nudge();
      return cancelled.ok && cancelled.value;
    },
  };
}
