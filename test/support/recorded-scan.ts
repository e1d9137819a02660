import { Buffer } from 'node:buffer';
import { plainScan, type Scan, strokes } from './scanner.ts';

/** linux/input-event-codes.h, written down once more so that a slip in the table of the reader shows. */
const NUMBERS: Record<string, number> = {
  Enter: 28,
  Tab: 15,
  ShiftLeft: 42,
  DiskReserve: 57,
  Minus: 12,
  Equal: 13,
  BracketLeft: 26,
  BracketRight: 27,
  Semicolon: 39,
  Quote: 40,
  Backquote: 41,
  Backslash: 43,
  Comma: 51,
  Period: 52,
  Slash: 53,
  IntlRo: 89,
  IntlYen: 124,
  ...Object.fromEntries([...'1234567890'].map((digit, at) => [`Digit${digit}`, 2 + at])),
  ...Object.fromEntries([...'QWERTYUIOP'].map((letter, at) => [`Key${letter}`, 16 + at])),
  ...Object.fromEntries([...'ASDFGHJKL'].map((letter, at) => [`Key${letter}`, 30 + at])),
  ...Object.fromEntries([...'ZXCVBNM'].map((letter, at) => [`Key${letter}`, 44 + at])),
};

function event(type: number, code: number, value: number): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.writeBigInt64LE(1_795_000_000n, 0);
  bytes.writeUInt16LE(type, 16);
  bytes.writeUInt16LE(code, 18);
  bytes.writeInt32LE(value, 20);
  return bytes;
}

/** As the kernel gives a scan: scan code, key, and a report after each. */
export function recordedScan(scan: Partial<Scan>): Buffer {
  return Buffer.concat(
    strokes({ ...plainScan(''), ...scan }).flatMap(({ code, shift }) => {
      const number = NUMBERS[code];
      if (number === undefined) throw new Error(`no number for ${code}`);
      const key = (of: number, value: number) => [event(4, 4, 0x70000 + of), event(1, of, value), event(0, 0, 0)];
      return [...(shift ? key(42, 1) : []), ...key(number, 1), ...key(number, 0), ...(shift ? key(42, 0) : [])];
    }),
  );
}
