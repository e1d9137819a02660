import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { ja } from './ja.ts';
import { plainText } from './ruby.ts';
import { textOf } from './texts.ts';

type Tree = { readonly [key: string]: string | Tree };
const leaves = (tree: Tree, path = ''): Map<string, string> =>
  new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...leaves(value, `${path}${key}.`)],
    ),
  );
const japanese = leaves(ja);
const english = leaves(en);
const MARK = /\{([^{}|]+)\|([^{}|]+)\}/g;
const VALUE = /\{\{(\w+)\}\}/g;
const valuesIn = (text: string) => [...text.matchAll(VALUE)].map(([, name]) => name).sort();

describe('the catalogues', () => {
  it('have the same texts, none empty, with the same values in them', () => {
    expect([...english.keys()].sort()).toEqual([...japanese.keys()].sort());
    for (const [key, text] of japanese) {
      expect(text.trim(), key).not.toBe('');
      expect(english.get(key)?.trim(), key).not.toBe('');
      expect(valuesIn(english.get(key) ?? ''), key).toEqual(valuesIn(text));
    }
  });

  it('give every kanji a reading in kana, and mark nothing that is not well formed', () => {
    for (const [key, text] of japanese) {
      const unmarked = text.replaceAll(MARK, '').replaceAll(VALUE, '');
      expect(unmarked, `${key}: kanji without a reading`).not.toMatch(/\p{Script=Han}/u);
      expect(unmarked, `${key}: a brace or bar is left over`).not.toMatch(/[{}|]/);
      for (const [, base, reading] of text.matchAll(MARK)) {
        expect(reading, `${key}: ${base}`).toMatch(/^[ぁ-ゖー]+$/);
        expect(base, `${key}: ${base}`).toMatch(/\p{Script=Han}/u);
      }
    }
  });

  it('never say that something is complete (完了), and speak no Japanese in English but the name of the language', () => {
    for (const [key, text] of japanese) expect(plainText(text), key).not.toContain('完了');
    for (const [key, text] of english) {
      if (key !== 'languageName.ja') expect(text, key).toMatch(/^[\x20-\x7e]*$/);
    }
  });

  it('tie words in Japanese without showing it', () => {
    expect(textOf('ja', 'pin.triesNow', { count: 2 })).toBe('あと\u20602\u2060{回|かい}です');
    expect(plainText(textOf('ja', 'pin.triesNow', { count: 2 }))).toBe('あと2回です');
    for (const [key, text] of english) expect(text, key).not.toContain('~');
  });
});
