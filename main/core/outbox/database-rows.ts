import type Database from 'better-sqlite3';
import { z } from 'zod';
import { ReceiptNumber, SubmissionId, SubmissionKind } from '../../contract/content.ts';
import { type FileRow, isUnsent } from './file-row.ts';
import { payloadHash, rowHash } from './row-hash.ts';
import { RowState } from './rows.ts';

const whole = z.number().int();
const text = z.string().nullable().catch(null);
const bytes = z.instanceof(Uint8Array).nullable().catch(null);
const Found = z.object({
  seq: whole,
  id: SubmissionId.nullable().catch(null),
  kind: SubmissionKind.nullable().catch(null),
  receipt: ReceiptNumber.nullable().catch(null),
  state: RowState.nullable().catch(null),
  created_at: whole.nullable().catch(null),
  attempts: whole.min(0).catch(0),
  settled_at: whole.nullable().catch(null),
  reference: text,
  code: text,
  sealed: z.string().min(1).nullable().catch(null),
  hash: bytes,
  row_hash: bytes,
});
type Found = z.infer<typeof Found>;

const NAMES = 'seq, id, kind, receipt, state, created_at, attempts, settled_at, reference, code';
/** Before any kiosk wrote one, the stored file of version 1 had no hash of its payload. */
const SHA256_BYTES = 32;
/** Places that are tried one by one, in all gaps together; in what is left of a gap the steps double, because damage can name any place. */
const MOST_STEPS = 200_000;

/** Columns as this file has them, whatever version wrote it. */
interface Shape {
  /** Since version 3 a row has a hash over what names it. */
  readonly ownHash: boolean;
  readonly hashes: string;
  /** Since version 4 the payload stands in a table of its own. */
  readonly sealed: string;
}

function canPrepare(db: Database.Database, sql: string): boolean {
  try {
    db.prepare(sql);
    return true;
  } catch {
    return false;
  }
}

function shapeOf(db: Database.Database): Shape {
  const ownHash = canPrepare(db, 'SELECT row_hash FROM outbox');
  const apart = canPrepare(db, 'SELECT seq, sealed FROM payload');
  return {
    ownHash,
    hashes: ownHash ? 'hash, row_hash' : 'hash, NULL AS row_hash',
    sealed: apart ? '(SELECT sealed FROM payload WHERE payload.seq = outbox.seq) AS sealed' : 'sealed',
  };
}

/** Whether a table of rows can be seen in the file. */
export function showsRows(db: Database.Database): boolean {
  return canPrepare(db, `SELECT ${NAMES}, hash, ${shapeOf(db).sealed} FROM outbox NOT INDEXED WHERE seq > ?`);
}

const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

function fileRow(raw: unknown, { ownHash }: Shape): FileRow {
  const { created_at: at, settled_at: settledAt, hash, row_hash, sealed, ...found }: Found = Found.parse(raw);
  const { seq, id, kind, receipt, state } = found;
  const intact = sealed !== null && hash !== null && (hash.length !== SHA256_BYTES || same(hash, payloadHash(sealed)));
  const row = { ...found, at, settledAt, sealed: intact ? sealed : null };
  if (id === null || kind === null || receipt === null || state === null || at === null || hash === null)
    return { ...row, named: false, good: false };
  const named = !ownHash || (row_hash !== null && same(row_hash, rowHash(seq, id, kind, receipt, at, hash)));
  return { ...row, named, good: named && (intact || (sealed === null && !isUnsent(found))) };
}

/** In the order of the queue; jumps over what cannot be read, one place after the other, so that damage takes no more than what lies on it. @param gap told of each place */
export function* readRows(db: Database.Database, gap: () => void): Generator<FileRow> {
  const shape = shapeOf(db);
  const all = db.prepare(`SELECT ${NAMES}, ${shape.hashes}, ${shape.sealed} FROM outbox NOT INDEXED WHERE seq > ? ORDER BY seq`);
  const bare = [`${shape.hashes}, NULL AS sealed`, 'NULL AS hash, NULL AS row_hash, NULL AS sealed'].map((rest) =>
    db.prepare(`SELECT ${NAMES}, ${rest} FROM outbox NOT INDEXED WHERE seq = ?`),
  );
  let last = 0;
  let top: number | null = null;
  let steps = 0;
  let stride = 1;
  for (;;) {
    try {
      for (const raw of all.iterate(last)) {
        const row = fileRow(raw, shape);
        // A damaged tree leads back to where it came from: gone round for ever, if it were followed.
        if (row.seq <= last) throw new Error('the order of the rows is broken');
        last = row.seq;
        yield row;
      }
      return;
    } catch {}
    top ??= highestSeq(db);
    let inGap = false;
    let resumed = false;
    while (!resumed && last < top) {
      steps += 1;
      if (steps > MOST_STEPS) stride *= 2;
      last += stride;
      const found = atPlace(bare, last);
      // Its own line can be read, only its payload cannot.
      if (found.read && found.raw !== undefined) yield fileRow(found.raw, shape);
      else if (found.read && !inGap) continue;
      if (!found.read && !inGap) gap();
      inGap = true;
      resumed = found.read;
    }
    if (!resumed) return;
  }
}

/** @param bare statements, each asking for less than the one before */
function atPlace(bare: readonly Database.Statement[], seq: number): { readonly read: boolean; readonly raw: unknown } {
  for (const statement of bare) {
    try {
      return { read: true, raw: statement.get(seq) };
    } catch {}
  }
  return { read: false, raw: undefined };
}

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
