import type { CardHostErrorCode, CardSessionNumber, ReaderEvent } from '../../../main/contract/card-host.ts';
import { err, ok } from '../../../main/contract/result.ts';
import type { CardReader } from '../../../main/core/ports.ts';
import type { VirtualCard } from '../virtual-card/card.ts';
import { createVirtualDriver } from './driver.ts';
import { localCard } from './slot-card.ts';

/** A reader and its cards in one process, no socket and no child: for tests with thousands of runs. */
export interface InMemoryReader {
  readonly reader: CardReader;
  /** Lays a card on, after taking off what lay there. @returns its session, null for one that does not answer */
  insert(card: VirtualCard): CardSessionNumber | null;
  remove(): void;
  /** The PC/SC service goes, or comes back. Cards that lie there are reported again, under new numbers. */
  setService(up: boolean): void;
  /** The reader is unplugged, or plugged in again. */
  setPlugged(plugged: boolean): void;
  /** The next command, or the next connect, fails like this instead of reaching the card. */
  failNext(code: CardHostErrorCode): void;
  readonly card: VirtualCard | null;
}

const NAME = 'In-memory reader';

export function createInMemoryReader(): InMemoryReader {
  const listeners = new Set<(event: ReaderEvent) => void>();
  const emit = (event: ReaderEvent) => {
    for (const listener of [...listeners]) listener(event);
  };
  const driver = createVirtualDriver(1, emit);
  let started = false;
  let service = true;
  let plugged = true;
  let present: { card: VirtualCard; slot: ReturnType<typeof localCard> } | null = null;
  let failing: CardHostErrorCode | null = null;

  const works = () => started && service && plugged;
  const show = (found: boolean): CardSessionNumber | null => {
    if (present === null || !works()) return null;
    const { card } = present;
    const slot = localCard(card, () => {
      if (present?.slot === slot) remove();
    });
    present = { card, slot };
    return driver.put(NAME, slot, found);
  };
  const hide = () => {
    present?.slot.takeOff();
    driver.take(NAME);
  };
  const remove = () => {
    if (present === null) return;
    hide();
    present = null;
  };
  const failure = () => {
    const code = failing;
    failing = null;
    return code;
  };

  const reader: CardReader = {
    start() {
      if (started) return;
      started = true;
      emit({ type: 'service', up: service });
      emit({ type: 'readers', names: service && plugged ? [NAME] : [] });
      show(true);
    },
    async stop() {
      if (!started) return;
      hide();
      started = false;
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async open(session) {
      const failed = failure();
      if (failed !== null) return err({ code: failed });
      const opened = await driver.open(session);
      if (!opened.ok) return opened;
      let open = true;
      return ok({
        session,
        async transmit(apdu) {
          if (!open) return err({ code: 'not-open' });
          const broken = failure();
          if (broken !== null) return err({ code: broken });
          const answer = await driver.transmit(session, Uint8Array.from(apdu));
          if (answer.ok) return ok(answer.value.response);
          return answer.error.code === 'wrong-session' ? err({ code: 'removed' }) : answer;
        },
        async close(disposition) {
          if (!open) return;
          open = false;
          await driver.close(session, disposition);
        },
      });
    },
  };

  return {
    reader,
    insert(card) {
      remove();
      present = { card, slot: localCard(card, () => {}) };
      return show(false);
    },
    remove,
    setService(up) {
      if (up === service) return;
      service = up;
      if (!started) return;
      // The cause first, then the card that went with it.
      emit(up ? { type: 'service', up } : { type: 'service', up, why: 'not-running' });
      emit({ type: 'readers', names: up && plugged ? [NAME] : [] });
      if (up) show(true);
      else hide();
    },
    setPlugged(now) {
      if (now === plugged) return;
      plugged = now;
      if (!started || !service) return;
      emit({ type: 'readers', names: now ? [NAME] : [] });
      if (now) show(true);
      else hide();
    },
    failNext(code) {
      failing = code;
    },
    get card() {
      return present?.card ?? null;
    },
  };
}
