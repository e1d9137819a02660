import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts';
import { type OutboxStore, openOutbox } from './outbox.ts';
import { staffStatementsFor } from './staff-statements.ts';

const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
const receipt = (n: number) => String(n).padStart(10, '0');
let folder: string;
let clock: ManualClock;
let outbox: OutboxStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'staff-store-'));
  clock = createManualClock();
  const limits = { maxRows: 500, ballastBytes: 0, minFreeBytes: 0, challengeStock: 4 };
  const opened = openOutbox({ folder, limits, clock, log: () => {} });
  if (!opened.ok) throw new Error(opened.error);
  outbox = opened.value;
});
afterEach(() => {
  outbox.close();
  rmSync(folder, { recursive: true, force: true });
});
const put = (...numbers: number[]) => {
  for (const n of numbers) outbox.enqueue({ id: id(n), kind: 'set-up', receipt: receipt(n), sealed: `sealed-${n}-bytes-bytes` });
};

it('says how old the oldest row that waits is', () => {
  expect(outbox.staff.oldest()).toBeNull();
  put(1);
  const first = clock.now();
  clock.advance(60_000);
  put(2);
  expect(outbox.staff.oldest()).toBe(first);
  outbox.settle([{ id: id(1), state: 'accepted', reference: 'REF-1' }]);
  expect(outbox.staff.oldest()).toBe(first + 60_000);
});

it('counts the last answers by code, the newest ones only', () => {
  put(1, 2, 3, 4, 5);
  outbox.settle([{ id: id(1), state: 'accepted', reference: 'REF-1' }]);
  clock.advance(1);
  outbox.settle([
    { id: id(2), state: 'accepted', reference: 'REF-2' },
    { id: id(3), state: 'refused', reference: 'REF-3', code: 'already-signed-up' },
    { id: id(4), state: 'parked', code: 'http-400' },
  ]);
  expect(outbox.staff.answers(3)).toEqual([
    { code: 'accepted', count: 1 },
    { code: 'already-signed-up', count: 1 },
    { code: 'http-400', count: 1 },
  ]);
  expect(outbox.staff.answers(10)[0]).toEqual({ code: 'accepted', count: 2 });
});

it('lets a parked row wait again, untried, whole, and past taking back; only a parked one', () => {
  put(1, 2);
  outbox.markSending(outbox.due(clock.now(), { items: 1, bytes: 1000 }));
  outbox.postpone([id(1)], clock.now() + 1000, true);
  outbox.settle([{ id: id(1), state: 'parked', code: 'conflict' }]);
  expect(outbox.staff.parked(10)).toEqual([
    { id: id(1), receipt: receipt(1), kind: 'set-up', created_at: clock.now(), attempts: 1, code: 'conflict' },
  ]);
  expect(outbox.staff.unpark(id(2))).toEqual({ ok: false, error: 'unknown-row' });
  expect(outbox.staff.unpark(id(9))).toEqual({ ok: false, error: 'unknown-row' });
  expect(outbox.staff.unpark(id(1))).toEqual({ ok: true, value: null });
  expect(outbox.staff.unpark(id(1))).toEqual({ ok: false, error: 'unknown-row' });
  expect(outbox.staff.parked(10)).toEqual([]);
  expect(outbox.row(id(1))).toMatchObject({ sealed: 'sealed-1-bytes-bytes', attempts: 0, state: 'sending' });
  expect(outbox.due(clock.now(), { items: 10, bytes: 1e6 }).map((row) => row.id)).toEqual([id(1), id(2)]);
  expect(outbox.cancel(receipt(1))).toEqual({ ok: true, value: false });
});

it('ends the wait of postponed rows', () => {
  put(1, 2);
  outbox.postpone([id(1)], clock.now() + 500_000, true);
  expect(outbox.due(clock.now(), { items: 10, bytes: 1e6 })).toHaveLength(1);
  expect(outbox.staff.makeAllDue()).toBe(true);
  expect(outbox.due(clock.now(), { items: 10, bytes: 1e6 })).toHaveLength(2);
});

it('hands out places in the order of the queue, page by page', () => {
  put(1, 2, 3, 4, 5);
  outbox.settle([{ id: id(2), state: 'accepted', reference: 'REF-1' }]);
  const first = outbox.staff.places(0, 2);
  expect(first.map((place) => place.id)).toEqual([id(1), id(3)]);
  expect(outbox.staff.places(first.at(-1)?.seq ?? 0, 2).map((place) => place.id)).toEqual([id(4), id(5)]);
  expect(outbox.staff.stateOf(id(2))).toBe('accepted');
  expect(outbox.row(id(2))).toBeNull();
  expect(outbox.staff.stateOf(id(9))).toBeNull();
});

it('checks the file, and says so when it cannot', () => {
  expect(outbox.staff.versions()).toMatchObject({ version: 4, sqlite: expect.stringMatching(/^3\./) });
  outbox.close();
  expect(outbox.staff.versions()).toBeNull();
});

it('lists the parked rows of one kind, also those of one reason', () => {
  put(1, 2);
  outbox.enqueue({ id: id(3), kind: 'sign-up', receipt: receipt(3), sealed: 'sealed-3-bytes-bytes' });
  outbox.settle([1, 2, 3].map((n) => ({ id: id(n), state: 'parked', code: n === 1 ? 'conflict' : 'http-413' })));
  const listed = (filter: Parameters<typeof outbox.staff.parked>[1]) => outbox.staff.parked(10, filter).map((row) => row.id);
  expect(listed({ kind: 'set-up' })).toEqual([id(1), id(2)]);
  expect(listed({ kind: 'set-up', code: 'http-413' })).toEqual([id(2)]);
  expect(listed({ kind: 'sign-up', code: 'conflict' })).toEqual([]);
});

it('looks for a kind among the oldest parked rows only: no index knows it, and the call stays short', () => {
  expect(outbox.staff.parked(10, { kind: 'sign-up' })).toEqual([]);
  put(1);
  outbox.settle([{ id: id(1), state: 'parked', code: 'conflict' }]);
  outbox.close();
  const db = new Database(join(folder, 'outbox.db'));
  db.exec(`WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
    INSERT INTO outbox SELECT i, substr(id, 1, 24) || printf('%012d', i), CASE WHEN i > 5000 THEN 'sign-up' ELSE kind END,
      printf('%010d', i), state, head, alone, attempts, next_attempt, created_at, settled_at, reference, code, segment, hash, row_hash FROM outbox, n`);
  const seen = (code: string | undefined, kind: string) => staffStatementsFor(db).parked(10, code, kind).length;
  expect([seen(undefined, 'sign-up'), seen('conflict', 'sign-up'), seen('conflict', 'set-up')]).toEqual([0, 0, 10]);
  db.close();
});
