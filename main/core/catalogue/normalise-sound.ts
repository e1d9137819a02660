import { hiraganaToKatakana, normaliseKeyword } from './normalise.ts';
import { romajiToKatakana } from './romaji.ts';

/** Kana by the vowel that they end in. */
const ENDS: Readonly<Record<string, string>> = {
  ア: 'アカガサザタダナハバパマヤラワァャヮ',
  イ: 'イキギシジチヂニヒビピミリヰィ',
  ウ: 'ウクグスズツヅヌフブプムユルゥュ',
  エ: 'エケゲセゼテデネヘベペメレヱェ',
  オ: 'オコゴソゾトドノホボポモヨロヲォョ',
};
/** What makes that vowel long. */
const LONG: Readonly<Record<string, string>> = { ア: 'アァ', イ: 'イィ', ウ: 'ウゥ', エ: 'エェイィ', オ: 'オォウゥ' };
const vowelOf = new Map(Object.entries(ENDS).flatMap(([vowel, signs]) => [...signs].map((sign) => [sign, vowel] as const)));

/** Two spellings of one sound (内閣告示 外来語の表記, 現代仮名遣い): the second is how most people hear it. */
const SAME: readonly (readonly [RegExp, string])[] = [
  [/(.)[ヽヾ]/gu, '$1$1'],
  [/ヴァ|ヷ/g, 'バ'],
  [/ヴィ|ヸ/g, 'ビ'],
  [/ヴェ|ヹ/g, 'ベ'],
  [/ヴォ|ヺ/g, 'ボ'],
  [/ヴ(?=[ャュョ])/g, 'ビ'],
  [/ヴ/g, 'ブ'],
  [/ティ/g, 'チ'],
  [/ディ|ヂ|ズィ/g, 'ジ'],
  [/テュ/g, 'チュ'],
  [/デュ/g, 'ジュ'],
  [/トゥ/g, 'ツ'],
  [/ドゥ|ヅ/g, 'ズ'],
  [/スィ/g, 'シ'],
  [/シェ/g, 'セ'],
  [/ジェ/g, 'ゼ'],
  [/ク[ヮァワア]/g, 'カ'],
  [/グ[ヮァワア]/g, 'ガ'],
  [/(?<=[イキギシジチヂニヒビピミリヰ])[ヤャ]/g, 'ア'],
  [/フュ/g, 'ヒュ'],
  [/フ[ァア]/g, 'ハ'],
  [/フ[ィイ]/g, 'ヒ'],
  [/フ[ェエ]/g, 'ヘ'],
  [/フ[ォオ]/g, 'ホ'],
  [/ク[ィイ]/g, 'キ'],
  [/ク[ェエ]/g, 'ケ'],
  [/ク[ォオ]/g, 'コ'],
  [/ヰ/g, 'イ'],
  [/ヱ/g, 'エ'],
  [/ヲ/g, 'オ'],
];

/** Without what only makes a vowel long, however it is written: ー, or the vowel itself, or い after え and う after お. */
function shortened(kana: string): string {
  let out = '';
  let vowel: string | undefined;
  for (const sign of kana) {
    if (sign === 'ー' || (vowel !== undefined && LONG[vowel]?.includes(sign))) continue;
    out += sign;
    vowel = vowelOf.get(sign);
  }
  return out;
}

/**
 * For searching by ear: what sounds alike is one text. ヴィオラ and ビオラ, かんづめ and かんずめ, ケーキ and けいき, トーキョー, とうきょう, とおきょお and
 * tokyo; with hiragana, half width and small signs folded as `normaliseKeyword` does. Shorter than what was typed, so a look by letters comes first.
 */
export function normaliseSound(text: string): string {
  // Marks of Latin letters go (ō), those of kana are put on them.
  const letters = text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/(?![\u3099\u309a])\p{M}/gu, '')
    .normalize('NFC');
  const kana = romajiToKatakana(hiraganaToKatakana(letters.replaceAll(/[^\p{L}\p{N}ー]/gu, '')));
  return normaliseKeyword(shortened(SAME.reduce((said, [spelling, sound]) => said.replaceAll(spelling, sound), kana)));
}
