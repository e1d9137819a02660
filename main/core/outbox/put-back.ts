import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import { noteJournal } from './copies.ts';
import type { UnsentRow } from './file-row.ts';
import { promote } from './heads.ts';
import { isCancelled, PLACEHOLDER, writeRestored } from './restored.ts';
import { HashRow } from './rows.ts';
import type { Statements } from './statements.ts';
import type { Storage } from './storage.ts';

/** What came of putting rows back. `restored`: receipts. `known`: how many are here already, settled, or taken back. */
export interface PutBack {
  readonly restored: readonly string[];
  readonly known: number;
}

/**
 * Puts unsent rows of another queue's file into this one, in one transaction, as ones that may have left: the platform knows what it has had
 * already. A row that is known here stays as it is here, unless damage has taken its payload.
 */
export function putBack(storage: Storage, rows: readonly UnsentRow[]): Result<PutBack, 'storage'> {
  const restored: string[] = [];
  const written = storage.write((copies) => {
    const { db, sql, journal } = copies;
    restored.length = 0;
    db.transaction(() => {
      for (const row of rows) {
        const { id, kind, receipt, sealed, seq } = row;
        const found = sql.find.get(id);
        const known = found === undefined ? null : HashRow.parse(found);
        if (known !== null && known.state !== 'lost') continue;
        if (isCancelled(journal, receipt, seq)) continue;
        if (known !== null) sql.change.remove(known.seq);
        forgetPlaceholder(sql, row);
        const common = { attempts: 0, segment: null, code: null, reference: null, settledAt: null };
        // Behind everything that is here: its old place means nothing in this queue.
        const place = sql.newest() + 1;
        writeRestored(sql, { ...common, id, kind, receipt, at: row.at, state: 'sending', sealed, seq: place }, journal);
        promote(sql, receipt);
        restored.push(receipt);
      }
      noteJournal(copies);
      journal.sync();
    })();
  });
  return written ? ok({ restored, known: rows.length - restored.length }) : err('storage');
}

/** Of some lost rows nothing but place and receipt could be read; here is the one of this place. */
function forgetPlaceholder(sql: Statements, { seq, receipt }: UnsentRow): void {
  const found = sql.header.get(seq) as { id: unknown; receipt: unknown } | undefined;
  if (found?.receipt === receipt && String(found.id).startsWith(PLACEHOLDER)) sql.change.remove(seq);
}
