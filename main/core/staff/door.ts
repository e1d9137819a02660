import type { Clock } from '../ports.ts';

/** How long a connection may stay without a key that we know. */
const KNOWN_WITHIN_MS = 5000;
/** Windows of one device at one time: some, and those that are just being reloaded. */
const MOST_PER_KEY = 4;

/**
 * Who may stay: a connection that shows a known key within five seconds, and four of one key. Whoever has no key can therefore hold
 * nothing, and a key that got into wrong hands only its own four.
 */
export interface Door<C> {
  enter(connection: C, drop: () => void): void;
  /** The connection's key may be another, or be known no more. */
  look(connection: C): void;
  /** Whether others hold all that this key may have. */
  isFull(connection: C, key: string): boolean;
  leave(connection: C): void;
}

export function createDoor<C extends { readonly knownKey: string | null }>(clock: Clock): Door<C> {
  const inside = new Map<C, { readonly drop: () => void; timer: unknown }>();
  const look = (connection: C) => {
    const place = inside.get(connection);
    if (place === undefined) return;
    if (connection.knownKey === null) place.timer ??= clock.setTimeout(place.drop, KNOWN_WITHIN_MS);
    else {
      clock.clearTimeout(place.timer);
      place.timer = null;
    }
  };
  return {
    look,
    enter(connection, drop) {
      inside.set(connection, { drop, timer: null });
      look(connection);
    },
    isFull: (connection, key) =>
      [...inside.keys()].filter((other) => other !== connection && other.knownKey === key).length >= MOST_PER_KEY,
    leave(connection) {
      const place = inside.get(connection);
      if (place !== undefined) clock.clearTimeout(place.timer);
      inside.delete(connection);
    },
  };
}
