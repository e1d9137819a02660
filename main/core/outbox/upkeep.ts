import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { Clock } from '../ports.ts';
import { type Copies, noteJournal, SMALL_BYTES } from './copies.ts';
import { codeOf, fileBytes } from './database.ts';
import { promote, waitingOf } from './heads.ts';
import { cleanJournal, waitsIn } from './journal-cleaning.ts';
import { type QueueFiles, wipeFile } from './journal-files.ts';
import type { Storage } from './storage.ts';

export interface UpkeepDeps {
  readonly storage: Storage;
  readonly clock: Pick<Clock, 'now'>;
  readonly files: QueueFiles;
  /** The database's file. */
  readonly path: string;
  /** Mends a row, or sets it apart for good. */
  readonly repair: (seq: number) => void;
}

const ROWS_A_SLICE = 50;
/** Rows that are released before staff's own call ends, so that delivery finds some at once: that call has counted all reasons already. */
const ROWS_AT_ONCE = 10;
const PAGES_A_SLICE = 64;
const Seq = z.object({ seq: z.number().int() });

/** Takes the rest of a receipt's rows back, when there are more than one call may touch. */
export function* endCancelling({ storage, clock }: UpkeepDeps): Generator<void, void> {
  for (;;) {
    const receipt = storage.read(null, ({ sql }) => sql.cancelling.get()) as string | null | undefined;
    if (receipt === null || receipt === undefined) return;
    const written = storage.write(({ db, sql, journal }) => {
      db.transaction(() => {
        const rows = waitingOf(sql, receipt, 0, ROWS_A_SLICE);
        for (const { seq } of rows) {
          const ended = sql.change.cancel(seq, clock.now());
          if (ended !== null) journal.letGo(ended.segment, 1);
        }
        if (rows.length < ROWS_A_SLICE) sql.endCancelling.run(receipt);
      })();
    });
    if (!written) return;
    yield;
  }
}

/** Ends the wait of every row, slice by slice, in the order of the queue. */
export function* makeAllDue({ storage }: UpkeepDeps): Generator<void, void> {
  for (const state of ['pending', 'sending'] as const) {
    for (let after = 0; ; ) {
      const last = storage.read(null, ({ db }) => {
        const rows = db
          .prepare(`SELECT seq FROM outbox WHERE state = ? AND seq > ? ORDER BY seq LIMIT ${ROWS_A_SLICE * 4}`)
          .all(state, after)
          .map((row) => Seq.parse(row).seq);
        const due = db.prepare('UPDATE outbox SET next_attempt = 0 WHERE seq = ? AND next_attempt > 0');
        const written = storage.write(() => db.transaction(() => rows.forEach((seq) => void due.run(seq)))());
        return written ? (rows.at(-1) ?? null) : null;
      });
      if (last === null) break;
      after = last;
      yield;
    }
  }
}

export interface ParkedFilter {
  readonly code?: string | undefined;
  readonly kind?: string | undefined;
}

/** Lets parked rows wait again. A row that staff's filter does not name stays. */
export function* releaseParked({ storage }: UpkeepDeps, { code, kind }: ParkedFilter): Generator<void, void> {
  for (let after = 0; ; ) {
    const last = storage.read(null, ({ db, sql }) => {
      const select = db.prepare(
        `SELECT seq, receipt, kind FROM outbox WHERE state = 'parked' ${code === undefined ? '' : 'AND code = @code'} AND seq > @after ORDER BY seq LIMIT @most`,
      );
      const most = after === 0 ? ROWS_AT_ONCE : ROWS_A_SLICE;
      const rows = select
        .all({ after, most, ...(code === undefined ? {} : { code }) })
        .map((row) => z.object({ seq: z.number(), receipt: z.string(), kind: z.string() }).parse(row));
      const written = storage.write(() =>
        db.transaction(() => {
          for (const row of rows) {
            if (kind !== undefined && row.kind !== kind) continue;
            sql.change.unpark(row.seq);
            promote(sql, row.receipt);
          }
        })(),
      );
      return written ? (rows.at(-1)?.seq ?? null) : null;
    });
    if (last === null) return;
    after = last;
    yield;
  }
}

/** Begins the journal's next file before a person's commit has to. */
export function* goOnInNextFile({ storage }: UpkeepDeps): Generator<void, void> {
  storage.write((copies) => {
    if (!copies.journal.nearlyFull) return;
    copies.journal.rotate();
    noteJournal(copies);
  });
  yield;
}

/** Folds the WAL into the file. */
export function* foldWal({ storage }: UpkeepDeps): Generator<void, void> {
  storage.writeWithin(({ db }) => void db.pragma('wal_checkpoint(PASSIVE)'));
  yield;
}

/** Changes that a database had seen when it was last written anew. */
const writtenAt = new WeakMap<Copies['db'], number>();

/**
 * Writes a small file anew when nothing waits: where a page was split, bytes of a payload stay in its unused middle, and secure_delete does not
 * reach them there. A larger file holds parked rows, whose payloads are to stay.
 */
function writeAnew(db: Copies['db']): void {
  const changes = Number(db.prepare('SELECT total_changes()').pluck().get());
  if (fileBytes(db) > SMALL_BYTES || writtenAt.get(db) === changes) return;
  try {
    db.exec('VACUUM');
  } catch (error) {
    // It needs room for a second file; where there is none the next time will do.
    if (codeOf(error) !== 'SQLITE_FULL') throw error;
  }
  writtenAt.set(db, Number(db.prepare('SELECT total_changes()').pluck().get()));
}

/** Gives the room of what is settled back: free pages, the WAL, files that were given up. */
export function* tidyUp(options: UpkeepDeps): Generator<void, void> {
  const { storage, files, path } = options;
  yield* cleanJournal(options);
  for (let free = Number.POSITIVE_INFINITY; ; ) {
    let left = 0;
    // Never a `read`: a file that was given up must not be written again, not even to tidy it.
    storage.writeWithin(({ db }) => {
      db.pragma(`incremental_vacuum(${PAGES_A_SLICE})`);
      left = Number(db.pragma('freelist_count', { simple: true }));
    });
    if (left === 0 || left >= free) break;
    free = left;
    yield;
  }
  if (storage.read(1, waitsIn) === 0) storage.writeWithin(({ db }) => writeAnew(db));
  yield;
  storage.writeWithin(({ db }) => void db.pragma('wal_checkpoint(TRUNCATE)'));
  yield;
  if (storage.read(1, waitsIn) > 0) return;
  const folder = dirname(path);
  const given = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith(`${basename(path)}.suspect-`)) : [];
  for (const name of given) {
    try {
      wipeFile(files, join(folder, name));
    } catch {}
    yield;
  }
}
