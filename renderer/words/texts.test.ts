import { describe, expect, it } from 'vitest';
import { plainText, READING, TIE } from '../../main/contract/words/ruby.ts';
import { parseMessage } from '../../main/contract/words/texts.ts';
import { textOf } from './texts.ts';
import { PAGE_WORDS } from './words.generated.ts';

const texts = (language: keyof typeof PAGE_WORDS) =>
  PAGE_WORDS[language].flatMap((file) =>
    Object.entries<{ readonly text: string }>(file).map(([key, { text }]) => [key, text] as const),
  );

describe('the texts of the page', () => {
  it('never say that something is complete (完了), and speak no Japanese in English but the name of the language', () => {
    for (const [key, text] of texts('ja')) expect(plainText(text), key).not.toContain('完了');
    for (const [key, text] of texts('en')) {
      expect(text, key).toMatch(/^[\x20-\x7e]*$/);
      expect(text, key).not.toContain('~');
    }
  });

  it('say what is written, where nothing is put in', () => {
    for (const [key, text] of [...texts('ja'), ...texts('en')]) {
      if (/[{}]/.test(text.replaceAll(READING, ''))) continue;
      expect(parseMessage(text, 'ja-JP').format(), key).toBe(text.replaceAll('~', TIE));
    }
  });

  it('tie words in Japanese without showing it', () => {
    expect(textOf('ja', 'pin.triesNow', { count: 2 })).toBe('あと\u20602\u2060{回|かい}です');
    expect(plainText(textOf('ja', 'pin.triesNow', { count: 2 }))).toBe('あと2回です');
  });

  it('count and group as each language does', () => {
    expect(textOf('en', 'status.points', { points: 1 })).toBe('1 point');
    expect(textOf('en', 'status.points', { points: 20_000 })).toBe('20,000 points');
    expect(textOf('ja', 'status.points', { points: -1_500 })).toBe('-1,500 ポイント');
  });
});
