import { describe, expect, it } from 'vitest';
import { createTexts } from './texts.ts';

interface Words {
  plain: Record<never, never>;
  read: { name: string };
  count: { count: number };
  missing: Record<never, never>;
}

const textOf = createTexts<'ja' | 'en', Words>(
  {
    ja: [
      { plain: { text: '{全部|ぜんぶ}{消|け}す、{漢字|かんじ}の~{紙|かみ}' } },
      { read: { text: '{名前|なまえ}は「{name}」' }, count: { text: '{count, number}{円|えん}' } },
    ],
    en: [
      {
        plain: { text: "It's <b> & '" },
        read: { text: "{name}'s name" },
        count: { text: '{count, plural, one {# second} other {# seconds}}' },
      },
    ],
  },
  { ja: 'ja-JP', en: 'en-GB' },
);

describe('a text', () => {
  it('keeps its readings and ties its words', () => {
    expect(textOf('ja', 'plain')).toBe('{全部|ぜんぶ}{消|け}す、{漢字|かんじ}の\u2060{紙|かみ}');
    expect(textOf('ja', 'read', { name: 'ab' })).toBe('{名前|なまえ}は「ab」');
    expect(textOf('ja', 'count', { count: 20_000 })).toBe('20,000{円|えん}');
  });

  it('takes values as they are, whatever is in them', () => {
    for (const name of ['{x}', '{漢字|かんじ}', "'{", '~', '#', '<b>']) {
      expect(textOf('ja', 'read', { name })).toBe(`{名前|なまえ}は「${name}」`);
    }
  });

  it('keeps apostrophes and pointed brackets, and has plurals', () => {
    expect(textOf('en', 'plain')).toBe("It's <b> & '");
    expect(textOf('en', 'read', { name: 'A' })).toBe("A's name");
    expect([0, 1, 2].map((count) => textOf('en', 'count', { count }))).toEqual(['0 seconds', '1 second', '2 seconds']);
  });

  it('that is missing is its key, not a text of another language', () => {
    expect(textOf('en', 'missing')).toBe('missing');
  });
});
