import type { CardProblem } from '../../contract/card.ts';
import type { CardSessionNumber, ReaderEvent, ServiceTrouble } from '../../contract/card-host.ts';
import { createListeners } from '../../contract/listeners.ts';
import type { Result } from '../../contract/result.ts';
import type { CardReader, CardReading, Clock } from '../ports.ts';
import { noSlots, presentInUse, slotsAfter, slotsProven, strangeSlots } from './slots.ts';

/** What the reader and the cards on it have shown since the start. Nothing of a card but whether it could be read. */
export interface ReaderSeen {
  /** null: the card host has not said yet. */
  readonly service: boolean | null;
  /** Why it is not there. */
  readonly trouble: ServiceTrouble | null;
  readonly names: readonly string[];
  /** The card that lies there now, where persons put theirs. */
  readonly present: CardSessionNumber | null;
  /** Something lies there that does not answer. */
  readonly mute: boolean;
  /** Slots with something in them that is nobody's card: they block nothing. */
  readonly strange: readonly string[];
  readonly reads: number;
  /** The last reading; `problem` null: without a fault. `at`: epoch ms. */
  readonly last: { readonly at: number; readonly problem: CardProblem['code'] | null } | null;
  /** PC/SC code of the last refusal to open a card; null: the last one was opened. */
  readonly openCode: number | null;
}

export interface ReaderHealth {
  /** The reader to use in place of the one that was given. */
  readonly reader: CardReader;
  /** @param session whose card it was */
  noteRead(session: CardSessionNumber, result: Result<CardReading, CardProblem>): void;
  seen(): ReaderSeen;
  /** @returns unsubscribe. Told when `strange` may have changed. */
  onNews(listener: () => void): () => void;
}

type Readings = Pick<ReaderSeen, 'reads' | 'last' | 'openCode'>;

/** @param named the settings name the readers that are used */
export function createReaderHealth(reader: CardReader, clock: Pick<Clock, 'now'>, named: boolean): ReaderHealth {
  let service: boolean | null = null;
  let trouble: ServiceTrouble | null = null;
  let slots = noSlots(named);
  let readings: Readings = { reads: 0, last: null, openCode: null };
  const news = createListeners<[]>();
  reader.onEvent((event: ReaderEvent) => {
    slots = slotsAfter(slots, event);
    if (event.type === 'service') {
      service = event.up;
      trouble = event.up ? null : (event.why ?? 'not-running');
    }
    news.emit();
  });
  return {
    reader: {
      start: () => reader.start(),
      stop: () => reader.stop(),
      onEvent: (listener) => reader.onEvent(listener),
      async open(session) {
        const opened = await reader.open(session);
        readings = { ...readings, openCode: opened.ok ? null : (opened.error.pcsc ?? readings.openCode) };
        return opened;
      },
    },
    noteRead(session, result) {
      const problem = result.ok ? null : result.error.code;
      readings = { ...readings, reads: readings.reads + (result.ok ? 1 : 0), last: { at: clock.now(), problem } };
      slots = slotsProven(slots, session, result.ok ? null : result.error);
      news.emit();
    },
    seen: () => ({
      service,
      trouble,
      names: slots.names ?? [],
      ...presentInUse(slots),
      strange: strangeSlots(slots),
      ...readings,
    }),
    onNews: news.add,
  };
}
