/** Keys of a hand scanner follow one another faster than this, ms; a person's do not. */
export const FAST_MS = 35;
/** How long a single key waits to see whether it was the first of a scan, ms. More than `FAST_MS`: a timer may come before a queued key. */
export const HOLD_MS = 80;
/** Longest text of a scan; what comes after it is dropped. */
export const MOST_SIGNS = 512;
/** Shorter than this no code is: fast fingers. */
const LEAST_SIGNS = 3;
/** A burst without an end, longer than anybody types: dropped. */
const MOST_KEYS = 40;
/** Some scanners end with two line ends: the second must not press anything either, ms. */
const AFTER_MS = 120;

export type WedgeEvent =
  /** Keys that a person pressed, in order. */
  { readonly do: 'keys'; readonly keys: readonly string[] } | { readonly do: 'scan'; readonly text: string };

export interface Wedge {
  /**
   * @param key `KeyboardEvent.key` @param at when it went down, ms (`KeyboardEvent.timeStamp`)
   * @returns what is known now; `taken`: nobody else may see this key
   */
  press(key: string, at: number): { readonly taken: boolean; readonly events: WedgeEvent[] };
  /** No key for `HOLD_MS`: what waits was typed by a person. */
  idle(): WedgeEvent[];
  /** Something waits for `idle`. */
  waits(): boolean;
}

/**
 * Tells a keyboard-wedge scanner from a person at the same keyboard: a burst of keys, each less than `FAST_MS` after the last, that ends with
 * Enter or Tab is one scan, whatever is in it. All else is handed back as the keys it was.
 */
export function createWedge(): Wedge {
  let held: string[] = [];
  let last = Number.NEGATIVE_INFINITY;
  let ended = Number.NEGATIVE_INFINITY;

  const release = (): WedgeEvent[] => {
    const keys = held;
    held = [];
    return keys.length === 0 || keys.length > MOST_KEYS ? [] : [{ do: 'keys', keys }];
  };
  return {
    press(key, at) {
      const running = held.length > 0 && at - last < FAST_MS;
      if ([...key].length === 1) {
        const events = running ? [] : release();
        if (held.length < MOST_SIGNS) held.push(key);
        last = at;
        return { taken: true, events };
      }
      if (key === 'Enter' || key === 'Tab') {
        if (!running) return { taken: held.length === 0 && at - ended < AFTER_MS, events: release() };
        ended = at;
        if (held.length < LEAST_SIGNS) return { taken: true, events: release() };
        const text = held.join('').slice(0, MOST_SIGNS);
        held = [];
        return { taken: true, events: [{ do: 'scan', text }] };
      }
      // Shift and its like come between the signs of a scan.
      if (running) last = at;
      return isModifier(key) ? { taken: running, events: [] } : { taken: running, events: running ? [] : release() };
    },
    idle: release,
    waits: () => held.length > 0,
  };
}

function isModifier(key: string): boolean {
  return /^(Shift|Control|Alt|AltGraph|Meta|CapsLock|NumLock|Unidentified|Process|Dead)$/.test(key);
}
