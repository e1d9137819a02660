import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { z } from 'zod';

export type Weight = 400 | 700;

/** One file of the font. `key`: names it; the same file again is the same key. */
export interface FontPart {
  readonly key: string;
  readonly file: string;
  readonly font: Font;
}

/** What printers and papers in Japan put where a character is not to be had (下駄, geta). */
const GETA = 0x3013;
/** Units of the em square in every file of BIZ UDGothic; ascent and descent share it. */
export const EM = { units: 2048, ascent: 1802 } as const;

/**
 * BIZ UDGothic: every character on the grid of half and full width, as the printer's own font has it. It comes in some 120 small files, each
 * with the characters that `unicode.json` lists; only those that a slip needs are read. Together they hold the names that the page's one file lacks (髙, 﨑, ①).
 */
const require = createRequire(import.meta.url);
const PACKAGE = '@fontsource/biz-udgothic';

type Ranges = readonly (readonly [from: number, to: number])[];
let index: ReadonlyMap<string, Ranges> | null = null;

function readIndex(): ReadonlyMap<string, Ranges> {
  const listed = z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(require.resolve(`${PACKAGE}/unicode.json`), 'utf8')));
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

const parts = new Map<string, FontPart>();

function partNamed(name: string, weight: Weight): FontPart {
  const key = `biz-udgothic-${name}-${weight}-normal`;
  const known = parts.get(key);
  if (known !== undefined) return known;
  const file = require.resolve(`${PACKAGE}/files/${key}.woff`);
  const font = create(readFileSync(file));
  if (!('glyphForCodePoint' in font)) throw new Error(`${key}: a collection, not a font`);
  const part = { key, file, font };
  parts.set(key, part);
  return part;
}

function find(codePoint: number, weight: Weight): FontPart | null {
  index ??= readIndex();
  for (const [name, ranges] of index) {
    if (!ranges.some(([from, to]) => codePoint >= from && codePoint <= to)) continue;
    const part = partNamed(name, weight);
    // The list promises ranges, a file may have holes in them.
    if (part.font.hasGlyphForCodePoint(codePoint)) return part;
  }
  return null;
}

/** Where a character's picture is. A character that the font lacks is the geta's. Composed characters count by their first part. */
export function partFor(text: string, weight: Weight): { readonly part: FontPart; readonly codePoint: number } {
  const codePoint = text.normalize('NFC').codePointAt(0) ?? GETA;
  const part = find(codePoint, weight);
  if (part !== null) return { part, codePoint };
  const geta = find(GETA, weight);
  if (geta === null) throw new Error(`${PACKAGE} is not whole`);
  return { part: geta, codePoint: GETA };
}
