import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Contact, type ContactKind } from '../../../contract/application.ts';
import { checkContact, normaliseContact, typeContact } from './contact.ts';

describe('what is told of it', () => {
  it.each<[ContactKind, string, ReturnType<typeof checkContact>]>([
    ['email', 'taro@post.example.jp', null],
    ['email', 'Taro.Yamada+card@post.example.jp', null],
    // Old addresses of mobile companies are like this.
    ['email', 'taro..y.@mobile.example.jp', null],
    ['email', 'try..this..0511@docomo.ne.jp', null],
    ['email', "o'neill_1@post.example.jp", null],
    ['email', '', 'empty'],
    ['email', 'taro', 'no-at'],
    ['email', 'taro@@post.example.jp', 'two-ats'],
    ['email', 'a@b@c.example', 'two-ats'],
    ['email', 'taro@', 'no-domain'],
    ['email', 'taro@example', 'no-domain'],
    ['email', 'taro@example.', 'no-domain'],
    ['email', 'taro@.jp', 'no-domain'],
    ['email', 'taro@example..jp', 'no-domain'],
    ['email', '@example.jp', 'form'],
    ['email', 'ta(ro@example.jp', 'form'],
    ['email', 'taro@exa_mple.jp', 'form'],
    ['email', `${'a'.repeat(65)}@example.jp`, 'too-long'],
    ['phone', '0312345678', null],
    ['phone', '09012345678', null],
    ['phone', '', 'empty'],
    ['phone', '9012345678', 'no-zero'],
    ['phone', '819012345678', 'no-zero'],
    ['phone', '031234567', 'too-short'],
    ['phone', '090123456789', 'too-long'],
    ['phone', '03-1234', 'form'],
  ])('%s %s: %s', (kind, text, problem) => {
    expect(checkContact(kind, text)).toBe(problem);
  });

  it('what passes is of the contract', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('email' as const, 'phone' as const),
        fc.oneof(fc.string(), fc.emailAddress(), fc.stringMatching(/^0\d{5,12}$/)),
        (kind, text) => {
          if (checkContact(kind, text) === null && text.length <= 120)
            expect(Contact.safeParse({ kind, text }).success).toBe(true);
        },
      ),
    );
  });
});

it('folds full width, spaces, and the hyphens of a number', () => {
  expect(normaliseContact('email', ' ｔａｒｏ＠ｐｏｓｔ．ｅｘａｍｐｌｅ．ｊｐ ')).toBe('taro@post.example.jp');
  expect(normaliseContact('phone', '０９０－１２３４ー５６７８')).toBe('09012345678');
  expect(normaliseContact('phone', '(03) 1234-5678')).toBe('0312345678');
  expect(normaliseContact('email', 'a-b@c-d.example')).toBe('a-b@c-d.example');
});

it('keys: what does not belong there does nothing, and there is an end', () => {
  expect(typeContact('email', 'taro', '＠')).toBe('taro@');
  for (const key of ['あ', ' ', '\u0000', '', '💳']) expect(typeContact('email', 'taro', key)).toBeNull();
  expect(typeContact('phone', '090', '１')).toBe('0901');
  for (const key of ['a', '+', '-', '①b']) expect(typeContact('phone', '090', key)).toBeNull();
  expect(typeContact('email', 'a'.repeat(120), 'a')).toBeNull();
  expect(typeContact('phone', '0'.repeat(15), '0')).toBeNull();
});
