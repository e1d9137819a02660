import { describe, expect, it } from 'vitest';
import { wordFaults } from '../check/words/all-faults.ts';
import { languagesOf, NAMESPACES, type WrittenWords } from '../check/words/read-words.ts';
import {
  codesWithoutWords,
  missingAndExtra,
  notes,
  placeholders,
  readings,
  spellings,
  unused,
} from '../check/words/word-faults.ts';

const NOTE = 'The title of a screen that is used in a test.';
/** Words without a fault: every file there, one text in each. */
function sound(): Record<string, Record<string, Record<string, { text: string; note?: string }>>> {
  const words: ReturnType<typeof sound> = {};
  for (const namespace of NAMESPACES) {
    for (const language of languagesOf(namespace)) {
      words[language] ??= {};
      words[language][namespace] = {
        [`${namespace}.title`]: language === 'ja' ? { text: '{紙|かみ}', note: NOTE } : { text: 'Paper' },
      };
    }
  }
  return words;
}
type Words = ReturnType<typeof sound>;
const change = (make: (words: Words) => void): WrittenWords => {
  const words = sound();
  make(words);
  return words;
};
const file = (words: Words, language: string, namespace = 'common') => {
  const found = words[language]?.[namespace];
  if (found === undefined) throw new Error('no such file');
  return found;
};

it('the words of this tree have no fault', () => {
  expect(wordFaults(`${import.meta.dirname}/../..`)).toEqual([]);
});

describe('the check of the words', () => {
  it('finds nothing in sound words', () => {
    const words = sound();
    for (const rule of [missingAndExtra, notes, placeholders, readings, spellings]) expect(rule(words)).toEqual([]);
  });

  it.each<[string, (words: Words) => void, RegExp]>([
    ['a missing key', (words) => delete file(words, 'en')['common.title'], /en\/common: common\.title is missing/],
    ['an extra key', (words) => (file(words, 'en')['common.more'] = { text: 'More' }), /en\/common: common\.more is too many/],
    ['a missing file', (words) => delete words['en']?.['common'], /en\/common\.json is missing/],
    ['a file that nobody reads', (words) => (words['en'] = { ...words['en'], other: {} }), /en\/other\.json: no namespace/],
    ['a language that nobody knows', (words) => (words['xx'] = {}), /xx: no language/],
    [
      'a key in two files',
      (words) => (file(words, 'ja', 'codes')['common.title'] = { text: 'x', note: NOTE }),
      /stands in common and in codes/,
    ],
  ])('finds %s', (_, make, fault) => {
    expect(missingAndExtra(change(make))).toContainEqual(expect.stringMatching(fault));
  });

  it('finds a text without a note, and a note at a translation', () => {
    expect(notes(change((words) => (file(words, 'ja')['common.title'] = { text: 'x' })))).toEqual([
      'ja/common: common.title has no note',
    ]);
    expect(notes(change((words) => (file(words, 'en')['common.title'] = { text: 'x', note: NOTE })))).toEqual([
      'en/common: the note of common.title belongs to ja',
    ]);
  });

  it.each<[string, string, string, RegExp]>([
    [
      'another placeholder',
      '{count}{回|かい}',
      '{number} times',
      /en\/common: common\.title has the values \(number\), ja has \(count\)/,
    ],
    ['one too few', '{count}{回|かい}', 'times', /has the values \(\)/],
    ['one in a plural', '{回|かい}', '{count, plural, one {# time} other {{more} times}}', /\(count, more\)/],
    ['a message that is none', '{count', '{count}', /ja\/common: common\.title is no message/],
    ['an empty text', '{回|かい}', ' ', /en\/common: common\.title is empty/],
  ])('finds %s', (_, ja, en, fault) => {
    const words = change((all) => {
      file(all, 'ja')['common.title'] = { text: ja, note: NOTE };
      file(all, 'en')['common.title'] = { text: en };
    });
    expect(placeholders(words)).toContainEqual(expect.stringMatching(fault));
  });

  it.each([
    ['漢字を', /kanji without a reading/],
    ['{漢字|カンジ}', /is no reading/],
    ['{かな|かな}', /is no reading/],
  ])('finds wrong readings in %s', (text, fault) => {
    const words = change((all) => (file(all, 'ja')['common.title'] = { text, note: NOTE }));
    expect(readings(words)).toContainEqual(expect.stringMatching(fault));
  });

  it.each(['{申込|もうしこみ}', '申込みの{紙|かみ}', '{申|もう}しこむ', '取消しの', '{取消|とりけし}', '取りけす'])(
    'finds the spelling %s',
    (text) => {
      const words = change((all) => (file(all, 'ja')['common.title'] = { text, note: NOTE }));
      expect(spellings(words)).toHaveLength(1);
    },
  );

  it.each(['申し込み', '{申|もう}し{込|こ}む', '取り消し', '申込支援端末'])('lets %s be', (text) => {
    const words = change((all) => (file(all, 'ja')['common.title'] = { text, note: NOTE }));
    expect(spellings(words)).toEqual([]);
  });

  it('finds a key that no source uses, and takes a key with parts for what it may be', () => {
    const words = change((all) => {
      for (const namespace of Object.keys(all['ja'] ?? {})) if (namespace !== 'common') delete all['ja']?.[namespace];
      for (const key of ['pin.wrong', 'pin.right', 'kinds.a']) file(all, 'ja')[key] = { text: 'x', note: NOTE };
    });
    const source = (text: string) => [{ text }];
    expect(unused(words, source(`t('common.title'); t('pin.wrong'); t(\`kinds.\${kind}\`)`))).toEqual([
      'common: pin.right is used by no source',
    ]);
    expect(unused(words, source(`t('common.title'); t(\`pin.\${what}\`)`))).toEqual(['common: kinds.a is used by no source']);
  });

  it('finds a code without words', () => {
    const codes = [{ what: 'refusal', codes: ['a', 'b'], keys: (code: string) => [`refused.${code}`] }];
    const words = change((all) => (file(all, 'ja', 'codes')['refused.a'] = { text: 'x', note: NOTE }));
    expect(codesWithoutWords(words, codes)).toEqual(['refusal b: no words refused.b']);
  });
});
