import type { CDPSession, Page } from '@playwright/test';
import fc from 'fast-check';
import { type KeyLayout, signAt } from '../../main/contract/key-layout.ts';

/** How a hand scanner that acts as a keyboard sends one code. */
export interface Scan {
  readonly text: string;
  /** The layout that the scanner is set to, and the one that the machine has. */
  readonly scanner: KeyLayout;
  readonly host: KeyLayout;
  readonly capsLock: boolean;
  /** Between two keys, ms. */
  readonly gap: number;
  /** One key comes so much later than the others, ms. `at`: which, as a part of all. */
  readonly hiccup: { readonly ms: number; readonly at: number } | null;
  readonly prefix: readonly string[];
  readonly suffix: readonly string[];
}

/** A key of a scan: where it is, whether Shift is held, what the machine makes of it, when it comes (ms from the first). */
export interface Stroke {
  readonly code: string;
  readonly shift: boolean;
  readonly key: string;
  readonly at: number;
}

const ROWS = 'Backquote Minus Equal BracketLeft BracketRight Backslash Semicolon Quote Comma Period Slash IntlYen IntlRo Space';
const CODES = [
  ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `Key${letter}`),
  ...[...'0123456789'].map((digit) => `Digit${digit}`),
  ...ROWS.split(' '),
];
const PLACES = new Map<string, { readonly code: string; readonly shift: boolean }>(
  (['us', 'jis'] as const).flatMap((layout) =>
    CODES.flatMap((code) =>
      // Without Shift first, so that it wins where both type the same.
      [true, false].flatMap((shift) => {
        const sign = signAt(layout, code, shift);
        return sign === null ? [] : [[`${layout} ${sign}`, { code, shift }] as const];
      }),
    ),
  ),
);

/** A sign that the scanner's layout does not have is left out, as scanners do. */
export function strokes({ text, scanner, host, capsLock, gap, hiccup, prefix, suffix }: Scan): readonly Stroke[] {
  const named = (key: string) => ({ code: key, shift: false, key });
  const typed = [...text].flatMap((sign) => {
    const place = PLACES.get(`${scanner} ${sign}`);
    if (place === undefined) return [];
    const made = signAt(host, place.code, place.shift) ?? 'Unidentified';
    const swapped = made === made.toLowerCase() ? made.toUpperCase() : made.toLowerCase();
    return [{ ...place, key: capsLock && /^[A-Za-z]$/.test(made) ? swapped : made }];
  });
  const keys = [...prefix.map(named), ...typed, ...suffix.map(named)];
  const late = hiccup === null ? -1 : 1 + Math.floor(hiccup.at * (keys.length - 1));
  return keys.map((key, index) => ({ ...key, at: index * gap + (late !== -1 && index >= late ? (hiccup?.ms ?? 0) : 0) }));
}

/** A US scanner on a US machine, 4 ms a key, Enter at the end. */
export const plainScan = (text: string): Scan => ({
  text,
  scanner: 'us',
  host: 'us',
  capsLock: false,
  gap: 4,
  hiccup: null,
  prefix: [],
  suffix: ['Enter'],
});

const KEY_CODES: Record<string, number> = { Enter: 13, Tab: 9, Escape: 27 };

/**
 * Sends the keys to a page in the browser. Their own time stamps have the pace, whatever this machine is busy with: that is what tells a scanner
 * from hands.
 */
export async function scanInto(page: Page, scan: Scan): Promise<void> {
  const device: CDPSession = await page.context().newCDPSession(page);
  const began = Date.now() / 1000;
  await Promise.all(
    strokes(scan).flatMap(({ key, code, shift, at }) => {
      const known = KEY_CODES[key];
      const text = [...key].length === 1 ? key : key === 'Enter' ? '\r' : undefined;
      const common = { key, code, modifiers: shift ? 8 : 0, ...(known === undefined ? {} : { windowsVirtualKeyCode: known }) };
      return (['keyDown', 'keyUp'] as const).map((type, up) =>
        device.send('Input.dispatchKeyEvent', {
          ...common,
          ...(type === 'keyDown' && text !== undefined ? { text } : {}),
          type,
          timestamp: began + (at + up * Math.min(2, scan.gap / 2)) / 1000,
        }),
      );
    }),
  );
  await device.detach();
}

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const oneOf = (signs: string, least: number, most: number) =>
  fc.array(fc.constantFrom(...signs), { minLength: least, maxLength: most }).map((all) => all.join(''));

/** What stands in a code, of every symbology that shops, offices and mail use. */
export const anyCode: fc.Arbitrary<string> = fc.oneof(
  digits(13), // EAN-13
  digits(8), // EAN-8
  digits(12), // UPC-A
  fc.integer({ min: 2, max: 15 }).chain((pairs) => digits(pairs * 2)), // ITF
  fc
    .tuple(fc.constantFrom(...'ABCDabcd'), oneOf('0123456789-$:/.+', 4, 20), fc.constantFrom(...'ABCD'))
    .map((all) => all.join('')), // NW-7
  oneOf('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%', 1, 24), // Code 39
  oneOf(Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join(''), 1, 60), // Code 128, QR
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.tuple(fc.constantFrom('https://form.example.jp/apply?id=', ''), digits(23)).map((all) => all.join('')), // a form
  digits(10).map((receipt) => `MADO1R:${receipt}`),
  fc.constantFrom('MADO1S:sakura-prepaid', 'mintpay:ABCDEF123456:654321', 'WIFI:S:net;T:WPA;P:12345678;;', '1234', '12345678'),
  fc.tuple(fc.constantFrom(']C1', ']E0', ']Q3', ']F0', ']d2'), digits(14)).map((all) => all.join('')), // with an AIM identifier
);

/** Paces at which nobody can tell a scanner from a person, ms a key. */
export const SLOW_GAPS = [110, 120, 180, 250, 320] as const;

/** A scanner as they are set: pace, layout, what stands before and after, a hiccup. */
export const anyScan: fc.Arbitrary<Scan> = fc
  .record({
    text: anyCode,
    scanner: fc.constantFrom<KeyLayout[]>('us', 'jis'),
    host: fc.constantFrom<KeyLayout[]>('us', 'jis'),
    capsLock: fc.boolean(),
    gap: fc.constantFrom(1, 4, 8, 15, 30, 36, 50, 70),
    hiccup: fc.option(fc.record({ ms: fc.integer({ min: 20, max: 110 }), at: fc.double({ min: 0, max: 0.999, noNaN: true }) })),
    prefix: fc.constantFrom<string[][]>([], [], [], ['Enter'], ['Escape']),
    suffix: fc.constantFrom<string[][]>(['Enter'], ['Enter'], ['Tab'], ['Enter', 'Enter'], []),
  })
  // Without a line end four keys are the least that nobody's hands could be.
  .filter(({ text, suffix }) => suffix.length > 0 || text.length >= 4);

/** The same by radio, or told to wait between two keys. Short, because it takes its time. */
export const slowScan: fc.Arbitrary<Scan> = fc
  .record({ scan: anyScan, gap: fc.constantFrom(...SLOW_GAPS) })
  .map(({ scan, gap }) => ({ ...scan, gap, text: scan.text.slice(0, 12), hiccup: null }));
