import { describe, expect, it } from 'vitest';
import { LONGEST_COMMAND, lineFrame, lineReader } from './card-line.ts';

const frames = [
  { id: 0, session: 1, bytes: Uint8Array.of(0x90, 0x00) },
  { id: 0xffff_fffe, session: 0xffff_ffff, bytes: Uint8Array.from({ length: 1600 }, (_, n) => n & 0xff) },
  { id: 7, session: 2, bytes: Uint8Array.of(0x63, 0xc3) },
];
const stream = () => Buffer.concat(frames.map(lineFrame));

describe('frames of the line', () => {
  it('come out as they went in, whatever the pieces are', () => {
    for (const size of [1, 2, 11, 12, 13, 14, 15, 100, 5000]) {
      const read = lineReader(LONGEST_COMMAND);
      const whole = stream();
      const got = [];
      for (let at = 0; at < whole.length; at += size) {
        for (const { id, session, bytes } of read(whole.subarray(at, at + size)) ?? [])
          got.push({ id, session, bytes: new Uint8Array(bytes) });
      }
      expect(got).toEqual(frames);
    }
  });

  it('that are longer than anything we say cannot be read on', () => {
    const read = lineReader(300);
    expect(read(lineFrame({ id: 1, session: 1, bytes: new Uint8Array(300) }))).toHaveLength(1);
    expect(read(lineFrame({ id: 2, session: 1, bytes: new Uint8Array(301) }))).toBeNull();
  });

  it('lie in memory of their own, also the short ones', () => {
    const frame = lineFrame({ id: 1, session: 1, bytes: Uint8Array.of(1, 2) });
    expect(frame.buffer.byteLength).toBe(frame.length);
  });
});
