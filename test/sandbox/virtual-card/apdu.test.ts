import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Command, parseCommand } from './apdu.ts';
import { encodeFrame, frameReader, readerMessage } from './frames.ts';
import { maskCommand } from './log.ts';

const parse = (hex: string): Command | null => parseCommand(Buffer.from(hex, 'hex'));
const shape = (hex: string): unknown => {
  const command = parse(hex);
  if (command === null) return null;
  const { data, le, extended, malformed } = command;
  return [Buffer.from(data).toString('hex'), le, extended, malformed];
};

describe('command APDUs (ISO 7816-3 cases)', () => {
  test.each([
    ['case 1', '00200080', ['', null, false, false]],
    ['case 2 short', '00B0000010', ['', 16, false, false]],
    ['case 2 short, 256', '00B0000000', ['', 256, false, false]],
    ['case 3 short', '00A4020C020018', ['0018', null, false, false]],
    ['case 4 short', '802A008002ABCD00', ['abcd', 256, false, false]],
    ['case 2 extended, 65,536', '00B08A00000000', ['', 65_536, true, false]],
    ['case 2 extended', '00B08A0000062F', ['', 0x62f, true, false]],
    ['case 3 extended', '00A4020C0000020018', ['0018', null, true, false]],
    ['case 4 extended', '802A0080000002ABCD0100', ['abcd', 256, true, false]],
    ['too little data', '00A4020C0200', ['', null, false, true]],
    ['too much data', '00A4020C0200180000', ['', null, false, true]],
    ['six bytes with Lc 0', '00A4020C0000', ['', null, false, true]],
    ['extended Lc 0', '00A4020C000000FF', ['', null, false, true]],
    ['no header', '00A402', null],
    ['nothing', '', null],
  ])('%s', (_, hex, expected) => {
    expect(shape(hex)).toEqual(expected);
  });
});

describe('vpcd frames', () => {
  test('whole frames come out whatever the pieces of the stream are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 300 })),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (payloads, cuts) => {
          const stream = Buffer.concat(payloads.map(encodeFrame));
          const read = frameReader();
          const seen: Uint8Array[] = [];
          for (let at = 0, turn = 0; at < stream.length; turn += 1) {
            const length = cuts[turn % cuts.length] ?? 1;
            seen.push(...read(stream.subarray(at, at + length)));
            at += length;
          }
          expect(seen).toEqual(payloads);
        },
      ),
    );
  });

  test('one byte is a control, more is a command, the rest is ignored', () => {
    const of = (...bytes: number[]) => readerMessage(Uint8Array.from(bytes));
    expect([of(0), of(1), of(2), of(4)]).toEqual([
      { type: 'power', event: 'off' },
      { type: 'power', event: 'on' },
      { type: 'power', event: 'reset' },
      { type: 'atr' },
    ]);
    expect([of(), of(3), of(9)]).toEqual([null, null, null]);
    expect(of(0, 0xa4, 0, 0)).toMatchObject({ type: 'apdu' });
  });
});

describe('what the log hides', () => {
  test.each([
    ['002000800431323334', '0020008004********'],
    ['0024018004393837', '0024018004******'],
    ['8020009804', '8020009804'],
    ['00200080', '00200080'],
    ['00200080000004313233', '0020008000**********'],
    ['00A4020C020018', '00A4020C020018'],
  ])('%s', (command, logged) => {
    expect(maskCommand(Buffer.from(command, 'hex'))).toBe(logged);
  });
});
