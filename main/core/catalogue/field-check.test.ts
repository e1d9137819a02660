import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../test/support/runs.ts';
import { CheckDigit, type FieldRule } from '../../contract/catalogue.ts';
import { checkDigitOf, hasCheckDigit } from './check-digit.ts';
import { belongs, checkField, similarSigns, typing } from './field-check.ts';
import { normaliseField } from './normalise.ts';

const rule = (given: Partial<FieldRule> = {}): FieldRule => ({
  label: { ja: '番号', en: 'Number' },
  charset: 'digits',
  least: 4,
  most: 8,
  where: 'card-back',
  secret: false,
  ...given,
});
const digits = (least: number, most = least) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: least, maxLength: most }).map((list) => list.join(''));

describe('a finished field', () => {
  it.each([
    ['', {}, 'empty'],
    ['12a4', {}, 'charset'],
    ['123', {}, 'too-short'],
    ['123456789', {}, 'too-long'],
    ['1234', { prefix: '69' }, 'prefix'],
    ['6900', { prefix: '69' }, null],
    ['79927398713', { least: 11, most: 11, checkDigit: 'luhn' }, null],
    ['79927398710', { least: 11, most: 11, checkDigit: 'luhn' }, 'check-digit'],
    ['4006381333931', { least: 13, most: 13, checkDigit: 'weighted-31' }, null],
    ['ABC1', { charset: 'upper-digits' }, null],
    ['abc1', { charset: 'upper-digits' }, 'charset'],
    ['ヤマダー', { charset: 'kana' }, null],
    ['やまだー', { charset: 'kana' }, 'charset'],
    ['1\u00002', {}, 'charset'],
    ['١٢٣٤', {}, 'charset'],
  ] as const)('%s: %o is %s', (text, given, problem) => {
    expect(checkField(text, rule(given))).toBe(problem);
  });

  it('anything at all: a verdict, no exception, and nothing right that has another sign in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const problem = checkField(text, rule());
        if (problem === null) expect(text).toMatch(/^[0-9]{4,8}$/);
      }),
      { numRuns: runs(100, 25) },
    );
  });
});

describe('a birth date', () => {
  const birth = rule({ least: 8, most: 8, holds: 'birth-date' });
  it.each([
    ['20231399', 'no-date'],
    ['19990230', 'no-date'],
    ['00000000', 'no-date'],
    ['19000229', 'no-date'],
    ['19960229', null],
    ['20000229', null],
    ['20230229', 'no-date'],
    ['19850406', null],
    ['19850400', 'no-date'],
    ['19850001', 'no-date'],
    ['19850431', 'no-date'],
    ['06041985', 'no-date'],
    ['20261127', null],
    ['20261128', 'no-date'],
    ['18951231', 'no-date'],
    ['18960101', null],
    ['99991231', 'no-date'],
    ['1985040', 'too-short'],
  ])('%s on 27 November 2026: %s', (text, problem) => {
    expect(checkField(text, birth, '2026-11-27')).toBe(problem);
  });
  it('is every day of the calendar up to today, and nothing else', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2026-11-27'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (at) => {
        const text = at.toISOString().slice(0, 10).replaceAll('-', '');
        expect(checkField(text, birth, '2026-11-27')).toBeNull();
      }),
    );
    fc.assert(
      fc.property(digits(8), (text) => {
        const [year, month, date] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))];
        const right = month >= 1 && month <= 12 && date >= 1 && date <= new Date(Date.UTC(year, month, 0)).getUTCDate();
        if (!right) expect(checkField(text, birth, '2026-11-27')).toBe('no-date');
      }),
    );
  });
  it('eight digits that are no date field stay what they are', () => {
    expect(checkField('20231399', rule({ least: 8, most: 8 }), '2026-11-27')).toBeNull();
  });
});

describe('check digits: what the 32 mistypes were', () => {
  it.each(CheckDigit.options)('%s finds every single wrong digit', (kind) => {
    fc.assert(
      fc.property(digits(15), fc.nat(15), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
        const text = body + String(checkDigitOf(body, kind));
        expect(hasCheckDigit(text, kind)).toBe(true);
        const wrong = text.slice(0, at) + String((Number(text[at]) + by) % 10) + text.slice(at + 1);
        // Mod 11 writes ten as zero: there one wrong digit in eleven remains, and only there.
        if (kind === 'mod-11') fc.pre(!ambiguous(body) && !ambiguous(wrong.slice(0, -1)));
        expect(hasCheckDigit(wrong, kind)).toBe(false);
      }),
    );
  });

  it('luhn finds every swap of neighbours but 09 and 90', () => {
    fc.assert(
      fc.property(digits(15), fc.nat(14), (body, at) => {
        const text = body + String(checkDigitOf(body, 'luhn'));
        const [a = '', b = ''] = text.slice(at, at + 2);
        fc.pre(a !== b && ![`${a}${b}`, `${b}${a}`].includes('09'));
        expect(hasCheckDigit(text.slice(0, at) + b + a + text.slice(at + 2), 'luhn')).toBe(false);
      }),
    );
  });

  const ambiguous = (body: string) => {
    const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (2 + ((body.length - 1 - at) % 6)), 0);
    return [0, 1].includes(sum % 11);
  };
});

