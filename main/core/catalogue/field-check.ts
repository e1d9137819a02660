import type { Charset, FieldRule } from '../../contract/catalogue.ts';
import type { EntryProblem } from '../../contract/screens.ts';
import { hasCheckDigit } from './check-digit.ts';
import { normaliseField } from './normalise.ts';

const ALLOWED: Record<Charset, RegExp> = {
  digits: /^[0-9]*$/,
  'upper-digits': /^[0-9A-Z]*$/,
  alphanumeric: /^[0-9A-Za-z]*$/,
  // Also ヵ ヶ, ヷ to ヺ, ヽ ヾ: a name is as the register has it.
  kana: /^[ァ-ヺー-ヾ]*$/,
};

/** Nobody is older. Years. */
const OLDEST = 130;

/** Whether YYYYMMDD is a day of the calendar on which somebody who lives today may have been born. @param today YYYY-MM-DD; null: any day counts */
function isBirthDate(digits: string, today: string | null): boolean {
  const iso = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  const at = new Date(`${iso}T00:00:00Z`);
  // Months and days that are none are no time at all, or roll over into the next month.
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== iso) return false;
  return today === null || (iso <= today && Number(iso.slice(0, 4)) >= Number(today.slice(0, 4)) - OLDEST);
}

/**
 * What is wrong with a finished field, already folded. The first thing that a person can do something about.
 * @param today the calendar day in Japan, YYYY-MM-DD; null: a date may be of any time
 */
export function checkField(text: string, rule: FieldRule, today: string | null = null): EntryProblem | null {
  const { charset, least, most, prefix = '', checkDigit, holds } = rule;
  if (text === '') return 'empty';
  if (!ALLOWED[charset].test(text)) return 'charset';
  if (!text.startsWith(prefix.slice(0, text.length))) return 'prefix';
  if (text.length < least) return 'too-short';
  if (text.length > most) return 'too-long';
  if (checkDigit !== undefined && !hasCheckDigit(text, checkDigit)) return 'check-digit';
  if (holds === 'birth-date' && !isBirthDate(text, today)) return 'no-date';
  return null;
}

/** Keys that change the last kana, in rings: か -> が -> か; は -> ば -> は; は -> ぱ -> は; つ -> っ -> つ; い -> ぃ -> ゐ -> い. */
const MARKS: Readonly<Record<string, readonly string[]>> = {
  ゛: 'カガ キギ クグ ケゲ コゴ サザ シジ スズ セゼ ソゾ タダ チヂ ツヅ テデ トド ハバ ヒビ フブ ヘベ ホボ ウヴ ワヷ ヰヸ ヱヹ ヲヺ ヽヾ'.split(
    ' ',
  ),
  ゜: 'ハパ ヒピ フプ ヘペ ホポ'.split(' '),
  小: 'アァ イィヰ ウゥ エェヱ オォ カヵ ケヶ ツッ ヤャ ユュ ヨョ ワヮ'.split(' '),
};

function marked(text: string, key: string): string | null {
  const last = text.at(-1) ?? '';
  const ring = last === '' ? undefined : MARKS[key]?.find((one) => one.includes(last));
  if (ring === undefined) return null;
  return text.slice(0, -1) + (ring[(ring.indexOf(last) + 1) % ring.length] ?? last);
}

/** The same marks as a keyboard of half-width kana sends them. */
const HALF_MARKS: Readonly<Record<string, string>> = { ﾞ: '゛', ﾟ: '゜', '\u3099': '゛', '\u309a': '゜' };

/** In full width; what looks like a long mark is one. */
const keywordSign = (key: string) => key.normalize('NFKC').replace(/^[\p{Pd}\u2212~]$/u, 'ー');

/** A keyword may hold anything that a key can bring. */
export interface KeywordRule {
  readonly charset: 'keyword';
  readonly most: number;
}

/**
 * The text after one key of an on-screen keyboard; also ゛ ゜ 小, which change the last kana. In a field too many signs may be typed by one,
 * so that a person sees that it was too many. @returns null when the key does not belong there
 */
export function typing(text: string, given: string, rule: Pick<FieldRule, 'charset' | 'most'> | KeywordRule): string | null {
  const key = HALF_MARKS[given] ?? given;
  if (key in MARKS) return rule.charset === 'kana' || rule.charset === 'keyword' ? marked(text, key) : null;
  const sign = rule.charset === 'keyword' ? keywordSign(key) : normaliseField(key, rule.charset);
  if ([...sign].length !== 1) return null;
  if (rule.charset === 'keyword') return /^[\p{L}\p{N}ー]$/u.test(sign) && text.length < rule.most ? text + sign : null;
  if (!ALLOWED[rule.charset].test(sign)) return null;
  return text.length <= rule.most ? text + sign : null;
}

/**
 * Whether a field of this charset can hold what a key brings, or leaves it out as a space or a hyphen between groups. What cannot be is told,
 * so that nobody waits for it to appear.
 */
export function belongs(given: string, charset: Charset): boolean {
  const key = HALF_MARKS[given] ?? given;
  if (key in MARKS) return charset === 'kana';
  const sign = normaliseField(key, charset);
  return [...sign].length <= 1 && ALLOWED[charset].test(sign);
}

/** Signs that are taken for one another, where both can occur. */
const SIMILAR: Record<Charset, string> = {
  digits: '',
  'upper-digits': '0O1I5S2Z8B',
  alphanumeric: '0Oo1Il5Ss2Zz8B',
  kana: 'ソンシツー',
};

/** The signs of a text that are easily misread, each once, in order. */
export function similarSigns(text: string, charset: Charset): string {
  return [...new Set([...text].filter((sign) => SIMILAR[charset].includes(sign)))].join('');
}
