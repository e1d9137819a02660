import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../test/support/runs.ts';
import type { Suspect } from './halves.ts';
import { Suspects } from './suspects.ts';

const row = (seq: number, receipt = String(seq)): Suspect => ({ seq, id: `row-${seq}`, receipt });
const rows = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => row(from + n));
const HOUR = 3_600_000;

describe('suspects', () => {
  it('halves a batch that failed, and clears what gets through', () => {
    const suspects = new Suspects();
    expect(suspects.turn(3, 0)).toEqual({ kind: 'rest' });
    expect(suspects.failed(rows(1, 5), 0)).toBeNull();
    expect(suspects.turn(0, 0)).toEqual({ kind: 'group', ids: ['row-1', 'row-2', 'row-3'] });
    suspects.passed(['row-1', 'row-2', 'row-3']);
    expect([...suspects.ids]).toEqual(['row-4', 'row-5']);
  });
  it('does not hold others up: more rows without suspicion go first', () => {
    const suspects = new Suspects();
    suspects.failed(rows(1, 4), 0);
    expect(suspects.turn(9, 0)).toEqual({ kind: 'rest' });
    expect(suspects.turn(1, 0)).toMatchObject({ kind: 'group' });
  });
  it('finds sick rows among many, whatever their places, and blames no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 4 }), (sick) => {
        const suspects = new Suspects();
        const waiting = new Map(rows(1, 120).map((one) => [one.id, one]));
        const convicted: string[] = [];
        for (let now = 0, turns = 0; waiting.size > 0 && turns < 400; turns++, now += 20_000) {
          const rest = [...waiting.values()].filter(({ id }) => !suspects.ids.has(id)).slice(0, 100);
          const turn = suspects.turn(rest.length, now);
          if (turn === null) continue;
          const named = turn.kind === 'rest' ? rest.map(({ id }) => id) : turn.kind === 'lone' ? [turn.id] : turn.ids;
          const batch = named.flatMap((id) => waiting.get(id) ?? []);
          if (batch.some(({ seq }) => sick.includes(seq))) {
            const found = suspects.failed(batch, now);
            if (found !== null) {
              convicted.push(found);
              waiting.delete(found);
            }
          } else {
            suspects.passed(named);
            for (const id of named) waiting.delete(id);
          }
        }
        expect(convicted.sort()).toEqual(sick.map((seq) => `row-${seq}`).sort());
      }),
      { numRuns: runs(200, 40) },
    );
  });
  it('as long as nothing gets through no row has a second turn alone before every half has had one', () => {
    const suspects = new Suspects();
    suspects.suspect([row(1)], 0);
    suspects.failed(rows(2, 9), 0);
    const turns: string[] = [];
    // Each try takes ten minutes, longer than the wait of a row that failed alone.
    for (let now = 600_000; turns.length < 14; now += 600_000) {
      const turn = suspects.turn(0, now);
      if (turn === null || turn.kind === 'rest') throw new Error('nothing is tried');
      const named = turn.kind === 'lone' ? [turn.id] : turn.ids;
      turns.push(named.join(' '));
      suspects.failed(
        named.map((id) => row(Number(id.slice(4)))),
        now,
      );
    }
    expect(turns).not.toContain('row-1');
    expect(suspects.turn(0, 9e6)).toEqual({ kind: 'lone', id: 'row-1' });
  });
  it('an outage blames nobody, however long; single rows take turns; and when it is over nothing is held against them', () => {
    const suspects = new Suspects();
    const all = new Map(rows(1, 8).map((one) => [one.id, one]));
    const alone = new Set<string>();
    for (let n = 0, now = 0; n < 500; n++, now += 300_000) {
      const rest = [...all.values()].filter(({ id }) => !suspects.ids.has(id));
      const turn = suspects.turn(rest.length, now);
      const named =
        turn === null || turn.kind === 'rest' ? rest.map(({ id }) => id) : turn.kind === 'lone' ? [turn.id] : turn.ids;
      if (named.length === 1) alone.add(named[0] ?? '');
      expect(
        suspects.failed(
          named.flatMap((id) => all.get(id) ?? []),
          now,
        ),
      ).toBeNull();
    }
    expect(alone.size).toBe(8);
    suspects.passed(['row-1']);
    // Once more, in the next outage: one outage after another is still not the row's fault.
    expect(suspects.failed([row(2)], 1e9)).toBeNull();
  });
  it('an older row of the same receipt that is under suspicion goes first', () => {
    const suspects = new Suspects();
    suspects.failed([row(1, 'A'), row(2), row(3, 'A'), row(4)], 0);
    expect(suspects.blocks(row(3, 'A'), [row(3, 'A'), row(4)])).toBe(true);
    expect(suspects.blocks(row(3, 'A'), [row(1, 'A'), row(3, 'A')])).toBe(false);
    expect(suspects.blocks(row(9, 'A'), [row(9, 'A')])).toBe(true);
    expect(suspects.blocks(row(9, 'B'), [row(9, 'B')])).toBe(false);
  });
  it('a convicted row waits an hour, doubling to six, and an outage does not make it longer', () => {
    const suspects = new Suspects();
    expect(suspects.convictedWait('row-1')).toBe(HOUR);
    expect(suspects.convictedWait('row-1')).toBe(HOUR);
    const waits = [1, 2, 3, 4].map(() => {
      suspects.passed(['another']);
      return suspects.convictedWait('row-1');
    });
    expect(waits).toEqual([2 * HOUR, 4 * HOUR, 6 * HOUR, 6 * HOUR]);
  });
});
