import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PrintFailure } from '../../../contract/slip.ts';
import { createStatusReader, paperNearEnd, realTimeTrouble, type Said } from './status.ts';

const read = (...chunks: number[][]): Said[] => {
  const said: Said[] = [];
  const take = createStatusReader((one) => said.push(one));
  for (const chunk of chunks) take(Uint8Array.from(chunk));
  return said;
};

describe('what a printer says', () => {
  it.each([
    ['nothing wrong', [0x12, 0x12, 0x12, 0x12], null],
    ['paper near its end', [0x12, 0x12, 0x12, 0x1e], null],
    ['drawer open', [0x16, 0x12, 0x12, 0x12], null],
    ['paper out', [0x1a, 0x32, 0x12, 0x7e], 'paper-out'],
    ['paper out, seen by the sensor only', [0x12, 0x12, 0x12, 0x72], 'paper-out'],
    ['cover open', [0x1a, 0x16, 0x12, 0x12], 'cover-open'],
    ['cover open, and so no paper seen', [0x1a, 0x36, 0x12, 0x7e], 'cover-open'],
    ['knife stuck', [0x1a, 0x52, 0x1a, 0x12], 'refused'],
    ['broken', [0x1a, 0x52, 0x32, 0x12], 'refused'],
    ['off the line', [0x1a, 0x12, 0x12, 0x12], 'offline'],
    ['paper fed by hand', [0x1a, 0x1a, 0x12, 0x12], 'offline'],
  ] as const)('%s', (_, [printer, cause, error, paper], trouble) => {
    expect(realTimeTrouble(printer, cause, error, paper)).toBe(trouble);
  });

  it.each([
    ['nothing wrong', [0x10, 0, 0, 0], null],
    ['paper near its end', [0x10, 0, 0x03, 0], null, true],
    ['paper near its end, by one of its two bits', [0x10, 0, 0x01, 0], null, true],
    ['paper near its end, by the other', [0x10, 0, 0x02, 0], null, true],
    ['paper near its end and out', [0x18, 0, 0x0f, 0], 'paper-out'],
    ['paper out', [0x18, 0, 0x0c, 0], 'paper-out'],
    ['cover open', [0x38, 0, 0x0c, 0], 'cover-open'],
    ['knife stuck', [0x18, 0x08, 0, 0], 'refused'],
    ['off the line', [0x18, 0, 0, 0], 'offline'],
  ] as [string, number[], PrintFailure | null, boolean?][])('by itself: %s', (_, group, trouble, paperLow = false) => {
    expect(read(group)).toEqual([{ kind: 'change', trouble, paperLow }]);
  });

  it.each([
    [0x12, false],
    [0x1e, true],
    [0x16, true],
    [0x72, false],
    [0x7e, false],
  ])('DLE EOT 4 answers %i: paper near its end %s', (byte, low) => {
    expect(paperNearEnd(byte)).toBe(low);
  });

  it('tells the three kinds apart, however they are cut on the way', () => {
    const whole = [0x12, 0x10, 0, 0, 0, 0x00, 0x18, 0, 0x0c, 0, 0x16];
    const wanted: Said[] = [
      { kind: 'real-time', byte: 0x12 },
      { kind: 'change', trouble: null, paperLow: false },
      { kind: 'done' },
      { kind: 'change', trouble: 'paper-out', paperLow: false },
      { kind: 'real-time', byte: 0x16 },
    ];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length }), (cut) => {
        expect(read(whole.slice(0, cut), whole.slice(cut))).toEqual(wanted);
      }),
    );
  });

  it('drops what is no answer (flow control signs), and a group that it cuts', () => {
    expect(read([0x11, 0x13, 0x12])).toEqual([{ kind: 'real-time', byte: 0x12 }]);
    expect(read([0x10, 0, 0xff, 0x10, 0, 0, 0])).toEqual([{ kind: 'change', trouble: null, paperLow: false }]);
  });

  it.each([
    ['a flow control sign', [0x18, 0x13, 0x00, 0x0c, 0x00], ['change']],
    ['two of them', [0x18, 0x00, 0x13, 0x0c, 0x11, 0x00], ['change']],
    ['noise', [0x18, 0x00, 0xff, 0x00], []],
    ['noise at the end, and then an answer to GS r', [0x18, 0x00, 0x0c, 0xff, 0x00], ['done']],
  ])('what is left of a group with %s in it never says that a slip is on paper', (_, bytes, kinds) => {
    const said = read(bytes);
    expect(said.map(({ kind }) => kind)).toEqual(kinds);
    if (said[0]?.kind === 'change') expect(said[0].trouble).toBe('paper-out');
  });
});
