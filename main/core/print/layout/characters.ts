/** Splits text into what a person sees as one character, and knows how many cells each takes. */
const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** One character with all that belongs to it (a voiced mark of its own, a joiner). `width`: cells. */
export interface Glyph {
  readonly text: string;
  readonly width: 1 | 2;
}

/**
 * A line holds no control sign: one that came in with a name would be a command to the printer. Each becomes a space, as do line ends
 * and half a surrogate pair; the joiner of composed signs stays.
 */
function clean(text: string): string {
  return text.replaceAll(/[^\P{C}\u200d]|[\u2028\u2029]/gu, ' ');
}

/** ASCII, Latin letters with marks, half-width katakana. What printers set in their kanji font takes two cells. */
const NARROW = /^[ -~¥À-ÖØ-öø-ɏ｡-ﾟ]/u;

/** Half-width katakana with a voiced mark: two cells, two signs of the printer's font. */
const HALF_WIDTH_KANA = /^[｡-ﾟ]+$/u;

export function glyphsOf(text: string): Glyph[] {
  return Array.from(graphemes.segment(clean(text)), ({ segment }) => segment)
    .flatMap((segment) => (HALF_WIDTH_KANA.test(segment) ? [...segment] : [segment]))
    .map((segment) => ({ text: segment, width: NARROW.test(segment) ? 1 : 2 }));
}

/** Cells of the plain size. */
export const widthOf = (glyphs: readonly Glyph[]): number => glyphs.reduce((sum, { width }) => sum + width, 0);
