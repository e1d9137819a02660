import type { CardProblem } from '../../../contract/card.ts';
import type { CardSession, ReaderEvent } from '../../../contract/card-host.ts';
import type { Result } from '../../../contract/result.ts';
import type { CardReader, CardReading, Clock } from '../../ports.ts';

/** What the reader and the cards on it have shown since the start. Nothing of a card but whether it could be read. */
export interface ReaderSeen {
  /** null: the card host has not said yet. */
  readonly service: boolean | null;
  readonly names: readonly string[];
  /** The card that lies there now. */
  readonly lying: CardSession | null;
  /** Something lies there that does not answer. */
  readonly mute: boolean;
  readonly reads: number;
  /** The last reading; `problem` null: without a fault. `at`: epoch ms. */
  readonly last: { readonly at: number; readonly problem: CardProblem['code'] | null } | null;
  /** PC/SC code of the last refusal to open a card; null: the last one was opened. */
  readonly openCode: number | null;
}

export interface ReaderWatch {
  /** The reader to use in place of the one that was given. */
  readonly reader: CardReader;
  noteRead(result: Result<CardReading, CardProblem>): void;
  seen(): ReaderSeen;
}

export function createReaderWatch(reader: CardReader, clock: Pick<Clock, 'now'>): ReaderWatch {
  let seen: ReaderSeen = { service: null, names: [], lying: null, mute: false, reads: 0, last: null, openCode: null };
  const note = (event: ReaderEvent) => {
    switch (event.type) {
      case 'service':
        seen = { ...seen, service: event.up };
        return;
      case 'readers':
        seen = { ...seen, names: event.names };
        return;
      case 'inserted':
        seen = { ...seen, lying: event.session };
        return;
      case 'removed':
        if (seen.lying === event.session) seen = { ...seen, lying: null };
        return;
      case 'mute':
      case 'mute-removed':
        seen = { ...seen, mute: event.type === 'mute' };
        return;
    }
  };
  reader.onEvent(note);
  return {
    reader: {
      start: () => reader.start(),
      stop: () => reader.stop(),
      onEvent: (listener) => reader.onEvent(listener),
      async open(session) {
        const opened = await reader.open(session);
        seen = { ...seen, openCode: opened.ok ? null : (opened.error.pcsc ?? seen.openCode) };
        return opened;
      },
    },
    noteRead(result) {
      const problem = result.ok ? null : result.error.code;
      seen = { ...seen, reads: seen.reads + (result.ok ? 1 : 0), last: { at: clock.now(), problem } };
    },
    seen: () => seen,
  };
}
