import type { CardHostError, CardSessionNumber, Disposition, ReaderEvent } from '../../../main/contract/card-host.ts';
import type { Result } from '../../../main/contract/result.ts';
import { err, ok } from '../../../main/contract/result.ts';
import type { SlotCard } from './slot-card.ts';

/**
 * The card host's rules without PC/SC: numbers of card sessions, one exclusive connection a card, power. Shared by the `virtual` host and
 * the in-memory reader, and held to the same contract suite as the host on pcscd.
 */
export interface VirtualDriver {
  /** A card comes to lie on the reader. @returns its session, or null for one that does not answer to reset */
  put(reader: string, card: SlotCard, found?: boolean): CardSessionNumber | null;
  take(reader: string): void;
  open(session: CardSessionNumber): Promise<Result<null, CardHostError>>;
  transmit(session: CardSessionNumber, apdu: Uint8Array): Promise<Result<{ response: Uint8Array }, CardHostError>>;
  close(session: CardSessionNumber, disposition: Disposition): Promise<void>;
  closeAll(disposition: Disposition): Promise<void>;
  abandon(): number | null;
}

interface PresentCard {
  readonly session: CardSessionNumber | null;
  readonly card: SlotCard;
  open: boolean;
  powered: boolean;
}

/** @param firstSession the number that the first card gets @param tell called at once, in order */
export function createVirtualDriver(firstSession: number, tell: (event: ReaderEvent) => void): VirtualDriver {
  const readers = new Map<string, PresentCard>();
  let next = firstSession;
  const find = (session: CardSessionNumber): PresentCard | null =>
    [...readers.values()].find((present) => present.session === session) ?? null;
  const leave = (present: PresentCard, disposition: Disposition) => {
    present.open = false;
    if (disposition === 'leave') return;
    present.card.power(disposition === 'unpower' ? 'off' : 'reset');
    if (disposition === 'unpower') present.powered = false;
  };
  return {
    put(reader, card, found = false) {
      const session = card.answersToReset ? next++ : null;
      readers.set(reader, { session, card, open: false, powered: true });
      card.power('on');
      tell(session === null ? { type: 'mute', reader, found } : { type: 'inserted', session, reader, found });
      return session;
    },
    take(reader) {
      const present = readers.get(reader);
      if (present === undefined) return;
      readers.delete(reader);
      tell(present.session === null ? { type: 'mute-removed', reader } : { type: 'removed', session: present.session, reader });
    },
    async open(session) {
      const present = find(session);
      if (present === null) return err({ code: 'wrong-session' });
      if (!present.powered) present.card.power('on');
      present.powered = true;
      present.open = true;
      return ok(null);
    },
    async transmit(session, apdu) {
      const present = find(session);
      const copy = Uint8Array.from(apdu);
      apdu.fill(0);
      if (present === null) return err({ code: 'wrong-session' });
      if (!present.open) return err({ code: 'not-open' });
      const response = await present.card.transmit(copy);
      copy.fill(0);
      return response === null || response.length < 2 ? err({ code: 'removed' }) : ok({ response });
    },
    async close(session, disposition) {
      const present = find(session);
      if (present?.open === true) leave(present, disposition);
    },
    async closeAll(disposition) {
      for (const present of readers.values()) if (present.open) leave(present, disposition);
    },
    abandon() {
      for (const present of readers.values()) if (present.open) leave(present, 'unpower');
      return null;
    },
  };
}
