import { type KeyLayout, signAt, signOfNumber } from '../../main/contract/key-layout.ts';

/** Between two keys of a scanner at most, ms: slow ones take 70, and a busy machine adds some. A person's fingers are slower, but for a roll. */
export const PACE_MS = 100;
/** Between two keys of a fast scanner at most, ms: so fast nobody types three keys. */
const FAST_MS = 35;
/** How long a key waits to see whether a scan begins with it, ms. */
const HOLD_MS = 200;
/** Between two keys of a slow scanner (by radio, or told to wait) at most, ms, where nobody has keys and all of them are a scanner's. */
const SLOW_MS = 1000;
/** Its keys come so much later than the others at most. */
const UNEVEN = 3;
/** A scan that is one for certain may stop for so long, ms; then it has ended. Scanners that send no line end are read by it. */
const PAUSE_MS = 300;
/** A line end so soon after a scan, ms, belongs to it: some scanners send two, some send theirs late. */
const LATE_END_MS = 300;
const LATE_AFTER_PAUSE_MS = 1000;
/** Longest text of a scan; what comes after it is dropped. */
export const MOST_SIGNS = 512;
/** Of a sign's number. */
const MOST_DIGITS = 6;

/** A key that went down. */
export interface WedgeKey<Mark> {
  /** `KeyboardEvent.key` */
  readonly key: string;
  /** `KeyboardEvent.code`; '' where it is not known */
  readonly code: string;
  readonly shift: boolean;
  readonly control: boolean;
  /** Alt or Meta is held. */
  readonly alt: boolean;
  readonly capsLock: boolean;
  /** It may be a person's, by what the settings say of the kiosk's keys. */
  readonly own: boolean;
  /** Held down by somebody: it comes again and again. */
  readonly repeat: boolean;
  /** When, ms (`KeyboardEvent.timeStamp`). */
  readonly at: number;
  /** Text is typed on this screen, where quick typists write several letters at a scanner's pace. */
  readonly typing: boolean;
  /** What the listener wants back with it: where the person was at that moment. */
  readonly mark: Mark;
}

export type WedgeEvent<Mark> =
  /** Keys that a person pressed, in order. */
  | { readonly do: 'keys'; readonly keys: readonly Pick<WedgeKey<Mark>, 'key' | 'mark'>[] }
  /** `text` as the machine's own layout has it; `us`, `jis`: what the same keys say there. `mark`: of the first key. */
  | { readonly do: 'scan'; readonly text: string; readonly us: string; readonly jis: string; readonly mark: Mark };

export interface Wedge<Mark> {
  /** @returns what is known now; `taken`: nobody else may see this key */
  press(key: WedgeKey<Mark>): { readonly taken: boolean; readonly events: WedgeEvent<Mark>[] };
  /** Time went by without a key. */
  tick(now: number): WedgeEvent<Mark>[];
  /** When `tick` is wanted; null: nothing waits. */
  next(): number | null;
}

interface Sign {
  readonly text: string;
  readonly us: string;
  readonly jis: string;
}

interface Held<Mark> {
  readonly key: WedgeKey<Mark>;
  /** null: a key that types nothing (Enter, Escape ...). */
  readonly sign: Sign | null;
}

/** Keys that mean something on a screen and type nothing. */
const COMMANDS = new Set(['Enter', 'Backspace', 'Delete', 'Escape', 'PageUp', 'PageDown']);
/** Keys by which a person moves the focus or types: all others are for the browser, or for the system, and reach neither. */
const MOVES = /^(?:Tab|Home|End|Arrow(?:Up|Down|Left|Right))$/;
const MODIFIERS = /^(Shift|Control|Alt|AltGraph|Meta|CapsLock|NumLock|KanaMode)$/;

/**
 * Tells a keyboard-wedge scanner from a person at the same keyboard. Every key waits `HOLD_MS`. Keys at a scanner's pace that are too many or too
 * fast for hands, or that end with Enter or Tab at that pace, are one scan, with whatever came just before; it ends with Enter, Tab or a
 * pause. All else is handed back as the keys it was. A key that is no person's (`own`) is a scanner's at any pace, and never handed back. Keys
 * that would work the browser (function keys, anything with Ctrl, Alt or Meta) reach nobody.
 */
