import { createHmac } from 'node:crypto';
import type { RandomBytes } from '../ports.ts';

/** Cards remembered; the oldest goes first. A counter sees some hundred people on a day. */
const MOST_CARDS = 500;

/**
 * Which receipts a card has got here since the kiosk started, for "pending here" on the status screen. Kept as keyed hashes of the
 * certificate under a key of this process, in memory only: on disk nothing may tell whose a row is (invariant 6).
 */
export interface ReceiptsOfCard {
  /** @param certificate DER of the user-authentication certificate */
  note(certificate: Uint8Array, receipt: string): void;
  /** Oldest first. */
  of(certificate: Uint8Array): readonly string[];
}

export function createReceiptsOfCard(random: RandomBytes, most: number = MOST_CARDS): ReceiptsOfCard {
  const key = random(32);
  const kept = new Map<string, readonly string[]>();
  const hash = (certificate: Uint8Array) => createHmac('sha256', key).update(certificate).digest('base64');
  return {
    note(certificate, receipt) {
      const card = hash(certificate);
      const receipts = [...(kept.get(card) ?? []), receipt];
      // Put in again: the card that came last is the last to be forgotten.
      kept.delete(card);
      kept.set(card, receipts);
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
    },
    of: (certificate) => kept.get(hash(certificate)) ?? [],
  };
}
