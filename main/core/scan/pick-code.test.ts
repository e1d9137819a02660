import { expect, it } from 'vitest';
import { pickCode } from './pick-code.ts';

const digits = (text: string) => (/^\d{4}$/.test(text) ? text : /^x\d{4}$/.test(text) ? text.slice(1) : null);

it('takes the code that fits, wherever it is in the picture', () => {
  expect(pickCode({ text: '1234' }, digits)).toEqual({ text: '1234' });
  expect(pickCode({ text: '1234', also: ['no', 'never'] }, digits)).toEqual({ text: '1234' });
  expect(pickCode({ text: 'no', also: ['never', '1234'] }, digits)).toEqual({ text: '1234' });
});

it('two that mean the same are one; two that do not are nobody’s to choose from', () => {
  expect(pickCode({ text: 'x1234', also: ['1234'] }, digits)).toEqual({ text: 'x1234' });
  expect(pickCode({ text: '1234', also: ['no', '5678'] }, digits)).toBe('several');
});

it('where none fits, the first says what is wrong', () => {
  expect(pickCode({ text: 'no', also: ['never'] }, digits)).toEqual({ text: 'no' });
});
