import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts';
import { receiptNumber } from '../../contract/receipt.ts';
import { openOutbox } from './outbox.ts';
import { bodyLine, headLine } from './work-mark.ts';

/** What the queue leaves out after its loop stood still. That a restart does not meet the freeze: test/faults/freeze-once.test.ts. */

let folder: string;
let clock: ManualClock;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mado-mark-'));
  clock = createManualClock();
});
afterEach(() => rmSync(folder, { recursive: true }));

const stoodStill = () => join(folder, 'stood-still');
const HOUR_MS = 3_600_000;
const limits = { maxRows: 100, ballastBytes: 0, minFreeBytes: 0, challengeStock: 5 };
const ids = [1, 2, 3].map((n) => `0199aaaa-0000-7000-8000-00000000000${n}`);
const receipts = [1, 2, 3].map((n) => receiptNumber(String(n).padStart(9, '0')));

function open() {
  const opened = openOutbox({ folder: join(folder, 'queue'), limits, clock, log: () => {}, stoodStill: stoodStill() });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

/** The loop stood still there, and the core was killed. @param killed otherwise it only died there */
function left(stage: string, seq: number | null, killed = true): void {
  writeFileSync(join(folder, 'queue/at-work'), headLine({ stage, seq }) + bodyLine({ inHand: [], deaths: [], held: [] }));
  if (killed) writeFileSync(stoodStill(), '');
}

const due = (store: ReturnType<typeof open>) => store.due(clock.now(), { items: 10, bytes: 1e6 }).map(({ seq }) => seq);
const aside = () => readdirSync(join(folder, 'queue')).filter((name) => name.includes('.damaged-') && !/-(wal|shm)$/.test(name));

describe('three rows wait', () => {
  beforeEach(() => {
    const store = open();
    ids.forEach((id, n) => void store.enqueue({ id, kind: 'set-up', receipt: receipts[n] ?? '', sealed: `sealed ${n}` }));
    store.close();
  });

  test('the loop stood while the database was opened: made anew from the journal, and told', () => {
    left('database', null);
    const store = open();
    expect(due(store)).toEqual([1, 2, 3]);
    expect(aside().length).toBe(1);
    expect(store.staff.findings().map(({ what }) => what)).toEqual(['stood-still', 'database-damaged']);
    store.close();
    const next = open();
    expect([due(next), aside().length]).toEqual([[1, 2, 3], 1]);
    next.close();
  });

  test('a plug that was pulled while the database was opened is held against nothing', () => {
    left('database', null, false);
    const store = open();
    expect([due(store), aside(), store.staff.findings()]).toEqual([[1, 2, 3], [], []]);
    store.close();
  });

  test.each(['row', 'repair'])('the loop stood at one row (%s): not read for an hour, then for two; the others go', (stage) => {
    left(stage, 2);
    const store = open();
    expect(due(store)).toEqual([1, 3]);
    expect(store.row(ids[1] ?? '')).toBeNull();
    expect(store.staff.findings()).toMatchObject([{ what: 'stood-still', receipts: [receipts[1]] }]);
    clock.advance(HOUR_MS - 1);
    expect(due(store)).toEqual([1, 3]);
    clock.advance(1);
    // Dies in the middle of reading: nothing is closed.
    const again = headLine({ stage: 'row', seq: 2 }) + bodyLine({ inHand: [], deaths: [], held: [['row.2', 1, clock.now()]] });
    store.close();
    writeFileSync(join(folder, 'queue/at-work'), again);
    writeFileSync(stoodStill(), '');
    const second = open();
    clock.advance(2 * HOUR_MS - 1);
    expect(due(second)).toEqual([1, 3]);
    clock.advance(1);
    expect(due(second)).toEqual([1, 2, 3]);
    // It was read, and nothing is held against it.
    expect(second.work.heldRows()).toEqual([]);
    second.close();
  });

  test('the loop stood at the long check: not begun by itself, but when staff ask', () => {
    left('check', null);
    const store = open();
    store.finishChores();
    expect(store.staff.verdict()).toMatchObject({ state: 'put-off', checked: 0 });
    store.staff.startCheck();
    expect(store.staff.verdict().state).toBe('running');
    store.finishChores();
    expect(store.staff.verdict()).toMatchObject({ state: 'good', checked: 3 });
    store.close();
    const next = open();
    next.finishChores();
    expect(next.staff.verdict().checked).toBe(3);
    next.close();
  });

  test('the loop stood at the long check, and nobody asks: it begins by itself when its time is over', () => {
    left('check', null);
    const store = open();
    clock.advance(HOUR_MS - 1);
    expect(store.staff.verdict().state).toBe('put-off');
    clock.advance(5000);
    expect(store.staff.verdict()).toMatchObject({ state: 'good', checked: 3 });
    store.close();
  });

  test('a clock that is set back by years does not leave a row out for years', () => {
    left('row', 2);
    const store = open();
    clock.jump(-10 * 365 * 24 * HOUR_MS);
    expect(due(store)).toContain(2);
    store.close();
  });

  test.each(['', '{', '[]', '{"stage":7}', 'null'])('a mark of no sense (%j) is none', (text) => {
    writeFileSync(join(folder, 'queue/at-work'), text);
    writeFileSync(stoodStill(), '');
    const store = open();
    expect(due(store)).toEqual([1, 2, 3]);
    store.close();
  });
});
