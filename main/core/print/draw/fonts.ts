import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { z } from 'zod';

export type Weight = 400 | 700;

/**
 * One file of a font. `key`: names it; the same file again is the same key. `grid`: its characters are as wide as their cells; those of the
 * others go in the middle. `thin`: it has no bold of its own, and is drawn bolder.
 */
export interface FontPart {
  readonly key: string;
  readonly file: string;
  readonly font: Font;
  readonly grid: boolean;
  readonly thin: boolean;
}

/** What printers and papers in Japan put where a character is not to be had (下駄, geta). */
export const GETA = '〓';
/** How far below the top of its line every font's baseline is, in parts of the character's height (BIZ UDGothic's ascent). */
export const ASCENT = 1802 / 2048;

const require = createRequire(import.meta.url);

function opened(key: string, path: string, { grid, thin = false }: { grid: boolean; thin?: boolean }): FontPart {
  const file = require.resolve(path);
  const font = create(readFileSync(file));
  if (!('glyphForCodePoint' in font)) throw new Error(`${key}: a collection, not a font`);
  return { key, file, font, grid, thin };
}

const parts = new Map<string, FontPart>();
function once(key: string, open: () => FontPart): FontPart {
  const part = parts.get(key) ?? open();
  parts.set(key, part);
  return part;
}

/**
 * BIZ UDGothic: every character on the grid of half and full width, as the printer's own font has it. It comes in some 120 small files, each
 * with the characters that `unicode.json` lists; only those that a slip needs are read.
 */
const GRID = '@fontsource/biz-udgothic';

type Ranges = readonly (readonly [from: number, to: number])[];
let index: ReadonlyMap<string, Ranges> | null = null;

function readIndex(): ReadonlyMap<string, Ranges> {
  const listed = z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(require.resolve(`${GRID}/unicode.json`), 'utf8')));
  return new Map(
    Object.entries(listed).map(([name, ranges]) => [
      name.replaceAll(/[[\]]/g, ''),
      ranges.split(',').map((range): [number, number] => {
        const [from = '', to = from] = range.replace('U+', '').split('-');
        return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
      }),
    ]),
  );
}

function gridPart(codePoint: number, weight: Weight): FontPart | null {
  index ??= readIndex();
  for (const [name, ranges] of index) {
    if (!ranges.some(([from, to]) => codePoint >= from && codePoint <= to)) continue;
    const key = `biz-udgothic-${name}-${weight}-normal`;
    const part = once(key, () => opened(key, `${GRID}/files/${key}.woff`, { grid: true }));
    // The list promises ranges, a file may have holes in them.
    if (part.font.hasGlyphForCodePoint(codePoint)) return part;
  }
  return null;
}

/**
 * What the small files leave out (Greek, Ⅰ to Ⅻ, ≒), from the whole BIZ UDPGothic: all of JIS X 0208 with NEC's and IBM's characters. Then Noto Sans JP:
 * the rest of JIS X 0213 (𠮷, 𩸽, 丟).
 */
const wholeFonts: readonly ((weight: Weight) => FontPart)[] = [
  (weight) => {
    const name = weight === 400 ? '400Regular/BIZUDPGothic_400Regular.ttf' : '700Bold/BIZUDPGothic_700Bold.ttf';
    return once(name, () => opened(name, `@expo-google-fonts/biz-udpgothic/${name}`, { grid: false }));
  },
  (weight) => {
    const name = '400Regular/NotoSansJP_400Regular.ttf';
    const thin = weight === 700;
    return once(`${name}-${weight}`, () => opened(name, `@expo-google-fonts/noto-sans-jp/${name}`, { grid: false, thin }));
  },
];

const has = ({ font }: FontPart, text: string) =>
  Array.from(text).every((sign) => font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0));

/** The first of the whole fonts that has every character of it, proportional. `null`: none has. */
export function wholePart(text: string, weight: Weight): FontPart | null {
  for (const open of wholeFonts) {
    const part = open(weight);
    if (has(part, text)) return part;
  }
  return null;
}

function partWith(text: string, weight: Weight): FontPart | null {
  const grid = gridPart(text.codePointAt(0) ?? 0, weight);
  return grid !== null && has(grid, text) ? grid : wholePart(text, weight);
}

/** Which of a kanji's forms is meant. No font here has more than one. */
const SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/**
 * Where a character's picture is, and the text that has it. Sign and mark are made one where there is such a sign. A kanji of the compatibility area (U+FA19)
 * stays what it is: Unicode's normal forms would put another one into a person's name. What no font has is a geta.
 */
export function partFor(text: string, weight: Weight): { readonly part: FontPart; readonly text: string } {
  const plain = text.replaceAll(SELECTORS, '');
  const composed = plain.normalize('NFC');
  const single = [...plain].length === 1;
  for (const one of [single ? plain : composed, composed, [...composed][0] ?? GETA, GETA]) {
    const part = partWith(one, weight);
    if (part !== null) return { part, text: one };
  }
  throw new Error(`${GRID} is not whole`);
}
