import type { RandomBytes } from '../ports.ts';

/** So many decimal digits, each as likely as any other. */
export function randomDigits(random: RandomBytes, count: number): string {
  let digits = '';
  // 250 is the largest multiple of ten in a byte: larger values would favour the digits 0 to 5.
  while (digits.length < count)
    for (const byte of random(count)) if (byte < 250 && digits.length < count) digits += String(byte % 10);
  return digits;
}