export function createWedge<Mark>(): Wedge<Mark> {
  let held: Held<Mark>[] = [];
  /** Of the newest keys of `held`: how many signs came at a scanner's pace, and how many of those at a fast one's. */
  let run = { signs: 0, fast: 0 };
  /** It is a scan, for certain. */
  let sure = false;
  /** It has keys that are no person's; the widest gap between its keys so far, ms. */
  let slow = false;
  let widest = 0;
  let last = Number.NEGATIVE_INFINITY;
  /** Until when a line end belongs to the scan before it. */
  let lateUntil = Number.NEGATIVE_INFINITY;
  /** Alt is held and the pad types a sign's number: its first key, and the digits. */
  let numbered: { readonly key: WedgeKey<Mark>; readonly digits: string } | null = null;

  const reset = () => {
    held = [];
    run = { signs: 0, fast: 0 };
    sure = false;
    slow = false;
    widest = 0;
    numbered = null;
  };
  /** How long a scan may stop, ms. A slow scanner stops after each key; how long, its first two say. */
  const pause = () => {
    if (!slow) return PAUSE_MS;
    return held.length < 2 ? SLOW_MS : Math.min(SLOW_MS, Math.max(PAUSE_MS, widest * UNEVEN));
  };
  /** The number is whole: another sign begins, or the scan ends. @returns the sign that was meant */
  const endNumber = (): string | null => {
    if (numbered === null) return null;
    const { key, digits } = numbered;
    numbered = null;
    const said = signOfNumber(digits);
    if (said !== null && !/[\r\n\t]/.test(said) && held.length < MOST_SIGNS * 2)
      held.push({ key, sign: { text: said, us: said, jis: said } });
    return said;
  };
  const scan = (late: number): WedgeEvent<Mark>[] => {
    endNumber();
    const signs = held.flatMap(({ sign }) => (sign === null ? [] : [sign]));
    const mark = held[0]?.key.mark;
    reset();
    lateUntil = last + late;
    const said = (what: keyof Sign) =>
      signs
        .slice(0, MOST_SIGNS)
        .map((sign) => sign[what])
        .join('')
        .slice(0, MOST_SIGNS);
    return signs.length === 0 || mark === undefined
      ? []
      : [{ do: 'scan', text: said('text'), us: said('us'), jis: said('jis'), mark }];
  };
  /** Hands the keys back that have waited long enough. Not while a scan may be in the making. */
  const release = (now: number, all = false): WedgeEvent<Mark>[] => {
    if (sure || (!all && now - last <= PACE_MS)) return [];
    const ready = all ? held : held.filter(({ key }) => now - key.at >= HOLD_MS);
    held = held.slice(ready.length);
    if (held.length === 0) reset();
    return ready.length === 0 ? [] : [{ do: 'keys', keys: ready.map(asKey) }];
  };
  const hold = (key: WedgeKey<Mark>, sign: Sign | null) => {
    const gap = key.at - last;
    if (held.length > 0) widest = Math.max(widest, gap);
    if (!key.own) slow = sure = true;
    if (sign === null) run = { signs: 0, fast: 0 };
    else run = { signs: gap <= PACE_MS ? run.signs + 1 : 1, fast: gap <= FAST_MS ? run.fast + 1 : 1 };
    if (!sure) sure = run.fast >= 3 || run.signs >= (key.typing ? 8 : 4);
    if (sign === null || held.length < MOST_SIGNS * 2) held.push({ key, sign });
  };
  /** Enter or Tab: the end of a scan, of one that came before, or a key like others. */
  const end = (key: WedgeKey<Mark>) => {
    const gap = key.at - last;
    if (sure) return { taken: true, events: scan(LATE_END_MS) };
    const least = key.typing && gap > FAST_MS ? 3 : 1;
    if (gap <= PACE_MS && run.signs >= least) return { taken: true, events: scan(LATE_END_MS) };
    if (held.length === 0 && (!key.own || key.at <= lateUntil)) return { taken: true, events: [] };
    return key.own ? null : { taken: true, events: release(key.at, true) };
  };

  return {
    press(key) {
      if (key.repeat)
        return {
          taken: !key.own || isBrowsers(key) || sure || held.length > 0 || key.key === 'Enter' || [...key.key].length === 1,
          events: [],
        };
      const events = [...(sure && key.at - last > pause() ? scan(LATE_AFTER_PAUSE_MS) : []), ...release(key.at)];
      if (key.alt && /^Numpad[0-9]$/.test(key.code)) {
        // Nobody at a kiosk has a reason to; a scanner sends whole texts so.
        sure = true;
        if (!key.own) slow = true;
        if (numbered !== null || held.length > 0) widest = Math.max(widest, key.at - last);
        last = key.at;
        numbered = { key: numbered?.key ?? key, digits: ((numbered?.digits ?? '') + key.code.slice(-1)).slice(0, MOST_DIGITS) };
        return { taken: true, events };
      }
      const ends = endNumber();
      if (ends !== null && /[\r\n\t]/.test(ends)) events.push(...scan(LATE_END_MS));
      const running = sure || (held.length > 0 && key.at - last <= PACE_MS);
      const put = (sign: Sign | null) => {
        hold(key, sign);
        last = key.at;
        return { taken: true, events };
      };
      const name = controlName(key);
      if (name === 'Enter' || name === 'Tab') {
        const ended = end(key);
        if (ended !== null) {
          last = key.at;
          return { taken: true, events: [...events, ...ended.events] };
        }
        if (key.key === 'Enter' && !isBrowsers(key)) return put(null);
        return { taken: isBrowsers(key), events: [...events, ...release(key.at, true)] };
      }
      if (MODIFIERS.test(key.key)) {
        // Shift and its like come between the signs of a scan.
        if (running) last = key.at;
        return { taken: running || !key.own, events };
      }
      const sign = signOf(key);
      if (sign !== null && !(key.alt || key.control)) return put(sign);
      if (sure || (running && (key.alt || key.control))) {
        // Control signs between the others: GS of a GS1 code is Ctrl-] on a keyboard.
        if (sign !== null) return put(sign);
        last = key.at;
        return { taken: true, events };
      }
      if (!key.own || isBrowsers(key)) {
        // What a scanner sends first may be such a key; what comes after it is the scan.
        return { taken: true, events: [...events, ...release(key.at, true)] };
      }
      if (COMMANDS.has(key.key)) return put(null);
      return { taken: false, events: [...events, ...release(key.at, true)] };
    },
    tick(now) {
      if (sure) return now - last > pause() ? scan(LATE_AFTER_PAUSE_MS) : [];
      return release(now);
    },
    next() {
      const [oldest] = held;
      if (numbered !== null) return last + pause() + 1;
      if (oldest === undefined) return null;
      return sure ? last + pause() + 1 : Math.max(last + PACE_MS + 1, oldest.key.at + HOLD_MS);
    },
  };
}

