import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import type { WaitingRow } from '../outbox/rows.ts';
import { createSuspects } from './suspects.ts';
import { createWorkMarker, meetAgain } from './work-marker.ts';

/** A file that outlives the core. */
function disk() {
  let noted: readonly string[] = [];
  return {
    atWork: (ids: readonly string[] | null) => {
      noted = ids ?? [];
    },
    leftAtWork: () => noted,
  };
}
const rowOf = (id: string): WaitingRow => ({
  seq: Number(id),
  id,
  kind: 'set-up',
  receipt: id,
  sealed: 'sealed',
  attempts: 0,
  state: 'sending',
  alone: false,
});

/** The core starts, meets what it left, takes rows in hand and dies. */
function life(file: ReturnType<typeof disk>, take: readonly string[]) {
  const alone: { id: string; inMs: number }[] = [];
  const clock = createManualClock();
  const marker = createWorkMarker(file);
  const suspects = createSuspects();
  const setAlone = (id: string, at: number) => {
    alone.push({ id, inMs: at - clock.now() });
    return true;
  };
  meetAgain(marker, suspects, { row: rowOf, setAlone }, clock);
  marker.took(take);
  return { marker, alone, held: [...suspects.ids] };
}

describe('rows in hand when the core died', () => {
  it('go in halves from then on: the same freeze is never met twice', () => {
    const file = disk();
    life(file, ['1', '2', '3', '4']);
    expect(life(file, []).held).toEqual(['1', '2', '3', '4']);
  });
  it('a row over which the core dies alone, again and again, waits longer and longer', () => {
    const file = disk();
    life(file, ['1']);
    const second = life(file, ['1']);
    expect(second.alone).toEqual([]);
    expect(second.held).toEqual(['1']);
    expect(life(file, ['1']).alone).toEqual([{ id: '1', inMs: 300_000 }]);
    expect(life(file, ['1']).alone).toEqual([{ id: '1', inMs: 3_600_000 }]);
  });
  it('what came through is as good as new, and what nobody held is not remembered', () => {
    const file = disk();
    life(file, ['1', '2']);
    const second = life(file, ['1', '2']);
    second.marker.put(['1', '2'], true);
    expect(file.leftAtWork()).toEqual([]);
    second.marker.took(['1']);
    // Counted from the beginning: this is its first death.
    const third = life(file, []);
    expect([third.held, third.alone]).toEqual([['1'], []]);
  });
});
