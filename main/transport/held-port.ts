import { createListeners } from '../contract/listeners.ts';
import type { Port } from './message-port.ts';

/** A Port that keeps what comes until somebody may hear it. */
export interface HeldPort extends Port {
  /** Hands out what was kept, in order; from now on everything passes at once. */
  release(): void;
}

/** What is kept at most: a page that waits has only greeted. */
const MOST_KEPT = 8;

/** For a page that is loaded before its turn: it may greet, but is not heard, and hears nothing that was not sent to it alone. */
export function holdPort(port: Port): HeldPort {
  const message = createListeners<[string]>();
  let kept: string[] | null = [];
  port.onMessage((text) => {
    if (kept === null) message.emit(text);
    else if (kept.length < MOST_KEPT) kept.push(text);
  });
  return {
    send: (text) => port.send(text),
    onMessage: message.add,
    onClose: port.onClose,
    onDrain: port.onDrain,
    close: () => port.close(),
    release() {
      const early = kept ?? [];
      kept = null;
      for (const text of early) message.emit(text);
    },
  };
}
