import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../test/support/runs.ts';
import type { PaymentService } from '../../contract/catalogue.ts';
import { receiptNumber } from '../../contract/receipt.ts';
import { readReceiptCode, readScan, readServiceCode, receiptCode, serviceCode } from './scanned.ts';

const terms: PaymentService['terms'] = {
  version: '2026-10-01',
  title: { ja: '特約', en: 'Terms' },
  summary: { ja: [], en: [] },
  paragraphs: { ja: [], en: [] },
};
const card: PaymentService = {
  id: 'card',
  name: { ja: 'カード', en: 'Card' },
  kana: 'カード',
  category: 'prepaid',
  grantOn: ['charge'],
  account: {
    label: { ja: '番号', en: 'Number' },
    charset: 'digits',
    least: 11,
    most: 11,
    prefix: '7992',
    checkDigit: 'luhn',
    where: 'card-back',
    secret: false,
  },
  codes: [{ label: { ja: 'コード', en: 'Code' }, charset: 'digits', least: 4, most: 4, where: 'card-back', secret: true }],
  appCode: null,
  appOnly: false,
  preRegistration: null,
  minors: true,
  phoneNeeded: false,
  lastDay: '2030-01-01',
  sameDayCounts: true,
  maxChargePerTime: null,
  signUpUrl: 'https://card.example.jp/',
  terms,
};
const app: PaymentService = {
  ...card,
  id: 'app',
  account: { label: { ja: 'ID', en: 'ID' }, charset: 'upper-digits', least: 6, most: 6, where: 'app-account', secret: false },
  appCode: { prefix: 'app:', separator: ':', parts: ['account', 'code-1'] },
};
const services = [card, app];

describe('a scan', () => {
  it.each([
    ['79927398713', card, { kind: 'fields', account: '79927398713', codes: [] }],
    ['7992 7398 713\r\n', card, { kind: 'fields', account: '79927398713', codes: [] }],
    ['79927398710', card, { kind: 'scan-garbage' }],
    ['app:ab12cd:1234', app, { kind: 'fields', account: 'AB12CD', codes: ['1234'] }],
    ['app:ab12cd', app, { kind: 'scan-garbage' }],
    ['app:ab12cd:1234', card, { kind: 'other-service' }],
    ['79927398713', app, { kind: 'other-service' }],
    ['https://example.com/79927398713', card, { kind: 'scan-url' }],
    ['', card, { kind: 'scan-garbage' }],
    ['7992\u00007398713', card, { kind: 'scan-garbage' }],
    ['\u202e31789372997', card, { kind: 'scan-garbage' }],
    ["'; DROP TABLE links; --", card, { kind: 'scan-garbage' }],
    ['<img src=x onerror=alert(1)>', card, { kind: 'scan-garbage' }],
    ['9'.repeat(512), card, { kind: 'scan-garbage' }],
  ] as const)('%j', (text, service, expected) => {
    expect(readScan(text, service, services)).toEqual(expected);
  });

  it('anything at all: never throws, and takes nothing for an account that is none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), fc.constantFrom(...services), (text, service) => {
        const scan = readScan(text, service, services);
        if (scan.kind === 'fields') expect(scan.account).toMatch(/^[0-9A-Zァ-ヴーa-z]*$/);
      }),
      { numRuns: runs(100, 25) },
    );
  });
});

const letters: PaymentService = {
  ...app,
  id: 'letters',
  account: { label: { ja: 'ID', en: 'ID' }, charset: 'upper-digits', least: 8, most: 10, where: 'card-back', secret: false },
  appCode: null,
};
const long: PaymentService = {
  ...letters,
  id: 'long',
  account: { label: { ja: '番号', en: 'Number' }, charset: 'digits', least: 16, most: 16, where: 'card-back', secret: false },
};

