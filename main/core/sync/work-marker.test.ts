import * as files from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import type { WaitingRow } from '../outbox/rows.ts';
import { WorkMark } from '../outbox/work-mark.ts';
import { Suspects } from './suspects.ts';
import { createWorkMarker, meetAgain } from './work-marker.ts';

let folder: string;
beforeEach(() => {
  folder = files.mkdtempSync(join(tmpdir(), 'mado-mark-'));
});
afterEach(() => files.rmSync(folder, { recursive: true }));

const clock = createManualClock();
const idOf = (n: number) => `0199aaaa-0000-7000-8000-00000000000${n}`;
const rowOf = (id: string): WaitingRow => ({
  ...{ seq: Number(id.at(-1)), id, kind: 'set-up', receipt: id, sealed: 'sealed', attempts: 0, state: 'sending', alone: false },
});
const HOUR_MS = 3_600_000;

/**
 * The core starts, meets what it left, takes rows in hand and ends.
 * @param before how the run before it ended
 */
function life(before: 'died' | 'froze', take: readonly number[], during: string | null = null) {
  const stoodStill = join(folder, 'stood-still');
  if (before === 'froze') files.writeFileSync(stoodStill, '');
  const work = new WorkMark({ path: join(folder, 'at-work'), files, clock, stoodStill });
  expect(files.existsSync(stoodStill)).toBe(false);
  const alone: { n: number; inMs: number }[] = [];
  const suspects = new Suspects();
  const setAlone = (id: string, at: number) => {
    alone.push({ n: Number(id.at(-1)), inMs: at - clock.now() });
    return true;
  };
  meetAgain(suspects, { row: rowOf, setAlone, work }, clock);
  const marker = createWorkMarker({ work });
  marker.took(take.map(idOf));
  if (during !== null) work.at(during, null);
  return { work, marker, alone, held: [...suspects.ids].map((id) => Number(id.at(-1))) };
}

describe('rows in hand when the loop stood still', () => {
  it('go in halves at once: never in the same composition again', () => {
    life('died', [1, 2, 3, 4]);
    expect(life('froze', [1, 2])).toMatchObject({ held: [1, 2, 3, 4], alone: [] });
    expect(life('froze', [])).toMatchObject({ held: [1, 2], alone: [] });
  });
  it('a single one waits an hour after the first time, and longer each time it is so again', () => {
    life('died', [1]);
    expect(life('froze', [2])).toMatchObject({ alone: [{ n: 1, inMs: HOUR_MS }], held: [] });
    // A run in which it was not tried forgets nothing.
    expect(life('died', [1]).alone).toEqual([]);
    expect(life('froze', [1]).alone).toEqual([{ n: 1, inMs: 2 * HOUR_MS }]);
    expect(life('froze', [1]).alone).toEqual([{ n: 1, inMs: 4 * HOUR_MS }]);
    const { marker } = life('froze', [1]);
    marker.put([idOf(1)], true);
    marker.took([idOf(1)]);
    expect(life('froze', []).alone).toEqual([{ n: 1, inMs: HOUR_MS }]);
  });
  it('are not to blame when it stood at something else', () => {
    life('died', [1, 2], 'check');
    const { held, alone, work } = life('froze', []);
    expect([held, alone]).toEqual([[], []]);
    expect([work.isHeld('check'), work.isHeld('tidy')]).toEqual([true, false]);
  });
});

describe('rows in hand when the core died otherwise', () => {
  it('a pulled plug is held against nothing', () => {
    life('died', [1, 2, 3]);
    expect(life('died', [])).toMatchObject({ held: [], alone: [] });
    life('died', [4]);
    expect(life('died', [])).toMatchObject({ held: [], alone: [] });
  });
  it('the second time in a row they go in halves, and a single one waits from the third on', () => {
    life('died', [1, 2]);
    life('died', [1]);
    expect(life('died', [1])).toMatchObject({ held: [1], alone: [] });
    expect(life('died', [1]).alone).toEqual([{ n: 1, inMs: 5 * 60_000 }]);
    expect(life('died', [1]).alone).toEqual([{ n: 1, inMs: HOUR_MS }]);
  });
  it('what came through is as good as new', () => {
    life('died', [1]);
    life('died', [1]);
    const { marker } = life('died', [1]);
    marker.put([idOf(1)], true);
    marker.took([idOf(1)]);
    expect(life('died', [])).toMatchObject({ held: [], alone: [] });
  });
});
