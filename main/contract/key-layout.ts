/**
 * What a key of a keyboard types, by its place: `KeyboardEvent.code` (UI Events KeyboardEvent code Values, section 3.1). A scanner that acts as a
 * keyboard sends places; which sign comes of one is the layout that it was made for, not the one that the machine has.
 */
export const KEY_LAYOUTS = ['us', 'jis'] as const;
export type KeyLayout = (typeof KEY_LAYOUTS)[number];

/**
 * Which keys people have on this kiosk: none, a ten-key pad (its keys have places of their own, which no scanner uses as it comes from its maker),
 * or any keyboard. No browser says which device a key came from; its place is all that tells a person's key from a scanner's.
 */
export const OWN_KEYS = ['none', 'ten-key', 'full'] as const;
export type OwnKeys = (typeof OWN_KEYS)[number];

/** Whether a person may have pressed it. @param code `KeyboardEvent.code` */
export function isOwnKey(keys: OwnKeys, code: string): boolean {
  switch (keys) {
    case 'none':
      return false;
    case 'ten-key':
      return /^Num(?:pad|Lock)|^Backspace$/.test(code);
    case 'full':
      return true;
  }
}

/**
 * The set-up code of a hand scanner: a code of these signs, scanned while staff try the devices, says which layout the scanner is set to. Each of
 * its last signs stands on another key of the other keyboard, so that it reads so in one layout only. All of them are in Code 128.
 */
export const LAYOUT_CODE = 'MADO1K:@[]^';

/** Without Shift, with Shift. */
type Signs = readonly [plain: string, shifted: string];

const LETTERS: readonly (readonly [string, Signs])[] = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => [
  `Key${letter}`,
  [letter.toLowerCase(), letter],
]);
const PAD: readonly (readonly [string, Signs])[] = [
  ...[...'0123456789'].map((digit) => [`Numpad${digit}`, [digit, digit]] as const),
  ['NumpadDecimal', ['.', '.']],
  ['NumpadAdd', ['+', '+']],
  ['NumpadSubtract', ['-', '-']],
  ['NumpadMultiply', ['*', '*']],
  ['NumpadDivide', ['/', '/']],
];
/** Digit keys with Shift, from 1 to 0. */
const digits = (shifted: string): readonly (readonly [string, Signs])[] =>
  [...'1234567890'].map((digit, at) => [`Digit${digit}`, [digit, [...shifted][at] ?? digit]]);
const SAME: readonly (readonly [string, Signs])[] = [
  ...LETTERS,
  ...PAD,
  ['Space', [' ', ' ']],
  ['Comma', [',', '<']],
  ['Period', ['.', '>']],
  ['Slash', ['/', '?']],
];

/** ANSI INCITS 154 and JIS X 6002, as far as a scanner needs them. */
const TABLES: Record<KeyLayout, ReadonlyMap<string, Signs>> = {
  us: new Map([
    ...SAME,
    ...digits('!@#$%^&*()'),
    ['Backquote', ['`', '~']],
    ['Minus', ['-', '_']],
    ['Equal', ['=', '+']],
    ['BracketLeft', ['[', '{']],
    ['BracketRight', [']', '}']],
    ['Backslash', ['\\', '|']],
    ['Semicolon', [';', ':']],
    ['Quote', ["'", '"']],
  ]),
  jis: new Map([
    ...SAME,
    ...digits('!"#$%&\'()~'),
    ['Minus', ['-', '=']],
    ['Equal', ['^', '~']],
    ['IntlYen', ['\\', '|']],
    ['BracketLeft', ['@', '`']],
    ['BracketRight', ['[', '{']],
    ['Backslash', [']', '}']],
    ['Semicolon', [';', '+']],
    ['Quote', [':', '*']],
    ['IntlRo', ['\\', '_']],
  ]),
};

/** @param code `KeyboardEvent.code` @returns null: that key types nothing in this layout */
export function signAt(layout: KeyLayout, code: string, shift: boolean): string | null {
  return TABLES[layout].get(code)?.[shift ? 1 : 0] ?? null;
}

/**
 * The sign of a number that is typed on the pad while Alt is held, as scanners do that go round keyboard layouts.
 * @param digits decimal @returns null: there is no such sign
 */
export function signOfNumber(digits: string): string | null {
  const number = Number(digits);
  return digits.length <= 5 && number > 0 && number <= 0xffff ? String.fromCharCode(number) : null;
}

/** Sign typed in one layout -> the sign of the same key in the other. Where two keys type one sign, the more usual one counts. */
function across(from: KeyLayout, to: KeyLayout): ReadonlyMap<string, string> {
  const signs = new Map<string, string>();
  for (const [code, pair] of TABLES[from]) {
    // The same in every layout, and each of its signs is on another key too.
    if (code.startsWith('Numpad')) continue;
    for (const shift of [false, true]) {
      const [sign, meant] = [pair[shift ? 1 : 0], signAt(to, code, shift)];
      if (meant === null) continue;
      // JIS has `~` at Shift-0 and at Shift-Equal: the latter is the plus of a US keyboard.
      if (!signs.has(sign) || code === 'Equal') signs.set(sign, meant);
    }
  }
  return signs;
}

const ACROSS = { us: across('jis', 'us'), jis: across('us', 'jis') };

/**
 * What a scanner of one layout meant, from what a machine of the other layout made of it: a US scanner's `https://` arrives on a Japanese machine
 * as `https+//`.
 * @param meant the scanner's layout
 */
export function asMeant(text: string, meant: KeyLayout): string {
  return [...text].map((sign) => ACROSS[meant].get(sign) ?? sign).join('');
}
