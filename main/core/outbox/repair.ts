import type { Clock } from '../ports.ts';
import { type Copies, noteJournal } from './copies.ts';
import { endedRow, endOf } from './ended.ts';
import { promote } from './heads.ts';
import { type FoundPut, findPut } from './journal-content.ts';
import { type QueueFiles, segmentNumbers } from './journal-files.ts';
import { lostRow, type Restored, writeRestored } from './restored.ts';
import { type FindingCode, holdsPayload, type RowHeader, readHeader } from './rows.ts';
import type { Statements } from './statements.ts';
import type { Storage } from './storage.ts';

export interface RepairDeps {
  readonly storage: Storage;
  readonly files: QueueFiles;
  readonly journalFolder: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly found: (what: FindingCode, receipts: readonly string[]) => void;
  /** Whether the platform settled a row, as the register of receipts knows. */
  readonly hasEnded: (id: string | null, receipt: string) => boolean;
}

/** What has to be told of a row; null: nothing. */
type Told = [FindingCode, string] | null;
type Raw = Record<string, unknown>;
type Copy = (FoundPut & { readonly sealed: string | null }) | null;

const waits = (state: unknown): boolean => state === 'pending' || state === 'sending' || state === 'parked';

/** Its own id was not to be read when the copies were compared, and it was written from the journal a second time. */
const standsElsewhere = (sql: Statements, id: string, seq: number): boolean => {
  const found = sql.find.get(id) as { seq?: unknown } | undefined;
  return found !== undefined && found.seq !== seq;
};

/** What a row that waits, or is parked, was once: from the journal, or at least its receipt. */
function otherCopy(copy: Copy, raw: Raw, code: unknown, seq: number, now: number): Restored | null {
  if (copy === null) return typeof raw.receipt === 'string' && /^\d{10}$/.test(raw.receipt) ? lostRow(seq, raw.receipt) : null;
  const { put, sealed, segment } = copy;
  const { id, kind, receipt, at } = put;
  const common = { seq, id, kind, receipt, at, attempts: 0, reference: null };
  if (sealed === null) return { ...common, state: 'lost', sealed, segment: null, code: null, settledAt: now };
  const parked = raw.state === 'parked';
  return {
    ...common,
    ...{ state: parked ? 'parked' : 'sending', sealed, segment, settledAt: null },
    code: parked && typeof code === 'string' ? code : null,
  };
}

/** Nothing is wrong with the row itself: its second copy is written again, where it needs one. */
function putAgain(copies: Copies, header: RowHeader, sealed: string): Told {
  const { db, sql, journal } = copies;
  db.transaction(() => {
    sql.setSegment.run(journal.put({ ...header, at: header.created_at, sealed }), header.seq);
    noteJournal(copies);
    journal.sync();
  })();
  journal.letGo(header.segment, 1);
  return ['journal-damaged', header.receipt];
}

function mend(copies: Copies, options: RepairDeps, raw: Raw, seq: number): Told {
  const { db, sql, journal } = copies;
  const { files, journalFolder, clock } = options;
  const marks = db.prepare('SELECT code, reference FROM outbox WHERE seq = ?').get(seq) as { code: unknown; reference: unknown };
  const own = (segment: number) => segment === raw.segment;
  const numbers = segmentNumbers(files, journalFolder).sort((a, b) => Number(own(b)) - Number(own(a)));
  // What has ended needs no payload: it is not looked for in every file.
  const ended = typeof raw.state === 'string' && ['accepted', 'refused', 'cancelled', 'lost'].includes(raw.state);
  const copy = findPut(files, journalFolder, ended ? numbers.filter(own) : numbers, seq);
  const end = endOf({ raw, marks, put: copy?.put ?? null, seq, journal, files, journalFolder });
  if (end === 'refused-act') {
    db.transaction(() => sql.change.remove(seq))();
    return null;
  }
  if (end !== null) {
    const row = endedRow(raw, copy?.put ?? null, seq, end);
    db.transaction(() => {
      if (row === null || standsElsewhere(sql, row.id, seq)) return sql.change.remove(seq);
      sql.change.endAs(row, clock.now());
      promote(sql, row.receipt);
    })();
    if (waits(raw.state) && typeof raw.segment === 'number') journal.letGo(raw.segment, 1);
    return row === null ? null : ['row-damaged', row.receipt];
  }
  const other = otherCopy(copy, raw, marks.code, seq, clock.now());
  // It ended, and only this older copy of it says that it waits: nothing is lost by it.
  const known = copy?.put.id ?? null;
  const restored = other?.state === 'lost' && options.hasEnded(known, other.receipt) ? null : other;
  db.transaction(() => {
    sql.change.remove(seq);
    if (restored === null || standsElsewhere(sql, restored.id, seq)) return;
    writeRestored(sql, restored, journal);
    promote(sql, restored.receipt);
  })();
  return restored === null ? null : [restored.state === 'lost' ? 'row-lost' : 'row-damaged', restored.receipt];
}

/**
 * Mends one row of the database that is not what was written. One that waits, or is parked: from the journal, or, where that has it no more, as
 * lost; one that is whole here and bad in the journal is written there again. One that has ended stays ended, and no payload of it comes back.
 */
export function repairRow(options: RepairDeps, seq: number): void {
  let told: Told = null;
  options.storage.write((copies) => {
    const { db, sql } = copies;
    told = null;
    const raw = sql.header.get(seq) as Raw | undefined;
    const header = readHeader(raw);
    // Its person took it back, or the platform answered, before its turn to be mended came; or it is there no more.
    if (raw === undefined || (header !== null && !waits(header.state)))
      return db.transaction(() => sql.change.dropPayload(seq))();
    const sealed: unknown = sql.sealed.get(seq);
    const whole = header !== null && typeof sealed === 'string' && holdsPayload(header, sealed);
    told = whole ? putAgain(copies, header, sealed) : mend(copies, options, raw, seq);
  });
  if (told !== null) options.found(told[0], [told[1]]);
}
