import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { AsideKeeper } from './aside-keeper.ts';
import { readRows } from './database-rows.ts';
import { openPlain } from './first-page.ts';
import { migrations } from './migrations.ts';
import { addHashFunctions, payloadHash, rowHash } from './row-hash.ts';

/** Pages of the rows' own table that cannot be read, in a queue that has been used for long: the numbers of its rows are high. */
const ROWS = 300;
const AT = 1_795_395_600_000;
let folder: string;
const path = () => join(folder, 'outbox.db');

/** @param damaged which leaves of the table lose their type, counted from the left @returns rows on each leaf, from the left */
function write(first: number, damaged: readonly number[]): number[] {
  const db = new Database(path());
  addHashFunctions(db);
  for (const step of migrations) db.exec(step);
  db.pragma(`user_version = ${migrations.length}`);
  const row = db.prepare(
    `INSERT INTO outbox (seq, id, kind, receipt, state, head, next_attempt, created_at, hash, row_hash) VALUES (?, ?, 'set-up', ?, 'pending', 0, 0, ${AT}, ?, ?)`,
  );
  const payload = db.prepare('INSERT INTO payload VALUES (?, ?)');
  db.transaction(() => {
    for (let seq = first; seq < first + ROWS; seq++) {
      const id = `0199aaaa-0000-7000-8000-${String(seq - first).padStart(12, '0')}`;
      const receipt = String(seq - first).padStart(10, '0');
      const hash = payloadHash(`sealed-${seq}`);
      row.run(seq, id, receipt, hash, rowHash(seq, id, 'set-up', receipt, AT, hash));
      payload.run(seq, `sealed-${seq}`);
    }
  })();
  const root = Number(db.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'outbox'`).pluck().get());
  db.close();
  const bytes = readFileSync(path());
  const at = (root - 1) * 4096;
  const leaves = Array.from({ length: bytes.readUInt16BE(at + 3) }, (_, n) => {
    const cell = at + bytes.readUInt16BE(at + 12 + 2 * n);
    return (bytes.readUInt32BE(cell) - 1) * 4096;
  });
  const sizes = leaves.map((leaf) => bytes.readUInt16BE(leaf + 3));
  for (const n of damaged) bytes[leaves[n] ?? 0] = (bytes[leaves[n] ?? 0] ?? 0) ^ 0x40;
  writeFileSync(path(), bytes);
  return sizes;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'database-rows-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  [1, [0]],
  [500_001, [0]],
  [500_001, [0, 2, 3]],
  [2 ** 40, [1, 4]],
])('the first row is number %i, leaves %j cannot be read: every other row is, in few turns', (first, damaged) => {
  const sizes = write(first, damaged);
  const lost = damaged.reduce((sum, n) => sum + (sizes[n] ?? 0), 0);
  const db = openPlain(path());
  if (db === null) throw new Error('no table');
  const gaps: boolean[] = [];
  const found = [...readRows(db, (jumped) => gaps.push(jumped))];
  db.close();
  expect(found.filter((row) => row?.good === true)).toHaveLength(ROWS - lost);
  expect(found.filter((row) => row === null).length).toBeLessThan(100);
  expect(gaps.length).toBeGreaterThan(0);
});

it('a set-aside file in which a range was jumped over is never accounted for', async () => {
  write(500_001, [0]);
  mkdirSync(join(folder, 'journal'));
  renameSync(path(), `${path()}.damaged-1`);
  const settled = {
    usable: true,
    counts: () => ({ ...counts }),
    staff: { findings: () => [], stateOf: () => 'accepted' as const },
  };
  const clock = createManualClock();
  await new AsideKeeper({ store: settled, path: path(), journalFolder: join(folder, 'journal'), clock, log: () => {} }).look();
  expect(Object.values(JSON.parse(readFileSync(join(folder, 'set-aside.json'), 'utf8')))).toMatchObject([
    { accounted: false, whole: false },
  ]);
});
const counts = { pending: 0, sending: 0, accepted: ROWS, refused: 0, parked: 0, cancelled: 0, lost: 0 };
