import type { Charset } from '../../contract/catalogue.ts';
import { romajiToKatakana } from './romaji.ts';

const HIRAGANA_TO_KATAKANA = 0x60;
/** Hyphens, dashes, minus signs and the tilde forms that people and scanners put between groups; NFKC leaves them apart. */
const SEPARATORS = /[\s\p{Pd}\u2212\u00ad_.・]/gu;

export function hiraganaToKatakana(text: string): string {
  return text.replaceAll(/[ぁ-ゖ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + HIRAGANA_TO_KATAKANA));
}

/**
 * A field as it is signed: full-width and half-width made one (NFKC), spaces and hyphens dropped, letters in upper case where the
 * charset has no other, kana in full-width katakana. What does not belong stays in: the check says so.
 */
export function foldField(text: string, charset: Charset): string {
  const plain = text.normalize('NFKC');
  switch (charset) {
    case 'digits':
    case 'alphanumeric':
      return plain.replaceAll(SEPARATORS, '');
    case 'upper-digits':
      return plain.replaceAll(SEPARATORS, '').toUpperCase();
    case 'kana':
      // The long mark is a letter here, and its look-alikes mean it.
      return hiraganaToKatakana(plain.replaceAll(/[\s・]/g, '')).replaceAll(/[\p{Pd}\u2212]/gu, 'ー');
  }
}

const SMALL = 'ァィゥェォッャュョヮヵヶ';
const LARGE = 'アイウエオツヤユヨワカケ';

/** Without what people leave out or write in different ways: marks above, long marks, small signs, spaces, points. */
function bare(kana: string): string {
  return kana
    .normalize('NFD')
    .replaceAll(/[\u3099\u309a]/g, '')
    .replaceAll(/[ーｰ\s・\p{P}\p{S}]/gu, '')
    .replaceAll(/[ァィゥェォッャュョヮヵヶ]/g, (sign) => LARGE[SMALL.indexOf(sign)] ?? sign)
    .normalize('NFC');
}

/**
 * For searching: every way of writing one name gives the same text. Romaji counts as its katakana, so that "paymint" finds ペイミント; a name in
 * letters is compared in both ways by the finder.
 */
export function foldKeyword(text: string): string {
  const plain = hiraganaToKatakana(text.normalize('NFKC').toLowerCase());
  return bare(romajiToKatakana(plain));
}

/** For searching in names that are written in letters: letters, digits and signs only, lower case. */
export function foldLetters(text: string): string {
  return hiraganaToKatakana(text.normalize('NFKC').toLowerCase()).replaceAll(/[\sー\p{P}\p{S}]/gu, '');
}
