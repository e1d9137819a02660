import { z } from 'zod';
import { type Copies, noteJournal } from './copies.ts';
import { HEADER_COLUMNS, holdsPayload, readHeader } from './rows.ts';
import type { Storage } from './storage.ts';

export interface JournalCleaningDeps {
  readonly storage: Storage;
  /** Mends a row, or sets it apart for good. */
  readonly repair: (seq: number) => void;
}

const ROWS_A_SLICE = 50;
const Seq = z.object({ seq: z.number().int() });
const Held = z.object({ seq: z.number().int(), segment: z.number().int().nullable() });

export const waitsIn = ({ sql }: Copies): number => {
  const { pending, sending } = sql.change.counts();
  return pending + sending;
};

/**
 * Wipes and removes the journal's files that hold nothing needed; when nothing waits, rows that are parked are moved together. A file that must
 * stay does not keep the others.
 */
export function* cleanJournal(options: JournalCleaningDeps): Generator<void, void> {
  const { storage } = options;
  const staying = new Set<number>();
  for (;;) {
    const target = storage.read(null, (copies) => copies.journal.cleanable(waitsIn(copies) === 0, staying));
    if (target === null) return;
    if (target.live > 0) yield* moveParked(options, target.number);
    const free = target.live === 0 || (yield* isFree(options, target.number));
    const written = storage.write((copies) => {
      const { journal } = copies;
      // A row that began to wait again meanwhile keeps the file; the next time it may go.
      if (!free) return;
      if (journal.segment === target.number) journal.rotate();
      journal.drop(target.number);
      noteJournal(copies);
    });
    if (!written) return;
    if (!free) staying.add(target.number);
    yield;
  }
}

/** Writes the parked rows of one journal file into the newest one. */
function* moveParked({ storage, repair }: JournalCleaningDeps, segment: number): Generator<void, void> {
  storage.write((copies) => {
    if (copies.journal.segment !== segment) return;
    copies.journal.rotate();
    noteJournal(copies);
  });
  for (let after = 0; ; ) {
    const bad: number[] = [];
    let last: number | null = null;
    const written = storage.write((copies) => {
      const { db, sql, journal } = copies;
      db.transaction(() => {
        const rows = db
          .prepare(`SELECT ${HEADER_COLUMNS} FROM outbox WHERE state = 'parked' AND seq > ? ORDER BY seq LIMIT ${ROWS_A_SLICE}`)
          .all(after);
        for (const raw of rows) {
          const { seq } = Seq.parse(raw);
          last = seq;
          const header = readHeader(raw);
          const sealed: unknown = sql.sealed.get(seq);
          if (header === null || typeof sealed !== 'string' || !holdsPayload(header, sealed)) bad.push(seq);
          else if (header.segment === segment) {
            sql.setSegment.run(journal.put({ ...header, at: header.created_at, sealed }), seq);
            journal.letGo(segment, 1);
          }
        }
        noteJournal(copies);
        journal.sync();
      })();
    });
    for (const seq of bad) repair(seq);
    if (!written || last === null) return;
    after = last;
    yield;
  }
}

/**
 * Whether no row needs this file, whatever was counted: rows that damage took, or that their person took back just before the power went, are
 * counted and settled by nobody, and payloads beside them would stay for ever. The database decides: nothing waits in it, no parked row
 * names the file, and nothing changed while that was looked at.
 */
function* isFree({ storage }: JournalCleaningDeps, segment: number): Generator<void, boolean> {
  const changes = ({ db }: Copies): unknown => db.prepare('SELECT total_changes()').pluck().get();
  const before = storage.read(null, changes);
  if (before === null) return false;
  for (let after = 0; ; ) {
    const rows = storage.read(null, ({ db }) =>
      db
        .prepare(`SELECT seq, segment FROM outbox WHERE state = 'parked' AND seq > ? ORDER BY seq LIMIT ${ROWS_A_SLICE}`)
        .all(after)
        .map((row) => Held.parse(row)),
    );
    if (rows === null || rows.some((row) => row.segment === segment)) return false;
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.seq;
    yield;
  }
  return storage.read(false, (copies) => waitsIn(copies) === 0 && changes(copies) === before);
}
