import type { Port } from './message-port.ts';

/** What may be left out while a reader is behind; in this order it catches up. */
const NEWEST = ['snapshot', 'picture'] as const;
type Newest = (typeof NEWEST)[number];

/** The sending side of a Port whose reader may be slow: while it is behind nothing is queued for it. */
export interface PacedPort {
  /** Sends now; dropped while the reader is behind. @returns whether it was sent */
  send(text: string): boolean;
  /**
   * Sends what `make` gives: now, or once when the reader has caught up, and then only the newest of its kind.
   * @param make null: there is nothing to send any more
   */
  sendNewest(name: Newest, make: () => string | null): void;
}

export function pacePort(port: Port): PacedPort {
  let behind = false;
  const waiting = new Map<Newest, () => string | null>();
  const send = (text: string): boolean => {
    if (behind) return false;
    behind = !port.send(text);
    return true;
  };
  const sendNewest = (name: Newest, make: () => string | null) => {
    if (behind) {
      waiting.set(name, make);
      return;
    }
    waiting.delete(name);
    const text = make();
    if (text !== null) send(text);
  };
  port.onDrain(() => {
    behind = false;
    for (const name of NEWEST) {
      const make = waiting.get(name);
      if (make !== undefined) sendNewest(name, make);
    }
  });
  return { send, sendNewest };
}
