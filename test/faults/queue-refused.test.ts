import * as fs from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { QueueFiles } from '../../main/core/outbox/journal-files.ts';
import { type OutboxStore, openOutbox } from '../../main/core/outbox/outbox.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';
import { scratch } from './campaigns/scratch.ts';
import { limits } from './campaigns/store.ts';

/** Found by `npm run faults -- fsync`: what becomes of an act that was refused, and tried again. */
const row = {
  id: '0199aaaa-0000-7000-8000-000000000001',
  kind: 'set-up' as const,
  receipt: '1234567897',
  sealed: 'x'.repeat(100_000),
};
const all = { items: 9, bytes: 1e6 };
let folder: string;
let clock: ManualClock;
let db: Database.Database;
/** Calls of fdatasync that fail from now on, and how. */
let failing: { times: number; code: string; forced: number };

const error = (code: string) => Object.assign(new Error(code), { code });
const files = (): QueueFiles => ({
  ...fs,
  fdatasyncSync(file) {
    if (failing.times > 0) {
      failing.times -= 1;
      throw error(failing.code);
    }
    failing.forced += 1;
    fs.fdatasyncSync(file);
  },
});
const open = (): OutboxStore => {
  const connect = (path: string) => {
    db = new Database(path);
    return db;
  };
  const journalFolder = join(folder, 'journal');
  const opened = openOutbox({ folder, journalFolder, limits, clock, log: () => {}, files: files(), connect });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
};

beforeEach(() => {
  folder = scratch('refused');
  clock = createManualClock();
  failing = { times: 0, code: 'EIO', forced: 0 };
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

it.each(['EIO', 'ENOSPC', 'EDQUOT'])('an fsync that failed with %s is not tried again on the same file', (code) => {
  const box = open();
  Object.assign(failing, { times: 1, code, forced: 0 });
  expect(box.enqueue(row)).toEqual({ ok: false, error: 'storage' });
  expect(box.usable).toBe(false);
  expect(failing.forced).toBe(0);
  clock.advance(60_000);
  expect(box.usable).toBe(true);
  expect(box.enqueue(row).ok).toBe(true);
  box.close();
  const again = open();
  expect(again.due(clock.now(), all)).toHaveLength(1);
  again.close();
});

it('an act that was refused, tried again and promised is there after a restart', () => {
  let box = open();
  // The database has no room, when the journal has the row already.
  db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
  expect(box.enqueue(row)).toEqual({ ok: false, error: 'storage' });
  // Its room had been reserved, and was not there: the next person is not asked to come in vain.
  expect(box.usable).toBe(false);
  clock.advance(60_000);
  expect(box.usable).toBe(true);
  expect(box.enqueue(row).ok).toBe(true);
  box.close();
  box = open();
  expect(box.due(clock.now(), all).map(({ id }) => id)).toEqual([row.id]);
  // The journal's files are written anew: what was withdrawn once must not come with them.
  box.tidy();
  box.finishChores();
  box.close();
  box = open();
  expect(box.due(clock.now(), all).map(({ id }) => id)).toEqual([row.id]);
  box.close();
});
