/** Syllables by Hepburn and Kunrei, longest first where one begins another. */
const ROWS: Readonly<Record<string, string>> = {
  '': 'アイウエオ',
  k: 'カキクケコ',
  s: 'サシスセソ',
  t: 'タチツテト',
  n: 'ナニヌネノ',
  h: 'ハヒフヘホ',
  m: 'マミムメモ',
  r: 'ラリルレロ',
  l: 'ラリルレロ',
  g: 'ガギグゲゴ',
  z: 'ザジズゼゾ',
  d: 'ダヂヅデド',
  b: 'バビブベボ',
  p: 'パピプペポ',
};
const VOWELS = 'aiueo';
const SMALL_Y: Readonly<Record<string, string>> = { a: 'ャ', u: 'ュ', o: 'ョ' };

const TABLE: ReadonlyMap<string, string> = new Map([
  ...Object.entries(ROWS).flatMap(([consonant, signs]) =>
    [...VOWELS].map((vowel, at) => [consonant + vowel, signs[at] ?? ''] as const),
  ),
  ...Object.entries(ROWS)
    .filter(([consonant]) => consonant !== '')
    .flatMap(([consonant, signs]) =>
      Object.entries(SMALL_Y).map(([vowel, small]) => [`${consonant}y${vowel}`, (signs[1] ?? '') + small] as const),
    ),
  ...Object.entries({ sh: 'シ', ch: 'チ', j: 'ジ' }).flatMap(([consonant, sign]) => [
    ...Object.entries(SMALL_Y).map(([vowel, small]) => [consonant + vowel, sign + small] as const),
    [`${consonant}i`, sign] as const,
    [`${consonant}e`, `${sign}ェ`] as const,
  ]),
  ['tsu', 'ツ'],
  ['fu', 'フ'],
  ['fa', 'ファ'],
  ['fi', 'フィ'],
  ['fe', 'フェ'],
  ['fo', 'フォ'],
  ['va', 'ヴァ'],
  ['vi', 'ヴィ'],
  ['vu', 'ヴ'],
  ['ve', 'ヴェ'],
  ['vo', 'ヴォ'],
  ['ya', 'ヤ'],
  ['yu', 'ユ'],
  ['yo', 'ヨ'],
  ['wa', 'ワ'],
  ['wo', 'ヲ'],
  ['wi', 'ウィ'],
  ['we', 'ウェ'],
  ['ti', 'ティ'],
  ['di', 'ディ'],
  ['thi', 'ティ'],
  ['dhi', 'ディ'],
  ...Object.entries({ j: 'ジ', c: 'チ' }).flatMap(([consonant, sign]) =>
    Object.entries(SMALL_Y).map(([vowel, small]) => [`${consonant}y${vowel}`, sign + small] as const),
  ),
]);
const LONGEST = 3;

/** Letters as the kana they spell; what spells nothing stays. @param text lower case */
export function romajiToKatakana(text: string): string {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const doubled = /^([bcdfghjkmprstvwz])\1/.exec(rest) ?? /^t(?=ch)/.exec(rest);
    if (doubled !== null) {
      out += 'ッ';
      at += 1;
      continue;
    }
    const nasal = /^(?:nn(?![aiueoy])|n'|n(?=n)|n(?![aiueoyn])|m(?![aiueoym]))/.exec(rest);
    if (nasal !== null) {
      out += 'ン';
      at += nasal[0].length;
      continue;
    }
    let taken = 0;
    for (let length = Math.min(LONGEST, rest.length); length > 0 && taken === 0; length--) {
      const kana = TABLE.get(rest.slice(0, length));
      if (kana === undefined) continue;
      out += kana;
      taken = length;
    }
    if (taken === 0) {
      out += rest[0] ?? '';
      taken = 1;
    }
    at += taken;
  }
  return out;
}
