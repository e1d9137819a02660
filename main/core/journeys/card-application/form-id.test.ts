import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../../test/support/runs.ts';
import { FORM_ID_GROUPS } from '../../../contract/application.ts';
import { receiptNumber } from '../../../contract/receipt.ts';
import { FORM_DIGITS, readFormScan, typeFormDigit } from './form-id.ts';

const form = '99002026112600000000007';
const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

it('the groups that people read hold all the digits', () => {
  expect(FORM_ID_GROUPS.reduce((sum: number, group) => sum + group, 0)).toBe(FORM_DIGITS);
});

describe('what a scanner reads', () => {
  it.each([
    ['alone', form],
    ['with the line end of a hand scanner', `${form}\r\n`],
    ['in groups', '9900 2026 1126 0000 0000 007'],
    ['with hyphens of all kinds', '9900-2026‐1126–0000−0000ー007'],
    ['full width', '９９００２０２６１１２６０００００００００　０７'],
    ['in a web address', `https://net.example.jp/SPS_0101?shinsei_id=${form}`],
    ['in a path', `https://example.jp/a1/${form}/b22`],
    ['from a US scanner on a Japanese machine', `https+//form.example.jp/apply?id^${form}&x`],
    ['from a Japanese scanner on a US machine', `https'//form.example.jp/apply?id_${form}`],
    ['with Caps Lock', `HTTPS://FORM.EXAMPLE.JP/APPLY?ID=${form}`],
    ['with an AIM identifier', `]Q3https://form.example.jp/apply?id=${form}`],
    ['as NW-7', `A${form}A`],
    ['in an address without http', `www.example.jp/?q=${form}&x=123`],
  ])('%s', (_, text) => {
    expect(readFormScan(text)).toEqual({ form });
  });

  it.each([
    ['a web address without a number', 'https://example.jp/', 'scan-url'],
    ['two numbers in one address: which?', `https://example.jp/${form}/${form}`, 'scan-url'],
    ['a longer number in an address', `https://example.jp/${form}0`, 'scan-url'],
    ['a shorter one', `https://example.jp/${form.slice(1)}`, 'scan-url'],
    ['a receipt of ours, as a code', 'MADO1R:1234567897', 'scan-receipt'],
    ['a receipt of ours, by a US scanner on a Japanese machine', 'MADO1R+1234567897', 'scan-receipt'],
    ['a receipt of ours, misread', 'MADO1R:1234567890', 'scan-receipt'],
    ['a receipt of ours, as digits', '123-456-7897', 'scan-receipt'],
    ['parts of GS1: 01 and goods, 21 and a serial', `]C101049123456789042112345`, 'scan-garbage'],
    ['the digits of a form in a code of GS1', `]d2${form}`, 'scan-garbage'],
    ['the digits of a receipt in one', ']Q31234567897', 'scan-garbage'],
    ['one digit less', form.slice(1), 'scan-garbage'],
    ['one digit more', `${form}1`, 'scan-garbage'],
    ['letters beside it', `ID${form}`, 'scan-garbage'],
    ['nothing', '', 'scan-garbage'],
    ['a control sign inside', `9900\u0000${form.slice(4)}`, 'scan-garbage'],
    ['digits of another script', '٩'.repeat(23), 'scan-garbage'],
    ['circled digits are no digits', '①'.repeat(23), 'scan-garbage'],
    ['script', `javascript:${form}`, 'scan-garbage'],
    ['too long', `https://example.jp/${'x'.repeat(600)}/${form}`, 'scan-garbage'],
  ])('%s', (_, text, problem) => {
    expect(readFormScan(text)).toEqual({ problem });
  });

  it('of any text, a form is only what holds its 23 digits', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), digits(23), digits(22), fc.webUrl()), (text) => {
        const read = readFormScan(text);
        if ('form' in read) {
          expect(read.form).toMatch(/^\d{23}$/);
          expect(text.normalize('NFKC').replaceAll(/\D/g, '')).toContain(read.form);
        }
      }),
      { numRuns: runs(100, 25) },
    );
  });

  it('any number of 23 digits is read whole, spaces or not, and no receipt is ever taken for one', () => {
    fc.assert(
      fc.property(digits(23), fc.nat({ max: 22 }), digits(9), (number, at, random) => {
        expect(readFormScan(`${number.slice(0, at)} ${number.slice(at)}`)).toEqual({ form: number });
        expect(readFormScan(receiptNumber(random))).toEqual({ problem: 'scan-receipt' });
      }),
      { numRuns: runs(100, 40) },
    );
  });
});

it('keys: digits only, and not one too many', () => {
  expect(typeFormDigit('12', '３')).toBe('123');
  for (const key of ['a', '', '12', ' ', '-', '①', '４５']) expect(typeFormDigit('12', key)).toBeNull();
  expect(typeFormDigit(form, '1')).toBeNull();
});
