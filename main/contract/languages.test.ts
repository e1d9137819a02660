import { expect, it } from 'vitest';
import { z } from 'zod';
import { eachOf, inLanguage, localised } from './languages.ts';

it('words of others fall back to the language that stands in', () => {
  expect(inLanguage({ ja: '窓口', en: 'Counter' }, 'en')).toBe('Counter');
  expect(inLanguage({ ja: '窓口' }, 'en')).toBe('窓口');
  expect(inLanguage({ ja: '窓口', en: 'Counter' }, 'ja')).toBe('窓口');
});

it('Japanese is always there, other languages may be missing, and unknown ones are left out unless they are mistakes', () => {
  const words = localised(z.string());
  expect(words.parse({ ja: '窓口' })).toEqual({ ja: '窓口' });
  expect(words.parse({ ja: '窓口', zz: '?' })).toEqual({ ja: '窓口' });
  expect(words.safeParse({ en: 'Counter' }).success).toBe(false);
  expect(words.strict().safeParse({ ja: '窓口', eng: 'Counter' }).success).toBe(false);
});

it('each of them can be made into something else', () => {
  expect(eachOf({ ja: 'a', en: 'b' }, (text) => text.length)).toEqual({ ja: 1, en: 1 });
  expect(eachOf({ ja: 'a' }, (text) => text.length)).toEqual({ ja: 1 });
});
