import { existsSync } from 'node:fs';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import { noteJournal } from './copies.ts';
import { promote } from './heads.ts';
import { asSalvaged, isCancelled, writeRestored } from './merge.ts';
import { readQueueFile, type SalvagedRow } from './salvage.ts';
import type { Storage } from './storage.ts';

const ROWS_AT_ONCE = 100;
const waits = ({ state }: SalvagedRow): boolean => state === 'pending' || state === 'sending' || state === 'parked';

export interface SalvagedInto {
  readonly restored: number;
  readonly known: number;
  /** Receipts of rows that were not whole. */
  readonly unreadable: readonly string[];
  /** Receipts of the rows that were put back. */
  readonly receipts: readonly string[];
}

/**
 * Puts the unsent rows of another queue's file into this one, as ones that may have left: the platform knows what it has had already. A row that is
 * known here, in whatever state, stays as it is here.
 */
export function salvageInto(storage: Storage, path: string): Result<SalvagedInto, 'unknown-file' | 'unreadable' | 'storage'> {
  if (!existsSync(path)) return err('unknown-file');
  const file = readQueueFile(path);
  if (file === null) return err('unreadable');
  const rows = file.rows.filter(waits);
  const unreadable = [
    ...rows.filter((row) => !row.whole || row.sealed === null).map((row) => row.receipt),
    ...file.unreadable.flatMap(({ receipt }) => receipt ?? []),
  ];
  const whole = rows.filter((row) => row.whole && row.sealed !== null);
  const receipts: string[] = [];
  for (let from = 0; from < whole.length; from += ROWS_AT_ONCE) {
    const slice: string[] = [];
    const written = storage.write((copies) => {
      const { db, sql, journal } = copies;
      slice.length = 0;
      db.transaction(() => {
        for (const row of whole.slice(from, from + ROWS_AT_ONCE)) {
          if (sql.find.get(row.id) !== undefined || isCancelled(journal, row.receipt, row.seq)) continue;
          // Behind everything that is here: its old place means nothing in this queue.
          writeRestored(sql, { ...asSalvaged(row, 'sending', row.sealed), seq: sql.newest() + 1 }, journal);
          promote(sql, row.receipt);
          slice.push(row.receipt);
        }
        noteJournal(copies);
        journal.sync();
      })();
    });
    if (!written) return err('storage');
    receipts.push(...slice);
  }
  return ok({ restored: receipts.length, known: whole.length - receipts.length, unreadable, receipts });
}
