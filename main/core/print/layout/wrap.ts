import { type Glyph, glyphsOf, widthOf } from './characters.ts';
import { mayEnd, mayStart } from './kinsoku.ts';

/**
 * `anywhere`: as Japanese is set. `phrases`: for the few words of a title in large type, where a phrase (文節) ends; a kanji is not parted from
 * the kana that go with it.
 */
export type Breaking = 'anywhere' | 'phrases';

/** Characters that a line break would tear apart badly: a Latin word or number, a word in katakana. */
const LATIN = /^[!-~À-ÖØ-öø-ɏ]/u;
const KATAKANA = /^[ァ-ヺー]/u;
const DIGIT = /^[0-9]/;
const HIRAGANA = /^[ぁ-ゖ]/u;
/** This kana is always a particle, and ends its phrase. */
const OBJECT = 'を';
const KANJI = /^\p{Script=Han}/u;

type Kind = 'latin' | 'katakana' | 'space' | 'other';
function kindOf({ text }: Glyph): Kind {
  if (text === ' ') return 'space';
  if (LATIN.test(text)) return 'latin';
  return KATAKANA.test(text) ? 'katakana' : 'other';
}

/** May a line end between these two? */
function breaks(before: Glyph, after: Glyph, how: Breaking): boolean {
  if (
    how === 'phrases' &&
    ((HIRAGANA.test(after.text) && before.text !== OBJECT) || (KANJI.test(before.text) && KANJI.test(after.text)))
  )
    return false;
  // A number stays with its counter: 5週間.
  if (DIGIT.test(before.text) && (KANJI.test(after.text) || after.text === 'か')) return false;
  const [left, right] = [kindOf(before), kindOf(after)];
  if (right === 'space') return false;
  if (left === right && left !== 'other') return false;
  return left === 'space' || (mayEnd(before.text) && mayStart(after.text));
}

/** What stays together. A space belongs to what it follows. */
function piecesOf(glyphs: readonly Glyph[], how: Breaking): Glyph[][] {
  const pieces: Glyph[][] = [];
  for (const glyph of glyphs) {
    const piece = pieces.at(-1);
    const last = piece?.at(-1);
    if (piece === undefined || last === undefined || breaks(last, glyph, how)) pieces.push([glyph]);
    else piece.push(glyph);
  }
  return pieces;
}

/** A katakana word that is longer than a line ends it after a long vowel, where its parts often meet: マイナンバー|カード. */
function longVowels(word: readonly Glyph[]): Glyph[][] {
  const parts: Glyph[][] = [];
  for (const [at, glyph] of word.entries()) {
    const last = parts.at(-1);
    // No part of one character.
    const meets = word[at - 1]?.text === 'ー' && KATAKANA.test(glyph.text) && at < word.length - 1;
    if (last === undefined || meets) parts.push([glyph]);
    else last.push(glyph);
  }
  return parts;
}

/** Without the spaces at its end, which need no paper. */
function trimmed(glyphs: readonly Glyph[]): Glyph[] {
  const last = glyphs.findLastIndex(({ text }) => text !== ' ');
  return glyphs.slice(0, last + 1);
}

const fits = (pieces: readonly (readonly Glyph[])[], columns: number) => widthOf(trimmed(pieces.flat())) <= columns;

/** A last line of so few characters looks like a mistake: it gets company from the line before. */
const LONELY = 3;

function comfort(lines: Glyph[][][], columns: number): void {
  const [before, last] = [lines.at(-2), lines.at(-1)];
  if (before === undefined || last === undefined) return;
  while (last.flat().length <= LONELY && before.length > 2) {
    const piece = before.at(-1) ?? [];
    if (!fits([piece, ...last], columns)) return;
    last.unshift(piece);
    before.pop();
  }
}

/**
 * Breaks text into lines of at most `columns` cells. Japanese breaks anywhere but where kinsoku forbids it; Latin words, numbers and
 * katakana words stay whole, unless one alone is longer than a line. Nothing is lost but spaces at line ends.
 * @param columns at least 2
 * @returns lines of at least one character; none for empty text
 */
export function wrap(text: string, columns: number, how: Breaking = 'anywhere'): Glyph[][] {
  const lines: Glyph[][][] = [[]];
  const line = () => lines.at(-1) ?? [];
  const place = (piece: Glyph[]) => {
    if (fits([...line(), piece], columns)) line().push(piece);
    else lines.push([piece]);
  };
  const placeAll = (pieces: readonly Glyph[][], finer: (piece: Glyph[]) => void) => {
    for (const piece of pieces) {
      if (fits([piece], columns)) place(piece);
      else finer(piece);
    }
  };
  const glyphByGlyph = (piece: Glyph[]) => {
    for (const glyph of piece) place([glyph]);
  };
  placeAll(piecesOf(glyphsOf(text), how), (phrase) =>
    placeAll(piecesOf(phrase, 'anywhere'), (word) => placeAll(longVowels(word), glyphByGlyph)),
  );
  comfort(lines, columns);
  return lines.map((pieces) => trimmed(pieces.flat())).filter((glyphs) => glyphs.length > 0);
}
