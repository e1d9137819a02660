import type { Clock } from '../ports.ts';
import { type Copies, noteJournal } from './copies.ts';
import { promote } from './heads.ts';
import { findPut } from './journal-content.ts';
import { type QueueFiles, segmentNumbers } from './journal-files.ts';
import { lostRow, type Restored, writeRestored } from './restored.ts';
import { type FindingCode, holdsPayload, readHeader } from './rows.ts';
import type { Storage } from './storage.ts';

export interface RepairOptions {
  readonly storage: Storage;
  readonly files: QueueFiles;
  readonly journalFolder: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly found: (what: FindingCode, receipts: readonly string[]) => void;
}

/** What a row of the database was once: from the journal, or at least its receipt. */
function otherCopy({ sql }: Copies, { files, journalFolder, clock }: RepairOptions, seq: number): Restored | null {
  const raw = sql.header.get(seq) as Record<string, unknown> | undefined;
  if (raw === undefined) return null;
  const parked = raw.state === 'parked';
  const segments = segmentNumbers(files, journalFolder).sort((a, b) => Number(b === raw.segment) - Number(a === raw.segment));
  const copy = findPut(files, journalFolder, segments, seq);
  if (copy === null) return typeof raw.receipt === 'string' && /^\d{10}$/.test(raw.receipt) ? lostRow(seq, raw.receipt) : null;
  const { put, sealed, segment } = copy;
  const { id, kind, receipt, at } = put;
  const common = { seq, id, kind, receipt, at, attempts: 0, reference: null };
  if (sealed === null) return { ...common, state: 'lost', sealed, segment: null, code: null, settledAt: clock.now() };
  return {
    ...common,
    ...{ state: parked ? 'parked' : 'sending', sealed, segment, settledAt: null },
    code: parked && typeof raw.code === 'string' ? raw.code : null,
  };
}

/**
 * Mends one row of the database that is not what was written: from the journal, or, where that has it no more, as lost. A row that is whole here and
 * bad in the journal is written there again.
 */
export function repairRow(options: RepairOptions, seq: number): void {
  const { storage } = options;
  let told: [FindingCode, string] | null = null;
  storage.write((copies) => {
    const { db, sql, journal } = copies;
    const header = readHeader(sql.header.get(seq));
    const sealed: unknown = sql.sealed.get(seq);
    if (header !== null && typeof sealed === 'string' && holdsPayload(header, sealed)) {
      db.transaction(() => {
        sql.setSegment.run(journal.put({ ...header, at: header.created_at, sealed }), seq);
        noteJournal(copies);
        journal.sync();
      })();
      journal.letGo(header.segment, 1);
      told = ['journal-damaged', header.receipt];
      return;
    }
    const restored = otherCopy(copies, options, seq);
    db.transaction(() => {
      sql.change.remove(seq);
      if (restored === null) return;
      writeRestored(sql, restored, journal);
      promote(sql, restored.receipt);
    })();
    if (restored !== null) told = [restored.state === 'lost' ? 'row-lost' : 'row-damaged', restored.receipt];
  });
  if (told !== null) options.found(told[0], [told[1]]);
}
