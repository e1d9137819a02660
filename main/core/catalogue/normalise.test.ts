import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../test/support/runs.ts';
import { Charset } from '../../contract/catalogue.ts';
import { normaliseField, normaliseKeyword, normaliseLetters } from './normalise.ts';
import { romajiToKatakana } from './romaji.ts';

describe('a field', () => {
  it.each([
    ['６９００ 1234-5678‐9012', 'digits', '6900123456789012'],
    ['ab12 ｃｄ34', 'upper-digits', 'AB12CD34'],
    ['aB−1', 'alphanumeric', 'aB1'],
    ['やまだ　たろー', 'kana', 'ヤマダタロー'],
    ['ﾔﾏﾀﾞ ﾀﾛｰ', 'kana', 'ヤマダタロー'],
    ['ヤマダ・タロ−', 'kana', 'ヤマダタロー'],
  ] as const)('%s in %s is %s', (text, charset, folded) => {
    expect(normaliseField(text, charset)).toBe(folded);
  });

  it('anything at all: never throws, folding twice is folding once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...Charset.options), (text, charset) => {
        const once = normaliseField(text, charset);
        expect(normaliseField(once, charset)).toBe(once);
      }),
      { numRuns: runs(100, 25) },
    );
  });
});

describe('a keyword', () => {
  it.each(['ペイミント', 'ﾍﾟｲﾐﾝﾄ', 'ぺいみんと', 'peiminto', 'PEIMINTO', 'ペイ ミント', 'へいみんと'])(
    '%s finds ペイミント',
    (typed) => {
      expect(normaliseKeyword(typed)).toBe(normaliseKeyword('ペイミント'));
    },
  );
  it('long marks, small signs and points make no difference', () => {
    expect(normaliseKeyword('チャージ・カード')).toBe(normaliseKeyword('ちやしかと'));
  });
  it('anything at all: never throws, folding twice is folding once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(normaliseKeyword(normaliseKeyword(text))).toBe(normaliseKeyword(text));
        expect(normaliseLetters(normaliseLetters(text))).toBe(normaliseLetters(text));
      }),
      { numRuns: runs(100, 25) },
    );
  });
});

describe('romaji', () => {
  it.each([
    ['shashin', 'シャシン'],
    ['syasin', 'シャシン'],
    ['tsubaki', 'ツバキ'],
    ['tubaki', 'ツバキ'],
    ['kitte', 'キッテ'],
    ['matcha', 'マッチャ'],
    ['tampopo', 'タンポポ'],
    ['tanpopo', 'タンポポ'],
    ["kin'en", 'キンエン'],
    ['kinnen', 'キンネン'],
    ['annai', 'アンナイ'],
    ['fujisan', 'フジサン'],
    ['hujisan', 'フジサン'],
    ['jibun', 'ジブン'],
    ['zibun', 'ジブン'],
    ['x1', 'x1'],
  ])('%s is %s', (letters, kana) => {
    expect(romajiToKatakana(letters)).toBe(kana);
  });
});
