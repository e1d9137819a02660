import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../test/support/runs.ts';
import { createFrameReader, encodeFrame } from './frames.ts';

test('any texts, cut anywhere, come out whole and in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', maxLength: 40 })),
      fc.array(fc.integer({ min: 1, max: 9 })),
      (texts, cuts) => {
        const stream = Buffer.concat(texts.map(encodeFrame));
        const read = createFrameReader(1000);
        const got: string[] = [];
        let at = 0;
        let turn = 0;
        while (at < stream.length) {
          const size = cuts[turn % Math.max(cuts.length, 1)] ?? 3;
          got.push(...(read.take(stream.subarray(at, at + size)) ?? ['refused']));
          at += size;
          turn += 1;
        }
        expect(got).toEqual(texts.map((text) => Buffer.from(text).toString()));
      },
    ),
    { numRuns: runs(100, 30) },
  );
});

test('a frame that claims more than the limit ends the stream before its bytes arrive', () => {
  const read = createFrameReader(10);
  expect(read.take(encodeFrame('0123456789'))).toEqual(['0123456789']);
  const header = Buffer.alloc(4);
  header.writeUInt32BE(11);
  expect(read.take(header)).toBeNull();
});

test('a frame that comes byte by byte costs its length, and one that only claims to be long costs nothing', () => {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(600_000);
  const before = process.memoryUsage().arrayBuffers;
  const readers = Array.from({ length: 200 }, () => createFrameReader(700_000));
  for (const read of readers) {
    read.take(header);
    for (let n = 0; n < 50; n++) read.take(Buffer.allocUnsafeSlow(1));
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200 * 16 * 1024);
  expect(readers.every((read) => read.unfinished)).toBe(true);
});
