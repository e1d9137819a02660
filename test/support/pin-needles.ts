import { formsOf } from '../run/secrets.ts';
import type { MemoryNeedle } from './memory-search.ts';

/** The digits of a PIN as numbers of so many bytes each, as a list of numbers lies in memory. */
const numbers = (pin: string, width: number, write: (to: Buffer, digit: number, at: number) => void): Buffer => {
  const bytes = Buffer.alloc(pin.length * width);
  for (const [index, digit] of [...pin].entries()) write(bytes, Number(digit), index * width);
  return bytes;
};

/** The VERIFY command with these digits in every encoding, and the digits by themselves: as text, and as lists of numbers the way V8 keeps them. */
export function pinNeedles(pin: string): MemoryNeedle[] {
  const command = Buffer.concat([Buffer.from('0020009804', 'hex'), Buffer.from(pin)]);
  const text = formsOf(command).map(({ form, bytes }) => ({ form: `VERIFY, ${form}`, bytes }));
  return [
    ...text.map((needle, index) => ({ ...needle, form: `${needle.form} ${index}` })),
    { form: 'VERIFY, hex, two bytes a sign', bytes: Buffer.from(command.toString('hex'), 'utf16le') },
    { form: 'digits', bytes: Buffer.from(pin), alone: true },
    { form: 'digits, two bytes a sign', bytes: Buffer.from(pin, 'utf16le'), alone: true },
    { form: 'digits, hex', bytes: Buffer.from(Buffer.from(pin).toString('hex')), alone: true },
    { form: 'digits, base64', bytes: Buffer.from(Buffer.from(pin).toString('base64').replaceAll('=', '')), alone: true },
    { form: 'digits, bytes', bytes: numbers(pin, 1, (to, digit, at) => to.writeUInt8(digit, at)) },
    { form: 'digits, 32 bits', bytes: numbers(pin, 4, (to, digit, at) => to.writeUInt32LE(digit, at)) },
    { form: 'digits, small integers', bytes: numbers(pin, 8, (to, digit, at) => to.writeUInt32LE(digit, at + 4)) },
    { form: 'digits, compressed small integers', bytes: numbers(pin, 4, (to, digit, at) => to.writeUInt32LE(digit * 2, at)) },
    { form: 'digits, doubles', bytes: numbers(pin, 8, (to, digit, at) => to.writeDoubleLE(digit, at)) },
  ];
}
