import type { CheckDigit } from '../../contract/catalogue.ts';
import { luhnDigit } from '../../contract/receipt.ts';

const weighted = (digits: string, weight: (fromRight: number) => number): number =>
  [...digits].reduce((sum, digit, at) => sum + Number(digit) * weight(digits.length - 1 - at), 0);

/** The check digit of a body of decimal digits. Definitions: main/contract/catalogue.ts. */
export function checkDigitOf(body: string, kind: CheckDigit): number {
  switch (kind) {
    case 'luhn':
      return luhnDigit(body);
    case 'weighted-31':
      return (10 - (weighted(body, (at) => (at % 2 === 0 ? 3 : 1)) % 10)) % 10;
    case 'mod-11':
      return ((11 - (weighted(body, (at) => 2 + (at % 6)) % 11)) % 11) % 10;
  }
}

/** @param text digits, the check digit last */
export function hasCheckDigit(text: string, kind: CheckDigit): boolean {
  return text.length > 1 && checkDigitOf(text.slice(0, -1), kind) === Number(text.at(-1));
}
