import * as fs from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts';
import type { QueueFiles } from './journal-files.ts';
import { type OutboxStore, openOutbox } from './outbox.ts';

/** A disk that fails at an fsync or a write (Q1 and Q8: SOURCES.md, Cases: queue). The whole campaign, below SQLite, is `npm run faults -- fsync`. */
const limits = { maxRows: 5000, ballastBytes: 0, minFreeBytes: 0, challengeStock: 10 };
const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
const row = (n: number) => ({
  id: id(n),
  kind: 'set-up' as const,
  receipt: String(n).padStart(10, '0'),
  sealed: `sealed-${n}-`.padEnd(300, '.'),
});
const all = { items: 1000, bytes: 100_000_000 };

let folder: string;
let clock: ManualClock;
/** Names of functions of the journal's disk that fail now. */
let failing: Set<keyof QueueFiles>;
/** The database fails at its next commits. */
let commitsFail: number;

const files = Object.fromEntries(
  Object.entries(fs).map(([name, call]) => [
    name,
    typeof call !== 'function'
      ? call
      : (...given: unknown[]) => {
          if (failing.has(name as keyof QueueFiles)) throw Object.assign(new Error('disk'), { code: 'EIO' });
          return (call as (...given: unknown[]) => unknown)(...given);
        },
  ]),
) as unknown as QueueFiles;

/** Lets a COMMIT fail as SQLite does when an fsync fails: the transaction has ended, and nobody knows what is on the disk. */
function connect(path: string): Database.Database {
  const db = new Database(path);
  const transaction = db.transaction.bind(db);
  db.transaction = ((work: () => unknown) => {
    const run = transaction(work);
    return (...given: []) => {
      const result = run(...given);
      if (commitsFail === 0) return result;
      commitsFail -= 1;
      throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' });
    };
  }) as unknown as typeof db.transaction;
  return db;
}

const open = () => {
  const opened = openOutbox({ folder, limits, clock, log: () => {}, files, connect });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
};
const ids = (box: OutboxStore) => box.due(clock.now(), all).map((found) => found.id);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outbox-failing-'));
  clock = createManualClock();
  failing = new Set();
  commitsFail = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each<[string, () => void]>([
  ['the journal’s fdatasync', () => failing.add('fdatasyncSync')],
  ['a write of the journal', () => failing.add('writeSync')],
  [
    'the database’s commit',
    () => {
      commitsFail = 1;
    },
  ],
])('%s fails: the act is refused, the kiosk is out of order at once, and nothing of the act is ever sent', (_name, fail) => {
  const box = open();
  const heard: boolean[] = [];
  box.onUsable((usable) => heard.push(usable));
  expect(box.enqueue(row(1)).ok).toBe(true);
  fail();
  expect(box.enqueue(row(2))).toEqual({ ok: false, error: 'storage' });
  expect(box.usable).toBe(false);
  expect(box.reserve(id(3), 100)).toEqual({ ok: false, error: 'storage' });
  expect(box.enqueue(row(3))).toEqual({ ok: false, error: 'storage' });
  failing.clear();
  // By itself, when new files have proven that bytes reach the disk.
  clock.advance(1000);
  expect(box.usable).toBe(true);
  expect(heard).toEqual([false, true]);
  expect(box.enqueue(row(4)).ok).toBe(true);
  expect(ids(box)).toEqual([id(1), id(4)]);
  expect(box.staff.findings()[0]).toMatchObject({ what: 'write-failed', receipts: [row(2).receipt, row(3).receipt] });
  box.close();
  const after = open();
  expect(ids(after)).toEqual([id(1), id(4)]);
  after.close();
});

it('a disk that fails for a long time: tried again and again, more and more rarely, and well again by itself', () => {
  const box = open();
  expect(box.enqueue(row(1)).ok).toBe(true);
  failing.add('fdatasyncSync');
  expect(box.enqueue(row(2)).ok).toBe(false);
  failing.add('fsyncSync');
  for (let minute = 0; minute < 20; minute++) {
    clock.advance(60_000);
    expect(box.usable).toBe(false);
  }
  failing.clear();
  clock.advance(31_000);
  expect(box.usable).toBe(true);
  expect(ids(box)).toEqual([id(1)]);
  box.close();
});

it('the disk fails while the queue is opened: there all the same, out of order, and well again by itself', () => {
  failing.add('fsyncSync');
  const box = open();
  expect(box.usable).toBe(false);
  expect(box.counts().pending).toBe(0);
  failing.clear();
  clock.advance(60_000);
  expect(box.usable).toBe(true);
  expect(box.enqueue(row(1)).ok).toBe(true);
  box.close();
});

it('a settlement of which nobody knows whether it was written is not reported; afterwards it is, or the row is sent again', () => {
  const box = open();
  box.enqueue(row(1));
  box.markSending(box.due(clock.now(), all));
  commitsFail = 1;
  expect(box.settle([{ id: id(1), state: 'accepted', reference: 'REF-1' }])).toBeNull();
  clock.advance(1000);
  const again = box.settle([{ id: id(1), state: 'accepted', reference: 'REF-1' }]) ?? [];
  expect([...again, ...(again.length === 0 ? [id(1)] : [])]).toEqual([id(1)]);
  expect(box.counts()).toMatchObject({ accepted: 1, sending: 0, pending: 0 });
  box.close();
});

it('an act that was refused stays refused, also for a process that takes over before the files were made anew', () => {
  const box = open();
  expect(box.enqueue(row(1)).ok).toBe(true);
  failing.add('fdatasyncSync');
  expect(box.enqueue(row(2)).ok).toBe(false);
  // Killed here: nothing was closed, nothing was made anew.
  failing.clear();
  rmSync(`${folder}-after`, { recursive: true, force: true });
  fs.cpSync(folder, `${folder}-after`, { recursive: true });
  box.close();
  const after = openOutbox({ folder: `${folder}-after`, limits, clock, log: () => {} });
  if (!after.ok) throw new Error(after.error);
  expect(ids(after.value)).toEqual([id(1)]);
  expect(after.value.staff.findings()[0]).toMatchObject({ what: 'write-failed', receipts: [row(2).receipt] });
  after.value.close();
  rmSync(`${folder}-after`, { recursive: true, force: true });
});

it('a row that is here already stays when its act comes again and fails: it was acknowledged', () => {
  const box = open();
  expect(box.enqueue(row(1)).ok).toBe(true);
  commitsFail = 1;
  for (const _ of ['while it fails', 'while the kiosk is out of order']) expect(box.enqueue(row(1)).ok).toBe(false);
  clock.advance(60_000);
  expect([box.usable, ids(box)]).toEqual([true, [id(1)]]);
  expect(box.staff.findings().filter(({ what }) => what === 'write-failed')).toEqual([]);
  box.close();
});
