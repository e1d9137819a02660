import type { Charset } from '../../contract/catalogue.ts';
import { romajiToKatakana } from './romaji.ts';

const HIRAGANA_TO_KATAKANA = 0x60;
/** Hyphens, dashes, minus signs and the tilde forms that people and scanners put between groups; NFKC leaves them apart. */
const SEPARATORS = /[\s\p{Pd}\u2212\u00ad_.・]/gu;

export function hiraganaToKatakana(text: string): string {
  return text.replaceAll(/[ぁ-ゖゝゞ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + HIRAGANA_TO_KATAKANA));
}

/**
 * A field as it is signed: full-width and half-width made one (NFKC), spaces and hyphens dropped, letters in upper case where the
 * charset has no other, kana in full-width katakana. What does not belong stays in: the check says so.
 */
export function normaliseField(text: string, charset: Charset): string {
  const plain = text.normalize('NFKC');
  switch (charset) {
    case 'digits':
    case 'alphanumeric':
      return plain.replaceAll(SEPARATORS, '');
    case 'upper-digits':
      // Only ASCII: what another script makes of upper case does not belong here anyway.
      return plain.replaceAll(SEPARATORS, '').replaceAll(/[a-z]/g, (letter) => letter.toUpperCase());
    case 'kana':
      // The long mark is a letter here, and its look-alikes mean it (a full-width ～ is ~ in NFKC); what stands between two names is none.
      return hiraganaToKatakana(plain.replaceAll(/[\s・=\u30a0]/g, '')).replaceAll(/[\p{Pd}\u2212~]/gu, 'ー');
  }
}

const SMALL = 'ァィゥェォッャュョヮヵヶ';
const LARGE = 'アイウエオツヤユヨワカケ';

/** Letters and digits only, without marks: what people leave out or write in different ways (゛, ー, small signs, spaces, points). */
function bare(text: string): string {
  return hiraganaToKatakana(text.normalize('NFKD').toLowerCase().normalize('NFKD'))
    .replaceAll(/[^\p{L}\p{N}]|[ーｰ]/gu, '')
    .replaceAll(/[ァィゥェォッャュョヮヵヶ]/g, (sign) => LARGE[SMALL.indexOf(sign)] ?? sign);
}

/**
 * For searching: every way of writing one name gives the same text. Romaji counts as its katakana, so that "paymint" finds ペイミント; a name in
 * letters is compared in both ways by the finder.
 */
export function normaliseKeyword(text: string): string {
  return bare(romajiToKatakana(bare(text)));
}

/** For searching in names that are written in letters: letters and digits only, lower case. */
export function normaliseLetters(text: string): string {
  return bare(text);
}