describe('what a scanner, a symbology or a keyboard does to a code', () => {
  it.each([
    // NW-7 (B09: SOURCES.md, Cases: scanner and touch)
    ['A6900123456789013A', long, '6900123456789013'],
    ['a6900123456789013d\r', long, '6900123456789013'],
    ['B6900-1234-5678-9013C', long, '6900123456789013'],
    ['A12345678A', letters, '12345678'],
    [']F0A12345678A', letters, '12345678'],
    // The other names of the stop signs, which scanners can be set to.
    ['A6900123456789013T', long, '6900123456789013'],
    ['b6900123456789013n', long, '6900123456789013'],
    ['C6900123456789013*', long, '6900123456789013'],
    [']F0d6900123456789013e', long, '6900123456789013'],
    ['A6900123456789013E', long, '6900123456789013'],
    [']F0A12345678T', letters, '12345678'],
    // Only NW-7 has them; without its name a number of letters stays whole.
    ['A12345678T', letters, 'A12345678T'],
    // Code 128 says that it is none: then the letters are the account's own.
    [']C0A12345678A', letters, 'A12345678A'],
    // AIM identifiers, FNC1, Code 39
    [']C06900123456789013', long, '6900123456789013'],
    [']c06900123456789013', long, '6900123456789013'],
    [']C0\u001d6900123456789013\u001d', long, '6900123456789013'],
    ['6900123456789013\u001d\r\n', long, '6900123456789013'],
    ['\u00026900123456789013\u0003', long, '6900123456789013'],
    ['69001234\u001d56789013', long, '6900123456789013'],
    [']I06900123456789013', long, '6900123456789013'],
    ['*AB123456*', letters, 'AB123456'],
    [']Q2\\0000266900123456789013', long, '6900123456789013'],
    ['６９００１２３４５６７８９０１３', long, '6900123456789013'],
    // A US scanner's ] on a Japanese machine is [, a Japanese one's on a US machine is \\: no bare number is guessed from that.
    ['app:AB12CD:1234', app, 'AB12CD'],
    ['app+AB12CD+1234', app, 'AB12CD'],
    ['APP:ab12cd:1234', app, 'AB12CD'],
    ['APP+ab12cd+1234', app, 'AB12CD'],
    ["app'AB12CD'1234", app, 'AB12CD'],
  ] as const)('%j', (text, service, account) => {
    expect(readScan(text, service, [card, app, letters, long])).toMatchObject({ kind: 'fields', account });
  });

  it.each(['6900=1234=5678=9013', '6900123456789013&x', '[C16900123456789013', 'A6900123456789013F', 'T6900123456789013A'])(
    '%j is no number',
    (text) => {
      expect(readScan(text, long, [card, app, letters, long])).toEqual({ kind: 'scan-garbage' });
    },
  );

  const STRUCTURED = [']C1', ']c1', ']C2', ']e0', ']e1', ']d2', ']D2', ']d5', ']Q3', ']Q4', ']J1', ']J4', ']z1', ']E0', ']E4'];
  it.each(STRUCTURED)('%s names parts or goods: a number in it is nobody’s, one that says what it is still counts', (aim) => {
    const goods = '0104912345678904';
    for (const text of [goods, `\u001d${goods}\u001d`, '6900123456789013', '69001234\u001d56789013'])
      for (const end of ['', '\r\n']) {
        expect(readScan(`${aim}${text}${end}`, long, [card, app, letters, long])).toEqual({ kind: 'scan-garbage' });
        expect(readScan(`\u0002${aim}${text}${end}`, long, [card, app, letters, long])).toEqual({ kind: 'scan-garbage' });
      }
    expect(readScan(`${aim}A12345678A`, letters, [card, app, letters, long])).toEqual({ kind: 'scan-garbage' });
    expect(readReceiptCode(`${aim}1234567897`)).toBeNull();
    expect(readReceiptCode(`${aim}MADO1R:1234567897`)).toBe('1234567897');
    expect(readServiceCode(`${aim}MADO1S:card`, [card, app])).toBe('card');
    expect(readScan(`${aim}app:AB12CD:1234`, app, [card, app])).toMatchObject({ kind: 'fields', account: 'AB12CD' });
  });

  it('a receipt and a service are read from what a machine of another layout, or with Caps Lock, makes of them', () => {
    for (const text of [
      'MADO1R+1234567897',
      'mado1r:1234567897',
      'mado1r+1234567897',
      "MADO1R'1234567897",
      ']Q1MADO1R:1234567897',
    ])
      expect(readReceiptCode(text)).toBe('1234567897');
    for (const text of ['MADO1S+card', 'mado1s:CARD', 'mado1s+CARD', 'MADO1S:card\r\n'])
      expect(readServiceCode(text, [card, app])).toBe('card');
  });
});

describe('codes of slips', () => {
  it('a service, if it is there; a pay app names its service too', () => {
    expect(readServiceCode(serviceCode('card'), services)).toBe('card');
    expect(readServiceCode('app:anything', services)).toBe('app');
    for (const text of [serviceCode('nobody'), 'MADO1S:', 'MADO1S:<b>', '79927398713', '']) {
      expect(readServiceCode(text, services)).toBeNull();
    }
  });

  it('a receipt number, typed or scanned; a wrong check digit is none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (n) => {
        const receipt = receiptNumber(String(n).padStart(9, '0'));
        expect(readReceiptCode(receiptCode(receipt))).toBe(receipt);
        expect(readReceiptCode(`${receipt.slice(0, 3)}-${receipt.slice(3, 6)}-${receipt.slice(6)}`)).toBe(receipt);
        const wrong = receipt.slice(0, -1) + String((Number(receipt.at(-1)) + 1) % 10);
        expect(readReceiptCode(wrong)).toBeNull();
      }),
    );
    for (const text of ['', 'MADO1R:', '123', 'x'.repeat(600)]) expect(readReceiptCode(text)).toBeNull();
  });
});
