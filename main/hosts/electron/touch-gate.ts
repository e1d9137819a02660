import type { Intent } from '../../contract/port.ts';
import type { Timers } from '../../transport/timers.ts';

/** How long after a touch, or its lifting, an act of it may come, ms: a slow machine draws and answers in less. */
export const TOUCH_LASTS_MS = 1000;
/** Acts that real touches may have saved up: two fingers can come down before the first one is answered. */
const MOST_SAVED = 2;

const BEGINS: ReadonlySet<string> = new Set(['mouseDown', 'touchStart', 'pointerDown', 'rawKeyDown', 'keyDown']);
const ENDS: ReadonlySet<string> = new Set(['mouseUp', 'touchEnd', 'pointerUp', 'keyUp']);

/** What uses up a try of a card, and what leads there by a person's own consent. */
function isGuarded(intent: Intent): boolean {
  if (intent.type === 'pin-key') return true;
  if (intent.type === 'pin-edit') return intent.edit === 'ok';
  return intent.type === 'press' && (intent.button === 'try-again' || intent.button === 'confirm');
}

/**
 * A page is not a person (invariant 9): PIN keys, their OK and the consent before them count only where a finger or a key really came down,
 * one for each. What comes down is known from the browser process, where no page can say it.
 */
export interface TouchGate {
  /** Electron's `input-event`. @param type of its `InputEvent` */
  input(type: string): void;
  /** Asked once for every intent: a guarded one uses its touch up. */
  passes(intent: Intent): boolean;
}

export function createTouchGate(timers: Pick<Timers, 'now'>): TouchGate {
  let saved = 0;
  let last = Number.NEGATIVE_INFINITY;
  const fresh = () => timers.now() - last < TOUCH_LASTS_MS;
  return {
    input(type) {
      if (BEGINS.has(type)) saved = Math.min(MOST_SAVED, (fresh() ? saved : 0) + 1);
      else if (!ENDS.has(type) || saved === 0) return;
      last = timers.now();
    },
    passes(intent) {
      if (!isGuarded(intent)) return true;
      if (saved === 0 || !fresh()) return false;
      saved -= 1;
      return true;
    },
  };
}
