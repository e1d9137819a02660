import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
    );
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
