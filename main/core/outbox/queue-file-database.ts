import { closeSync, fstatSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { ReceiptNumber, SubmissionId, SubmissionKind } from '../../contract/content.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import { migrations } from './migrations.ts';
import type { FileRow, QueueFile, QueueFileFault } from './queue-file.ts';
import { addHashFunctions, payloadHash, rowHash } from './row-hash.ts';
import { RowState } from './rows.ts';

const Found = z.object({
  seq: z.number().int(),
  id: SubmissionId.nullable().catch(null),
  kind: SubmissionKind.nullable().catch(null),
  receipt: ReceiptNumber.nullable().catch(null),
  state: RowState.nullable().catch(null),
  created_at: z.number().int().nullable().catch(null),
  sealed: z.string().min(1).nullable().catch(null),
  hash: z.instanceof(Uint8Array).nullable().catch(null),
  row_hash: z.instanceof(Uint8Array).nullable().catch(null),
});
type Found = z.infer<typeof Found>;

const COLUMNS = 'seq, id, kind, receipt, state, created_at';
/** Before any kiosk wrote one, the stored file of version 1 had no hash of its payload. */
const SHA256_BYTES = 32;

/** @param path a copy that may be written @param folder removed with everything in it by `close` */
export function openDatabaseCopy(path: string, folder: string): Result<QueueFile, QueueFileFault> {
  const db = openPlain(path) ?? openMended(path, folder);
  if (db === null) return err('unknown');
  let gaps = 0;
  return ok({
    form: 'database',
    version: versionOf(db),
    rows: () =>
      readRows(db, () => {
        gaps += 1;
      }),
    get gaps() {
      return gaps;
    },
    faults: () => pageFaults(db),
    async close() {
      db.close();
      await rm(folder, { recursive: true, force: true });
    },
  });
}

/** @returns null when there is no table of rows to be seen */
function openPlain(path: string): Database.Database | null {
  let db: Database.Database | null = null;
  try {
    db = new Database(path);
    // Lets a file be read that is shorter than it says, or whose schema holds something that cannot be understood.
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    db.prepare(`SELECT ${COLUMNS}, hash, ${sealedOf(db)} FROM outbox NOT INDEXED WHERE seq > ?`);
    return db;
  } catch {
    db?.close();
    return null;
  }
}

/**
 * The first page holds the file's header and the names of its tables; with it gone SQLite sees nothing, although every row is there. Our
 * migrations always lay the same first page, so that one made anew is put in its place.
 */
function openMended(path: string, folder: string): Database.Database | null {
  for (let version = migrations.length; version >= 1; version--) {
    const page = firstPage(join(folder, `first-page-${version}.db`), version);
    if (page === null) continue;
    const file = openSync(path, 'r+');
    try {
      const { size } = fstatSync(file);
      if (size < 2 * page.length) return null;
      page.writeUInt32BE(Math.floor(size / page.length), 28);
      writeSync(file, page, 0, page.length, 0);
    } finally {
      closeSync(file);
    }
    const db = openPlain(path);
    if (db === null) continue;
    // Any file takes a first page: only rows behind it show that it belongs there.
    for (const _ of readRows(db, () => {})) return db;
    db.close();
  }
  return null;
}

function firstPage(path: string, version: number): Buffer | null {
  try {
    const db = new Database(path);
    db.pragma('auto_vacuum = INCREMENTAL');
    addHashFunctions(db);
    for (const step of migrations.slice(0, version)) db.exec(step);
    db.pragma(`user_version = ${version}`);
    const size = Number(db.pragma('page_size', { simple: true }));
    db.close();
    const page = Buffer.from(readFileSync(path).subarray(0, size));
    rmSync(path, { force: true });
    return page;
  } catch {
    return null;
  }
}

/** Where the payload stands: since version 4 in a table of its own. */
function sealedOf(db: Database.Database): string {
  try {
    db.prepare('SELECT sealed FROM payload');
    return '(SELECT sealed FROM payload WHERE payload.seq = outbox.seq) AS sealed';
  } catch {
    return 'sealed';
  }
}

function versionOf(db: Database.Database): number | null {
  try {
    return Number(db.pragma('user_version', { simple: true }));
  } catch {
    return null;
  }
}

/** In the order of the queue; jumps over what cannot be read. @param gap told of each place */
function* readRows(db: Database.Database, gap: () => void): Generator<FileRow> {
  const ownHash = namesRowHash(db);
  const own = ownHash ? 'row_hash' : 'NULL AS row_hash';
  const all = db.prepare(`SELECT ${COLUMNS}, ${sealedOf(db)}, hash, ${own} FROM outbox NOT INDEXED WHERE seq > ? ORDER BY seq`);
  const bare = db.prepare(
    `SELECT ${COLUMNS}, NULL AS sealed, NULL AS hash, NULL AS row_hash FROM outbox NOT INDEXED WHERE seq = ?`,
  );
  let last = 0;
  let top: number | null = null;
  for (;;) {
    try {
      for (const raw of all.iterate(last)) {
        const row = Found.parse(raw);
        last = row.seq;
        yield fileRow(row, ownHash);
      }
      return;
    } catch {}
    top ??= highestSeq(db);
    let inGap = false;
    let resumed = false;
    while (!resumed && last < top) {
      last += 1;
      try {
        const raw = bare.get(last);
        // Its own line can be read, only its payload cannot.
        if (raw !== undefined) yield { ...fileRow(Found.parse(raw), ownHash), good: false };
        else if (!inGap) continue;
        resumed = true;
      } catch {
        if (!inGap) gap();
        inGap = true;
      }
    }
    if (!resumed) return;
  }
}

/** Since version 3 a row has a hash over what names it. */
function namesRowHash(db: Database.Database): boolean {
  try {
    db.prepare('SELECT row_hash FROM outbox');
    return true;
  } catch {
    return false;
  }
}

function fileRow({ seq, id, kind, receipt, state, created_at: at, sealed, hash, row_hash }: Found, ownHash: boolean): FileRow {
  const row = { seq, id, kind, receipt, state, at, sealed };
  const settled = state !== null && state !== 'pending' && state !== 'sending' && state !== 'parked';
  if (id === null || kind === null || receipt === null || state === null || at === null || hash === null)
    return { ...row, good: false };
  const named = !ownHash || (row_hash !== null && same(row_hash, rowHash(seq, id, kind, receipt, at, hash)));
  const held = sealed === null ? settled : hash.length !== SHA256_BYTES || same(hash, payloadHash(sealed));
  return { ...row, good: named && held };
}

const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** A number that no row's place is above; 0 when nothing can be read at all. */
function highestSeq(db: Database.Database): number {
  const asked = ['SELECT max(seq) FROM outbox NOT INDEXED', `SELECT seq FROM sqlite_sequence WHERE name = 'outbox'`].flatMap(
    (sql) => {
      try {
        const found = db.prepare(sql).pluck().get();
        return typeof found === 'number' ? [found] : [];
      } catch {
        return [];
      }
    },
  );
  if (asked.length > 0) return Math.max(...asked);
  const behind = db.prepare('SELECT seq FROM outbox NOT INDEXED WHERE seq >= ? ORDER BY seq LIMIT 1');
  for (let seq = 1; seq < 2 ** 30; seq *= 2) {
    try {
      if (behind.get(seq) === undefined) return seq;
    } catch {}
  }
  return 0;
}

function pageFaults(db: Database.Database): string[] {
  try {
    const said = z.array(z.object({ integrity_check: z.string() })).parse(db.pragma('integrity_check(10)'));
    return said.map((line) => line.integrity_check).filter((line) => line !== 'ok');
  } catch {
    return ['the pages cannot be checked to the end'];
  }
}
