import type { Charset, FieldRule } from '../../contract/catalogue.ts';
import type { EntryProblem } from '../../contract/screens.ts';
import { hasCheckDigit } from './check-digit.ts';
import { foldField } from './fold.ts';

const ALLOWED: Record<Charset, RegExp> = {
  digits: /^[0-9]*$/,
  'upper-digits': /^[0-9A-Z]*$/,
  alphanumeric: /^[0-9A-Za-z]*$/,
  kana: /^[ァ-ヴー]*$/,
};

/** What is wrong with a finished field, already folded. The first thing that a person can do something about. */
export function checkField(text: string, rule: FieldRule): EntryProblem | null {
  const { charset, least, most, prefix = '', checkDigit } = rule;
  if (text === '') return 'empty';
  if (!ALLOWED[charset].test(text)) return 'charset';
  if (!text.startsWith(prefix.slice(0, text.length))) return 'prefix';
  if (text.length < least) return 'too-short';
  if (text.length > most) return 'too-long';
  if (checkDigit !== undefined && !hasCheckDigit(text, checkDigit)) return 'check-digit';
  return null;
}

/** Keys that change the last kana, in a ring: か -> が -> か; は -> ば -> は; は -> ぱ -> は; つ -> っ -> つ. */
const MARKS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  ゛: [...'カガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボウヴ'].reduce(pairs, []),
  ゜: [...'ハパヒピフプヘペホポ'].reduce(pairs, []),
  小: [...'アァイィウゥエェオォツッヤャユュヨョ'].reduce(pairs, []),
};

function pairs(done: (readonly [string, string])[], sign: string, at: number, all: string[]): (readonly [string, string])[] {
  return at % 2 === 0 ? [...done, [sign, all[at + 1] ?? ''] as const] : done;
}

function marked(text: string, key: string): string | null {
  const last = text.at(-1);
  const pair = MARKS[key]?.find((one) => last !== undefined && one.includes(last));
  if (pair === undefined) return null;
  return text.slice(0, -1) + (pair[0] === last ? pair[1] : pair[0]);
}

/** A keyword may hold anything that a key can bring. */
export interface KeywordRule {
  readonly charset: 'keyword';
  readonly most: number;
}

/**
 * The text after one key of an on-screen keyboard; also ゛ ゜ 小, which change the last kana. In a field too many signs may be typed by one,
 * so that a person sees that it was too many. @returns null when the key does not belong there
 */
export function typing(text: string, key: string, rule: Pick<FieldRule, 'charset' | 'most'> | KeywordRule): string | null {
  if (key in MARKS) return rule.charset === 'kana' || rule.charset === 'keyword' ? marked(text, key) : null;
  const sign = rule.charset === 'keyword' ? key.normalize('NFKC') : foldField(key, rule.charset);
  if ([...sign].length !== 1) return null;
  if (rule.charset === 'keyword') return /^[\p{L}\p{N}ー]$/u.test(sign) && text.length < rule.most ? text + sign : null;
  if (!ALLOWED[rule.charset].test(sign)) return null;
  return text.length <= rule.most ? text + sign : null;
}

/**
 * Whether a field of this charset can hold what a key brings, or leaves it out as a space or a hyphen between groups. What cannot be is told,
 * so that nobody waits for it to appear.
 */
export function belongs(key: string, charset: Charset): boolean {
  if (key in MARKS) return charset === 'kana';
  const sign = foldField(key, charset);
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