/** It works the browser or the system, and nothing on a screen of ours. */
function isBrowsers({ key, alt, control }: WedgeKey<unknown>): boolean {
  return alt || control || !([...key].length === 1 || MOVES.test(key) || COMMANDS.has(key) || MODIFIERS.test(key));
}

/** What a person meant by it: where an input method took the key, or Num Lock is off, its place says it. */
function asKey<Mark>({ key: { key, mark }, sign }: Held<Mark>) {
  return { key: sign === null || [...key].length === 1 ? key : sign.text, mark };
}

/** Ctrl-M, Ctrl-J and Ctrl-I are line ends and a tabulator to a scanner that sends control signs so. */
function controlName({ key, code, control }: WedgeKey<unknown>): string {
  if (!control) return key;
  return code === 'KeyM' || code === 'KeyJ' ? 'Enter' : code === 'KeyI' ? 'Tab' : key;
}

/** @returns null: it types nothing */
function signOf(key: WedgeKey<unknown>): Sign | null {
  const us = placed('us', key);
  const jis = placed('jis', key);
  const own = ownSign(key) ?? us ?? jis;
  return own === null ? null : { text: own, us: us ?? own, jis: jis ?? own };
}

function placed(layout: KeyLayout, { code, shift, control }: WedgeKey<unknown>): string | null {
  const sign = signAt(layout, code, shift);
  if (sign === null || !control) return sign;
  return /^[@-_a-z]$/.test(sign) ? String.fromCharCode(sign.toUpperCase().charCodeAt(0) & 0x1f) : null;
}

/** The sign as this machine has it. Caps Lock is taken back: it is the machine's, and the scanner does not know of it. */
function ownSign({ key, code, capsLock, control }: WedgeKey<unknown>): string | null {
  // With Num Lock off the pad of a ten-key sends arrows; its keys are digits all the same.
  if (/^Numpad[0-9]$/.test(code)) return code.slice(-1);
  if (control || [...key].length !== 1) return null;
  if (!capsLock || !/^[A-Za-z]$/.test(key)) return key;
  return key === key.toUpperCase() ? key.toLowerCase() : key.toUpperCase();
}
