import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts';
import { type OutboxStore, openOutbox } from './outbox.ts';
import type { RowState } from './rows.ts';

/** Mending never changes what a person or the platform has decided: what has ended does not leave again, and is not called lost. */
const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
const receipt = (n: number) => String(n).padStart(10, '0');
const all = { items: 1000, bytes: 100_000_000 };
let folder: string;
let clock: ManualClock;
/** The queue's own connection. */
let live: Database.Database;

const open = () => {
  const limits = { maxRows: 5000, ballastBytes: 0, minFreeBytes: 0, challengeStock: 10 };
  const connect = (path: string) => {
    live = new Database(path);
    return live;
  };
  const opened = openOutbox({ folder, limits, clock, log: () => {}, connect });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
};
const put = (box: OutboxStore, ...numbers: number[]) => {
  for (const n of numbers)
    expect(box.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: `sealed-${n}-`.padEnd(700, 'x') }).ok).toBe(
      true,
    );
};
const damage = (change: string) => {
  const db = live.open ? live : new Database(join(folder, 'outbox.db'));
  db.pragma('ignore_check_constraints = ON');
  db.exec(`UPDATE outbox SET ${change} WHERE seq = 1`);
  if (db !== live) db.close();
};
const marked = (box: OutboxStore) => {
  box.markSending(box.due(clock.now(), { items: 1, bytes: 1 }));
};
const settle = (box: OutboxStore, last: 'accepted' | 'refused' | 'parked') => {
  marked(box);
  const common = { id: id(1), reference: 'REF-1' };
  if (last === 'accepted') box.settle([{ ...common, state: 'accepted' }]);
  if (last === 'refused') box.settle([{ ...common, state: 'refused', code: 'unreadable' }]);
  if (last === 'parked') box.settle([{ id: id(1), state: 'parked', code: 'conflict' }]);
};
/** What brings row 1 into each state. */
const into: Record<Exclude<RowState, 'lost'>, (box: OutboxStore) => void> = {
  pending: () => {},
  sending: marked,
  accepted: (box) => settle(box, 'accepted'),
  refused: (box) => settle(box, 'refused'),
  parked: (box) => settle(box, 'parked'),
  cancelled: (box) => expect(box.cancel(receipt(1))).toEqual({ ok: true, value: true }),
};
const findings = (box: OutboxStore) => box.staff.findings().map(({ what }) => what);
const due = (box: OutboxStore) => box.due(clock.now(), all).map(({ seq }) => seq);
const rowsOfOne = (): unknown => {
  const db = new Database(join(folder, 'outbox.db'), { readonly: true });
  const found = db.prepare('SELECT state, code, reference FROM outbox WHERE receipt = ?').all(receipt(1));
  db.close();
  return found;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outbox-repair-'));
  clock = createManualClock();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ended = ['accepted', 'refused', 'cancelled'] as const;
const columns: Record<string, string> = {
  time: 'created_at = created_at + 1',
  id: `id = replace(id, '0199aaaa', '0199aaab')`,
  kind: `kind = 'sign-up'`,
  'kind that is none': `kind = 'set-uq'`,
};

describe('one wrong byte in a row that has ended', () => {
  for (const state of ended)
    it.each(Object.entries(columns))(`${state}, the journal holds its payload still: %s`, (_, change) => {
      const before = open();
      put(before, 1, 2);
      into[state](before);
      before.close();
      const marks = rowsOfOne();
      damage(change);
      const box = open();
      box.finishChores();
      expect(box.look(receipt(1))).toMatchObject({ state, kind: 'set-up' });
      expect([due(box), box.staff.stateOf(id(1)), box.counts()[state]]).toEqual([[2], state, 1]);
      expect(findings(box)).toEqual(['row-damaged']);
      box.close();
      expect(rowsOfOne()).toEqual(marks);
      const again = open();
      again.finishChores();
      expect(again.staff.verdict()).toMatchObject({ state: 'good' });
      again.close();
    });

  for (const state of ended)
    it.each(Object.entries(columns))(`${state}, and its journal file was let go: %s`, (_, change) => {
      const before = open();
      put(before, 1);
      into[state](before);
      before.tidy();
      before.finishChores();
      before.close();
      damage(change);
      const box = open();
      box.finishChores();
      expect(box.look(receipt(1))).toMatchObject({ state });
      expect(findings(box)).not.toContain('row-lost');
      box.close();
      const again = open();
      again.finishChores();
      expect([again.look(receipt(1))?.state, again.staff.verdict().state]).toEqual([state, 'good']);
      again.close();
    });

  it('lost: stays lost, and is not told a second time', () => {
    const before = open();
    put(before, 1, 2);
    before.close();
    for (const change of ['hash = zeroblob(32), row_hash = zeroblob(32)', 'created_at = created_at + 1']) {
      damage(change);
      const db = new Database(join(folder, 'outbox.db'));
      db.exec(`UPDATE outbox SET state = 'lost', head = 0 WHERE seq = 1`);
      db.close();
      const box = open();
      box.finishChores();
      expect([box.look(receipt(1))?.state, due(box)]).toEqual(['lost', [2]]);
      expect(findings(box)).not.toContain('row-lost');
      box.close();
    }
  });
});

describe('a row set apart, and its state when its turn to be mended comes', () => {
  it.each(ended)('%s in the meantime: stays so', (state) => {
    const box = open();
    box.finishChores();
    put(box, 1, 2);
    if (state !== 'cancelled') marked(box);
    box.setApart(1);
    into[state](box);
    clock.advance(5000);
    expect([box.look(receipt(1))?.state, due(box), findings(box)]).toEqual([state, [2], []]);
    box.close();
  });

  it.each(['pending', 'sending', 'parked'] as const)('%s, and damaged: comes back from the journal', (state) => {
    const box = open();
    box.finishChores();
    put(box, 1, 2);
    into[state](box);
    damage('created_at = created_at + 1');
    box.setApart(1);
    clock.advance(5000);
    expect(findings(box)).toEqual(['row-damaged']);
    expect(due(box)).toEqual(state === 'parked' ? [2] : [1, 2]);
    if (state === 'parked') expect(box.staff.parkedReasons()).toEqual([{ code: 'conflict', count: 1 }]);
    box.close();
  });

  it.each(ended)('%s, and a byte of the state itself is wrong: the row and the journal know better', (state) => {
    const box = open();
    box.finishChores();
    put(box, 1, 2);
    into[state](box);
    damage(`state = 'x' || substr(state, 2)`);
    box.setApart(1);
    clock.advance(5000);
    expect([box.look(receipt(1))?.state, due(box)]).toEqual([state, [2]]);
    box.close();
  });

  it('one of so many rows of a receipt that they are taken back in slices: its payload is not fetched for that', () => {
    const box = open();
    box.finishChores();
    for (let n = 1; n <= 150; n++)
      box.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(1), sealed: `sealed-${n}-`.padEnd(700, 'x') });
    live.exec('UPDATE payload SET sealed = sealed || 1 WHERE seq = 150');
    box.setApart(150);
    expect(box.cancel(receipt(1))).toEqual({ ok: true, value: true });
    box.finishChores();
    expect([due(box), box.counts().cancelled, findings(box)]).toEqual([[], 150, ['row-damaged']]);
    box.close();
  });
});