describe('a name in kana', () => {
  const kana = rule({ charset: 'kana', least: 1, most: 20 });
  it.each([
    ['ミスヾ', 'ミスヾ'],
    ['いすゞ', 'イスヾ'],
    ['コヽロ', 'コヽロ'],
    ['こゝろ', 'コヽロ'],
    ['ヽ\u3099', 'ヾ'],
    ['ｽﾞヵヶ', 'ズヵヶ'],
    ['やゕゖ', 'ヤヵヶ'],
    ['ヷヸヹヺ', 'ヷヸヹヺ'],
    ['ワ\u3099', 'ヷ'],
    ['タロ～', 'タロー'],
    ['タロ〜', 'タロー'],
    ['ゐゑ', 'ヰヱ'],
    ['ジャン゠ポール', 'ジャンポール'],
    ['ヤマダ　タロウ', 'ヤマダタロウ'],
  ])('%s is taken as %s', (typed, signed) => {
    const folded = normaliseField(typed, 'kana');
    expect(folded).toBe(signed);
    expect(checkField(folded, kana)).toBeNull();
  });
  it('every kana that is taken can be typed with the keys of the screen', () => {
    const keys = [
      ...'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンーヽ',
      '゛',
      '゜',
      '小',
    ];
    const typed = new Set(keys.flatMap((key) => typing('', key, kana) ?? []));
    for (const text of typed) for (const mark of ['゛', '゜', '小']) typed.add(typing(text, mark, kana) ?? text);
    const taken = Array.from({ length: 0x5f }, (_, n) => String.fromCharCode(0x30a0 + n)).filter(
      (sign) => checkField(normaliseField(sign, 'kana'), kana) === null,
    );
    expect(taken).toContain('ヵ');
    expect(taken.filter((sign) => !typed.has(sign))).toEqual([]);
  });
});

describe('an on-screen key', () => {
  it('types what belongs there, folded; another sign does nothing', () => {
    expect(typing('12', '３', rule())).toBe('123');
    expect(typing('12', 'a', rule())).toBeNull();
    expect(typing('AB', 'c', rule({ charset: 'upper-digits' }))).toBe('ABC');
    expect(typing('ヤ', 'ま', rule({ charset: 'kana' }))).toBe('ヤマ');
    expect(typing('1234567', '8', rule())).toBe('12345678');
    expect(typing('', '\u0000', rule())).toBeNull();
    expect(typing('', '🍣', rule())).toBeNull();
    expect(typing('', '<b', rule())).toBeNull();
  });
  it('one too many is let in, so that it is seen, and no more', () => {
    expect(typing('12345678', '9', rule())).toBe('123456789');
    expect(checkField('123456789', rule())).toBe('too-long');
    expect(typing('123456789', '0', rule())).toBeNull();
  });
  it.each([
    ['digits', '１', true],
    ['digits', 'a', false],
    ['digits', '-', true],
    ['digits', '123', false],
    ['digits', '゛', false],
    ['upper-digits', 'c', true],
    ['kana', 'ま', true],
    ['kana', '゛', true],
    ['kana', '\u202e', false],
    ['alphanumeric', '\u0000', false],
    ['alphanumeric', '🍣', false],
  ] as const)('in a field of %s, %s belongs: %s', (charset, key, right) => {
    expect(belongs(key, charset)).toBe(right);
  });
  it.each([
    ['カ', '゛', 'ガ'],
    ['ガ', '゛', 'カ'],
    ['ハ', '゜', 'パ'],
    ['ツ', '小', 'ッ'],
    ['ア', '゛', null],
    ['', '゛', null],
    ['ヽ', '゛', 'ヾ'],
    ['ヾ', '゛', 'ヽ'],
    ['カ', '小', 'ヵ'],
    ['ケ', '小', 'ヶ'],
    ['ヶ', '小', 'ケ'],
    ['ワ', '゛', 'ヷ'],
    ['ワ', '小', 'ヮ'],
    ['イ', '小', 'ィ'],
    ['ィ', '小', 'ヰ'],
    ['ヰ', '小', 'イ'],
    ['ヱ', '小', 'エ'],
    ['ヲ', '゛', 'ヺ'],
  ] as const)('%s and %s make %s', (text, key, made) => {
    expect(typing(text, key, rule({ charset: 'kana' }))).toBe(made);
  });
  it('a keyword takes letters, digits and kana, at most so many', () => {
    expect(typing('さく', 'ら', { charset: 'keyword', most: 20 })).toBe('さくら');
    expect(typing('x'.repeat(20), 'y', { charset: 'keyword', most: 20 })).toBeNull();
    expect(typing('', '%', { charset: 'keyword', most: 20 })).toBeNull();
    const typed = (...keys: string[]) =>
      keys.reduce((text, key) => typing(text, key, { charset: 'keyword', most: 20 }) ?? `${text}?`, '');
    expect(typed('ﾋ', 'ﾞ', 'ｵ', 'ﾗ')).toBe('ビオラ');
    expect(typed('ケ', '～', 'キ')).toBe('ケーキ');
  });
});

it('names the signs that are easily misread, only where both can occur', () => {
  expect(similarSigns('A0O1', 'upper-digits')).toBe('0O1');
  expect(similarSigns('0123', 'digits')).toBe('');
});
