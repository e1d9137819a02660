import { describe, expect, it } from 'vitest';
import { Halves, type Suspect } from './halves.ts';

const row = (seq: number): Suspect => ({ seq, id: `row-${seq}`, receipt: String(seq) });
const any = () => true;
const placesOf = (rows: readonly Suspect[]) => rows.map(({ seq }) => seq);

describe('halves of batches that failed', () => {
  it('cuts a batch in two, the first half no smaller', () => {
    const halves = new Halves();
    expect(halves.none).toBe(true);
    halves.cut([1, 2, 3].map(row));
    expect(placesOf(halves.largest(any))).toEqual([1, 2]);
    halves.drop(['row-1', 'row-2']);
    expect(placesOf(halves.largest(any))).toEqual([3]);
    halves.drop(['row-3']);
    expect(halves.none).toBe(true);
    expect(halves.largest(any)).toEqual([]);
  });
  it('a row is in one group only: that of the batch which failed last', () => {
    const halves = new Halves();
    halves.cut([1, 2, 3, 4].map(row));
    halves.cut([1, 2].map(row));
    expect(placesOf(halves.largest(any))).toEqual([3, 4]);
    halves.drop(['row-3', 'row-4']);
    expect(placesOf(halves.largest(any))).toEqual([1]);
  });
  it('passes over a larger group that cannot go', () => {
    const halves = new Halves();
    halves.cut([1, 2, 3, 4, 5].map(row));
    expect(placesOf(halves.largest((rows) => rows.every(({ seq }) => seq > 3)))).toEqual([4, 5]);
  });
});
