import type { Clock } from '../ports.ts';

/** How long a connection may stay without a key that we know. */
export const KNOWN_WITHIN_MS = 5000;
/** Windows of one device at one time: some, and those that are just being reloaded. */
export const MOST_PER_KEY = 4;

/**
 * Who may stay: a connection that shows a known key within five seconds, and four of one key. Whoever has no key can therefore hold
 * nothing, and a key that got into wrong hands only its own four.
 */
export interface Door<V> {
  enter(visitor: V, drop: () => void): void;
  /** The visitor's key may be another, or be known no more. */
  look(visitor: V): void;
  /** Whether others hold all that this key may have. */
  isFull(visitor: V, key: string): boolean;
  leave(visitor: V): void;
}

export function createDoor<V extends { readonly knownKey: string | null }>(clock: Clock): Door<V> {
  const inside = new Map<V, { readonly drop: () => void; timer: unknown }>();
  const look = (visitor: V) => {
    const place = inside.get(visitor);
    if (place === undefined) return;
    if (visitor.knownKey === null) place.timer ??= clock.setTimeout(place.drop, KNOWN_WITHIN_MS);
    else {
      clock.clearTimeout(place.timer);
      place.timer = null;
    }
  };
  return {
    look,
    enter(visitor, drop) {
      inside.set(visitor, { drop, timer: null });
      look(visitor);
    },
    isFull: (visitor, key) =>
      [...inside.keys()].filter((other) => other !== visitor && other.knownKey === key).length >= MOST_PER_KEY,
    leave(visitor) {
      const place = inside.get(visitor);
      if (place !== undefined) clock.clearTimeout(place.timer);
      inside.delete(visitor);
    },
  };
}
