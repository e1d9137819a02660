import type { CardHostErrorCode, CardSessionNumber, ReaderEvent } from '../../contract/card-host.ts';

/** What lies on the readers, as the host told. Gives the events that a host which died can no longer send. */
export interface PresentCards {
  note(event: ReaderEvent): void;
  /** It lies on a reader. */
  has(session: CardSessionNumber): boolean;
  /** On which reader. */
  readerOf(session: CardSessionNumber): string | null;
  /** Why a card that lay on this reader lies there no longer. */
  whyGone(reader: string | null): Extract<CardHostErrorCode, 'removed' | 'reader-gone' | 'service-down'>;
  /** The number that the next host must begin with. */
  readonly nextSession: CardSessionNumber;
  /** The host is gone and everything with it, the cause first: no service, no readers, `removed` for every card, `mute-removed`. */
  forgetAll(): ReaderEvent[];
}

export function createPresentCards(): PresentCards {
  const cards = new Map<CardSessionNumber, string>();
  const mutes = new Set<string>();
  let up = false;
  let readers: readonly string[] = [];
  let nextSession: CardSessionNumber = 1;
  return {
    note(event) {
      if (event.type === 'inserted') {
        cards.set(event.session, event.reader);
        nextSession = Math.max(nextSession, event.session + 1);
      } else if (event.type === 'removed') cards.delete(event.session);
      else if (event.type === 'mute') mutes.add(event.reader);
      else if (event.type === 'mute-removed') mutes.delete(event.reader);
      else if (event.type === 'readers') readers = event.names;
      else up = event.up;
    },
    has: (session) => cards.has(session),
    readerOf: (session) => cards.get(session) ?? null,
    whyGone(reader) {
      if (!up) return 'service-down';
      return reader !== null && !readers.includes(reader) ? 'reader-gone' : 'removed';
    },
    get nextSession() {
      return nextSession;
    },
    forgetAll() {
      const events: ReaderEvent[] = [
        { type: 'service', up: false, why: 'host-gone' },
        { type: 'readers', names: [] },
        ...[...cards].map(([session, reader]): ReaderEvent => ({ type: 'removed', session, reader })),
        ...[...mutes].map((reader): ReaderEvent => ({ type: 'mute-removed', reader })),
      ];
      cards.clear();
      mutes.clear();
      return events;
    },
  };
}
