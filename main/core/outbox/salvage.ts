import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { ReceiptNumber, SubmissionId, SubmissionKind } from '../../contract/content.ts';
import { payloadHash, rowHash } from './row-hash.ts';
import { RowState } from './rows.ts';

/** A row of a queue's file, whatever version wrote it. `sealed`: only where it is what was written. `whole`: every hash there is fits. */
export interface SalvagedRow {
  readonly seq: number;
  readonly id: string;
  readonly kind: SubmissionKind;
  readonly receipt: string;
  readonly state: RowState;
  readonly attempts: number;
  readonly createdAt: number;
  readonly settledAt: number | null;
  readonly reference: string | null;
  readonly code: string | null;
  readonly sealed: string | null;
  readonly whole: boolean;
}

/** `unreadable`: places in the file at which SQLite found damage, or rows that no schema knows; their receipts where they could be read. */
export interface SalvagedFile {
  readonly version: number;
  readonly rows: readonly SalvagedRow[];
  readonly unreadable: readonly { readonly seq: number; readonly receipt: string | null }[];
}

const StoredRow = z.object({
  seq: z.number().int().min(1),
  id: SubmissionId,
  kind: SubmissionKind,
  receipt: ReceiptNumber,
  state: RowState,
  attempts: z.number().int(),
  created_at: z.number().int(),
  settled_at: z.number().int().nullable(),
  reference: z.string().nullable(),
  code: z.string().nullable(),
  hash: z.instanceof(Uint8Array),
  row_hash: z.instanceof(Uint8Array).nullable(),
  sealed: z.string().nullable(),
});

/** Before version 3 a row had no hash of its own, and before any kiosk wrote one the fixture of version 1 had none of its payload. */
const SHA256_BYTES = 32;
/** So many places in a row that cannot be read end the search: the rest of the file is gone. */
const MOST_SKIPS = 64;

function salvagedOf(raw: unknown): SalvagedRow | null {
  const parsed = StoredRow.safeParse(raw);
  if (!parsed.success) return null;
  const { seq, id, kind, receipt, created_at, settled_at, hash, row_hash, sealed, ...row } = parsed.data;
  const same = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;
  const named = row_hash === null || same(row_hash, rowHash(seq, id, kind, receipt, created_at, hash));
  const intact = sealed === null || hash.length !== SHA256_BYTES || same(hash, payloadHash(sealed));
  return {
    ...row,
    ...{ seq, id, kind, receipt },
    createdAt: created_at,
    settledAt: settled_at,
    sealed: intact ? sealed : null,
    whole: named && intact,
  };
}

const Place = z.object({ seq: z.number().int() });

const receiptOf = (raw: unknown): string | null => {
  const parsed = z.object({ receipt: ReceiptNumber }).safeParse(raw);
  return parsed.success ? parsed.data.receipt : null;
};

/** Rows by their place, one statement each, so that damage at one page takes no more than what lies on it. */
function* readRows(db: Database.Database, version: number): Generator<SalvagedRow | { seq: number; receipt: string | null }> {
  const own = version >= 3 ? 'row_hash' : 'NULL AS row_hash';
  const payload = version >= 4 ? '(SELECT sealed FROM payload WHERE payload.seq = outbox.seq) AS sealed' : 'sealed';
  const next = db.prepare(
    `SELECT seq, id, kind, receipt, state, attempts, created_at, settled_at, reference, code, hash, ${own}, ${payload}
       FROM outbox WHERE seq > ? ORDER BY seq LIMIT 1`,
  );
  let skip = 0;
  for (let after = 0; ; ) {
    let raw: unknown;
    try {
      raw = next.get(after);
    } catch {
      yield { seq: after + 1, receipt: null };
      skip += 1;
      if (skip > MOST_SKIPS) return;
      after += 1;
      continue;
    }
    if (raw === undefined) return;
    const place = Place.safeParse(raw);
    if (!place.success || place.data.seq <= after) {
      // A damaged tree leads back to where it came from: gone round for ever, if it were followed.
      skip += 1;
      if (skip > MOST_SKIPS) return;
      after += 1;
      continue;
    }
    skip = 0;
    const { seq } = place.data;
    yield salvagedOf(raw) ?? { seq, receipt: receiptOf(raw) };
    after = seq;
  }
}

/**
 * Reads the file of a queue, live (when nobody has it open), set aside or foreign, as far as SQLite gets. Nothing is changed.
 * @returns null: not a queue's file at all, or held by a running core
 */
export function readQueueFile(path: string): SalvagedFile | null {
  if (!existsSync(path)) return null;
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true });
    const version = Number(db.pragma('user_version', { simple: true }));
    const rows: SalvagedRow[] = [];
    const unreadable: { seq: number; receipt: string | null }[] = [];
    for (const found of readRows(db, version)) {
      if ('id' in found) rows.push(found);
      else unreadable.push(found);
    }
    return { version, rows, unreadable };
  } catch {
    return null;
  } finally {
    db?.close();
  }
}
