import { MOST_PENDING_HERE, type PendingHere, type ScreenOf } from '../../../contract/screens.ts';
import { readReceiptCode } from '../../catalogue/scanned.ts';
import type { RowState } from '../../outbox/rows.ts';
import type { Delivery, Outbox } from '../../ports.ts';

/** What somebody with a slip is shown of it. */
export type ReceiptRow = Omit<ScreenOf<'receipt-state'>, 'name'>;

/** The queue, as somebody with a slip may ask it: nothing of it is personal (invariant 6). */
export interface ReceiptLookup {
  /** A receipt number in whatever a scanner read; null: none. */
  readonly read: (text: string) => string | null;
  /** `null`: not a receipt of this kiosk. */
  readonly look: (receipt: string) => ReceiptRow | null;
  /** @returns whether it was taken back before the sender had it */
  readonly cancel: (receipt: string) => boolean;
}

const SHOWN: Record<RowState, ReceiptRow['state']> = {
  pending: 'waiting',
  sending: 'sent',
  accepted: 'accepted',
  refused: 'refused',
  parked: 'parked',
  cancelled: 'cancelled',
  lost: 'lost',
};

/**
 * What of these receipts is not done: the newest few. One that was refused or lost stands there until the card brings another one of its
 * kind.
 * @param receipts oldest first
 */
export function pendingOf(receipts: readonly string[], receiptLookup: ReceiptLookup): PendingHere {
  const rows = receipts.map((receipt) => receiptLookup.look(receipt)).filter((row) => row !== null);
  const broughtAgain = (kind: ReceiptRow['kind'], after: number) =>
    rows.some((later, at) => at > after && later.kind === kind && later.state !== 'cancelled');
  return rows
    .flatMap(({ state, kind, ...row }, at) => {
      // No card has an application of its own.
      if (kind === 'card-application' || state === 'accepted' || state === 'cancelled') return [];
      return (state === 'refused' || state === 'lost') && broughtAgain(kind, at) ? [] : [{ ...row, kind, state }];
    })
    .slice(-MOST_PENDING_HERE);
}

export function createReceiptLookup(outbox: Outbox, delivery: Pick<Delivery, 'nudge'>): ReceiptLookup {
  return {
    read: readReceiptCode,
    look(receipt) {
      const row = outbox.look(receipt);
      if (row === null || row.kind === 'status') return null;
      const { kind, state, created_at, code } = row;
      // Of a lost row there may be nothing left but its receipt.
      const at = state === 'lost' && created_at === 0 ? null : new Date(created_at).toISOString();
      return { receipt, kind, at, state: SHOWN[state], code };
    },
    cancel(receipt) {
      const cancelled = outbox.cancel(receipt);
      delivery.nudge();
      return cancelled.ok && cancelled.value;
    },
  };
}
