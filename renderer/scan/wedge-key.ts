import { type KeyLayout, signAt } from '../../main/contract/key-layout.ts';

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

/** What a key types: as this machine has it, and as a keyboard of these layouts does. */
export interface Sign {
  readonly text: string;
  readonly us: string;
  readonly jis: string;
}

/** A key that waits to be told apart. */
export interface HeldKey<Mark> {
  readonly key: WedgeKey<Mark>;
  /** null: a key that types nothing (Enter, Escape ...). */
  readonly sign: Sign | null;
}

/** Keys that mean something on a screen and type nothing. */
const COMMANDS = new Set(['Enter', 'Backspace', 'Delete', 'Escape', 'PageUp', 'PageDown']);
/** Keys by which a person moves the focus or types: all others are for the browser, or for the system, and reach neither. */
const MOVES = /^(?:Tab|Home|End|Arrow(?:Up|Down|Left|Right))$/;
const MODIFIERS = /^(Shift|Control|Alt|AltGraph|Meta|CapsLock|NumLock|KanaMode)$/;

export const isModifier = ({ key }: WedgeKey<unknown>): boolean => MODIFIERS.test(key);
export const isCommand = ({ key }: WedgeKey<unknown>): boolean => COMMANDS.has(key);

/** It works the browser or the system, and nothing on a screen of ours. */
export function isBrowsers({ key, alt, control }: WedgeKey<unknown>): boolean {
  return alt || control || !([...key].length === 1 || MOVES.test(key) || COMMANDS.has(key) || MODIFIERS.test(key));
}

/** What a person meant by it: where an input method took the key, or Num Lock is off, its place says it. */
export function asKey<Mark>({ key: { key, mark }, sign }: HeldKey<Mark>) {
  return { key: sign === null || [...key].length === 1 ? key : sign.text, mark };
}

/** Ctrl-M, Ctrl-J and Ctrl-I are line ends and a tabulator to a scanner that sends control signs so. */
export function controlName({ key, code, control }: WedgeKey<unknown>): string {
  if (!control) return key;
  return code === 'KeyM' || code === 'KeyJ' ? 'Enter' : code === 'KeyI' ? 'Tab' : key;
}

/** @returns null: it types nothing */
export function signOf(key: WedgeKey<unknown>): Sign | null {
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
