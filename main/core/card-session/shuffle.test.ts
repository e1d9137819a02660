import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../../test/support/runs.ts';
import { shuffledDigits } from './shuffle.ts';

it('is always the ten digits, whatever the randomness', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.integer({ min: 0, max: 255 })), (stream) => {
      const next = () => stream.next().value ?? 0;
      const digits = shuffledDigits((length) => Uint8Array.from({ length }, next));
      expect([...digits].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }),
  );
});

it('puts every digit at every place about equally often', () => {
  const rounds = runs(20_000);
  const seen = Array.from({ length: 10 }, () => new Array<number>(10).fill(0));
  for (let round = 0; round < rounds; round++) {
    shuffledDigits(randomBytes).forEach((digit, place) => {
      const row = seen[place];
      if (row !== undefined) row[digit] = (row[digit] ?? 0) + 1;
    });
  }
  const deviation = Math.sqrt(rounds * 0.1 * 0.9);
  for (const row of seen) for (const count of row) expect(Math.abs(count - rounds / 10)).toBeLessThan(6 * deviation);
});
