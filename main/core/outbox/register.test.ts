import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts';
import { type OutboxStore, openOutbox } from './outbox.ts';
import { payloadHash, rowHash } from './row-hash.ts';

/** The names of what was promised, beside the two copies: they may be older than both. */
const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
const receipt = (n: number) => String(n).padStart(10, '0');
const HOUR = 3_600_000;
let folder: string;
let clock: ManualClock;
const limits = { maxRows: 5000, ballastBytes: 0, minFreeBytes: 0, challengeStock: 4 };
const open = (): OutboxStore => {
  const opened = openOutbox({ folder, limits, clock, log: () => {} });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
};
const put = (box: OutboxStore, n: number) =>
  expect(box.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: `sealed-${n}` }).ok).toBe(true);
const accept = (box: OutboxStore, n: number) => box.settle([{ id: id(n), state: 'accepted', reference: 'REF-1' }]);
const register = () => join(folder, 'receipts.log');
const lines = () => readFileSync(register(), 'utf8').split('\n').length - 1;
/** Rows that were settled later than all others: with them the queue holds as many as it keeps. */
const fill = () => {
  const db = new Database(join(folder, 'outbox.db'));
  const row = db.prepare(
    `INSERT INTO outbox (seq, id, kind, receipt, state, head, next_attempt, created_at, settled_at, hash, row_hash)
     VALUES (?, ?, 'set-up', ?, 'accepted', 0, 0, ?, ?, ?, ?)`,
  );
  db.transaction(() => {
    const hash = payloadHash('');
    for (let n = 1001; n <= 5000; n++) {
      const at = clock.now();
      row.run(n, id(n), receipt(n), at, at, hash, rowHash(n, id(n), 'set-up', receipt(n), at, hash));
    }
  })();
  db.close();
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'register-'));
  clock = createManualClock();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('older than the rows that were settled and forgotten since: none of them is told as lost, a later one is', () => {
  const before = open();
  for (let n = 1; n <= 20; n++) put(before, n);
  copyFileSync(register(), join(folder, 'older'));
  clock.advance(HOUR);
  for (let n = 1; n <= 20; n++) accept(before, n);
  before.close();
  clock.advance(HOUR);
  fill();
  const full = open();
  put(full, 21);
  accept(full, 21);
  put(full, 22);
  accept(full, 22);
  expect(full.look(receipt(1))).toBe(null);
  full.close();
  copyFileSync(join(folder, 'older'), register());
  const after = open();
  expect([1, 20].map((n) => after.look(receipt(n)))).toEqual([null, null]);
  expect(after.staff.findings()).toEqual([]);
  clock.advance(HOUR);
  put(after, 23);
  after.close();
  rmSync(join(folder, 'journal'), { recursive: true });
  const db = new Database(join(folder, 'outbox.db'));
  db.prepare('DELETE FROM outbox WHERE id = ?').run(id(23));
  db.close();
  const last = open();
  expect(last.look(receipt(23))).toMatchObject({ state: 'lost' });
  expect(last.staff.findings()).toContainEqual(expect.objectContaining({ what: 'row-lost', receipts: [receipt(23)] }));
  last.close();
});

it('does not grow for ever where a row is parked: then it holds the name of that row', () => {
  const before = open();
  put(before, 1);
  before.settle([{ id: id(1), state: 'parked', code: 'conflict' }]);
  put(before, 2);
  before.close();
  // As if many rows had come and gone.
  appendFileSync(register(), 'x\n'.repeat(2000));
  const box = open();
  box.tidy();
  expect(lines()).toBeGreaterThan(2000);
  accept(box, 2);
  box.tidy();
  expect(lines()).toBe(1);
  box.close();
  rmSync(join(folder, 'outbox.db'));
  rmSync(join(folder, 'journal'), { recursive: true });
  const after = open();
  expect(after.staff.findings()).toMatchObject([{ what: 'row-lost', receipts: [receipt(1)] }]);
  after.close();
});
