import type { CardSession, ReaderEvent } from '../../contract/card-host.ts';

/** What lies on the readers, as the host told. Gives the events that a host which died can no longer send. */
export interface LyingCards {
  note(event: ReaderEvent): void;
  lies(session: CardSession): boolean;
  /** The number that the next host must begin with. */
  readonly nextSession: CardSession;
  /** Everything is gone: `removed` for every card, `mute-removed`, no readers, no service. */
  forgetAll(): ReaderEvent[];
}

export function createLyingCards(): LyingCards {
  const cards = new Map<CardSession, string>();
  const mutes = new Set<string>();
  let nextSession: CardSession = 1;
  return {
    note(event) {
      if (event.type === 'inserted') {
        cards.set(event.session, event.reader);
        nextSession = Math.max(nextSession, event.session + 1);
      } else if (event.type === 'removed') cards.delete(event.session);
      else if (event.type === 'mute') mutes.add(event.reader);
      else if (event.type === 'mute-removed') mutes.delete(event.reader);
    },
    lies: (session) => cards.has(session),
    get nextSession() {
      return nextSession;
    },
    forgetAll() {
      const events: ReaderEvent[] = [
        ...[...cards].map(([session, reader]): ReaderEvent => ({ type: 'removed', session, reader })),
        ...[...mutes].map((reader): ReaderEvent => ({ type: 'mute-removed', reader })),
        { type: 'readers', names: [] },
        { type: 'service', up: false },
      ];
      cards.clear();
      mutes.clear();
      return events;
    },
  };
}
