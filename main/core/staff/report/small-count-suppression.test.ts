import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownAlone, suppressTable, usableThreshold } from './small-count-suppression.ts';

/** Every list of so many counts from 0 to `most`. */
function* tables(length: number, most: number): Generator<number[]> {
  if (length === 0) {
    yield [];
    return;
  }
  for (const rest of tables(length - 1, most)) for (let value = 0; value <= most; value++) yield [...rest, value];
}

/**
 * The strongest reader there can be: knows the rules, and every table that there could be. Tables that look the same are put together; a
 * hidden count that is the same in all of them is no secret.
 */
function disclosed(all: Iterable<number[]>, threshold: number): string[] {
  const alike = new Map<string, number[][]>();
  for (const parts of all) {
    const look = JSON.stringify(suppressTable(parts, threshold));
    alike.set(look, [...(alike.get(look) ?? []), parts]);
  }
  return [...alike].flatMap(([look, tablesOf]) => {
    const { total, parts } = JSON.parse(look) as ReturnType<typeof suppressTable>;
    const values = (at: (table: number[]) => number) => new Set(tablesOf.map(at)).size;
    const single = parts.some((part, index) => part === 'few' && values((table) => table[index] ?? 0) < 2);
    const sum = total === 'few' && values((table) => table.reduce((a, b) => a + b, 0)) < 2;
    return single || sum ? [`${look} <- ${JSON.stringify(tablesOf[0])}`] : [];
  });
}

describe('counts under the threshold', () => {
  it.each([
    [3, 2, 9],
    [3, 3, 7],
    [3, 4, 6],
    [4, 2, 10],
    [4, 3, 9],
    [4, 5, 5],
    [5, 2, 12],
    [5, 3, 11],
    [5, 4, 7],
  ])(
    'threshold %i, %i parts up to %i: no hidden count can be derived by whoever knows rules and total',
    (threshold, length, most) => {
      // Only tables whose every alike-looking one is in the universe: a total that fits below the largest part.
      const whole = [...tables(length, most)].filter((parts) => parts.reduce((a, b) => a + b, 0) <= most);
      expect(disclosed(whole, threshold)).toEqual([]);
    },
  );

  it('what is shown is true, and what is small is never shown', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 31 }),
        fc.integer({ min: 1, max: 20 }),
        (parts, asked) => {
          const threshold = usableThreshold(asked);
          const sum = parts.reduce((a, b) => a + b, 0);
          const table = suppressTable(parts, threshold);
          expect([sum, 'few']).toContain(table.total);
          for (const [index, part] of parts.entries()) {
            expect([part, 'few']).toContain(table.parts[index]);
            if (part > 0 && part < threshold) expect(table.parts[index]).toBe('few');
          }
          if (threshold === 1) expect(table).toEqual({ total: sum, parts });
        },
      ),
    );
  });

  it('a single small part takes the next one with it; zero stays zero; the sum is kept', () => {
    expect(suppressTable([20, 3, 0, 9], 5)).toEqual({ total: 32, parts: [20, 'few', 0, 'few'] });
    expect(suppressTable([20, 3, 1], 5)).toEqual({ total: 24, parts: [20, 'few', 'few'] });
    expect(suppressTable([1, 0, 1], 5)).toEqual({ total: 'few', parts: ['few', 'few', 'few'] });
    expect(suppressTable([1, 1, 1, 1, 1, 1, 0], 5)).toEqual({ total: 6, parts: Array(7).fill('few') });
    expect(suppressTable([0, 0], 5)).toEqual({ total: 0, parts: [0, 0] });
    expect(shownAlone(0, 5)).toBe(0);
    expect(shownAlone(4, 5)).toBe('few');
    expect(shownAlone(5, 5)).toBe(5);
  });
});
