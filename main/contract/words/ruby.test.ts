import { expect, it } from 'vitest';
import { plainText, rubyParts } from './ruby.ts';

it('splits a text into words with readings and what lies between them', () => {
  expect(rubyParts('{暗証|あんしょう}は{数字|すうじ}4けた')).toEqual([
    { base: '暗証', reading: 'あんしょう' },
    { base: 'は', reading: null },
    { base: '数字', reading: 'すうじ' },
    { base: '4けた', reading: null },
  ]);
  expect(rubyParts('')).toEqual([]);
});

it('leaves alone what is no mark-up', () => {
  for (const text of ['{a|}', '{|b}', '{a}', 'a|b', '{{count}}']) {
    expect(rubyParts(text)).toEqual([{ base: text, reading: null }]);
    expect(plainText(text)).toBe(text);
  }
});

it('says the words only, without readings and ties', () => {
  expect(plainText('{係|かかり}の\u2060{人|ひと}')).toBe('係の人');
});
