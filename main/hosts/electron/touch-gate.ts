import type { Intent } from '../../contract/page-protocol.ts';
import type { Timers } from '../../transport/timers.ts';

/** How long after a touch, or its lifting, an act of it may come, ms: a slow machine draws and answers in less. */
export const TOUCH_LASTS_MS = 1000;
/** Acts that real touches may have saved up: the next finger can come down before the last one is answered, and as many as lie on the glass at once. */
const LEAST_SAVED = 2;
const FINGERS = 10;

const BEGINS: ReadonlySet<string> = new Set(['mouseDown', 'touchStart', 'pointerDown', 'rawKeyDown', 'keyDown']);
const ENDS: ReadonlySet<string> = new Set(['mouseUp', 'touchEnd', 'touchCancel', 'pointerUp', 'keyUp']);
const isKey = (type: string) => /key/i.test(type);

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
  /** Fingers on the glass, and how many were there at once since it was last empty. A key that is held comes down again and again, and is none. */
  let down = 0;
  let most = 0;
  let last = Number.NEGATIVE_INFINITY;
  const fresh = () => timers.now() - last < TOUCH_LASTS_MS;
  return {
    input(type) {
      const begins = BEGINS.has(type);
      if (!begins && !ENDS.has(type)) return;
      // A lift that was never told: nobody's finger lies there for ever.
      if (begins && !fresh()) [saved, down, most] = [0, 0, 0];
      if (!isKey(type)) {
        if (begins && down === 0) most = 0;
        down = Math.min(FINGERS, Math.max(0, down + (begins ? 1 : -1)));
        most = Math.max(most, down);
      }
      if (begins) saved = Math.min(Math.max(LEAST_SAVED, most), saved + 1);
      if (saved > 0) last = timers.now();
    },
    passes(intent) {
      if (!isGuarded(intent)) return true;
      if (saved === 0 || !fresh()) return false;
      saved -= 1;
      return true;
    },
  };
}
