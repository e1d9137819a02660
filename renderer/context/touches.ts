/** Two touches that begin so soon after one another, ms, are one: the panel bounced. Nobody taps twice so fast. */
const BOUNCE_MS = 60;
/** The same from a lift to the next touch, ms: a panel may bounce when the finger leaves it, too. */
const LIFT_MS = 45;

/** What fingers do on one button. Times in ms on one scale, steps as the snapshot has them. */
export interface Touches {
  /** @returns false: no touch of its own, or not this button's business */
  down(finger: number, at: number, step: number): boolean;
  /** @returns whether a touch that counts has ended: it began on this button and on this screen */
  up(finger: number, at: number, step: number): boolean;
  cancel(): void;
}

export function createTouches(): Touches {
  let pressed: { readonly finger: number; readonly step: number } | null = null;
  let began = Number.NEGATIVE_INFINITY;
  let ended = Number.NEGATIVE_INFINITY;
  return {
    down(finger, at, step) {
      const bounced = at - began < BOUNCE_MS || at - ended < LIFT_MS;
      if (bounced) {
        // It may bounce again: the quiet time begins anew, and no touch that hangs on is lost by it.
        if (pressed === null) ended = at;
        return false;
      }
      began = at;
      pressed = { finger, step };
      return true;
    },
    up(finger, at, step) {
      if (pressed === null) {
        if (at - ended < LIFT_MS) ended = at;
        return false;
      }
      if (pressed.finger !== finger) return false;
      const counts = pressed.step === step;
      pressed = null;
      ended = at;
      return counts;
    },
    cancel() {
      pressed = null;
      began = Number.NEGATIVE_INFINITY;
    },
  };
}

/** The keys of one pad under several fingers: each counts in the order in which it was touched, whichever finger lifts first. */
export interface Rollover {
  /** @param key whose touch it is @param run what the key does */
  down(key: object, step: number, run: () => void): void;
  /** The finger left the key. Runs what was touched before it and is still held, then the key itself, unless it has run by then. */
  up(key: object, step: number): void;
  /** The touch came to nothing, or the key is gone. */
  drop(key: object): void;
}

/** Who types with two thumbs has the next key down before the last one is up. By the order of the lifts a PIN would be another one. */
export function createRollover(): Rollover {
  let held: { readonly key: object; readonly step: number; readonly run: () => void }[] = [];
  return {
    down(key, step, run) {
      held = [...held.filter((one) => one.key !== key), { key, step, run }];
    },
    up(key, step) {
      const at = held.findIndex((one) => one.key === key);
      const due = held.slice(0, at + 1);
      held = held.slice(at + 1);
      for (const one of due) if (one.step === step) one.run();
    },
    drop(key) {
      held = held.filter((one) => one.key !== key);
    },
  };
}
