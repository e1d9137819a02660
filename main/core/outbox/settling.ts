import type { RefusalCode } from '../../contract/platform.ts';
import type { Clock } from '../ports.ts';
import type { Copies } from './copies.ts';
import { promoteAll } from './heads.ts';
import type { Ended } from './row-changes.ts';
import { HashRow, readHeader } from './rows.ts';
import type { Statements } from './statements.ts';
import type { Storage } from './storage.ts';

/** Where a row stands in the queue, and which one it is. */
export interface RowPlace {
  readonly seq: number;
  readonly id: string;
}

/** How the platform settled a row, as it is written down. */
export type RowOutcome =
  | { readonly id: string; readonly state: 'accepted'; readonly reference: string }
  | { readonly id: string; readonly state: 'refused'; readonly reference: string; readonly code: RefusalCode }
  | { readonly id: string; readonly state: 'parked'; readonly code: string };

/** Settled rows that are kept for the staff's look back; older ones go. */
const KEPT_SETTLED = 4000;
const TRIM_A_CALL = 200;

interface Settled extends Ended {
  readonly id: string;
  readonly parked: boolean;
}

/** Rows that were handed to the network, and what becomes of them. They are found by their place, so that a damaged index cannot hide one. */
export class RowsInHand {
  private readonly storage: Storage;
  private readonly clock: Pick<Clock, 'now'>;
  /** Places of the rows that were marked, by id. */
  private readonly marked = new Map<string, number>();

  constructor(storage: Storage, clock: Pick<Clock, 'now'>) {
    this.storage = storage;
    this.clock = clock;
  }

  mark(rows: readonly RowPlace[]): ReadonlySet<string> | null {
    const marked = new Map<string, number>();
    const fresh: string[] = [];
    const written = this.storage.write((copies) => {
      const { db, sql } = copies;
      marked.clear();
      fresh.length = 0;
      db.transaction(() => {
        const takenBack = receiptsTakenBack(copies);
        for (const { seq, id } of rows) {
          const before = takenBack.size > 0 ? readHeader(sql.header.get(seq)) : null;
          if (before !== null && takenBack.has(before.receipt)) continue;
          if (sql.change.sending(seq, id)) fresh.push(id);
          else if (sql.isSending.get(seq, id) !== 1) continue;
          marked.set(id, seq);
        }
      })();
    });
    if (!written) return null;
    // Not forced: it is for the day on which an older database is in the place of this one.
    this.storage.write(({ journal }) => journal.sent(fresh));
    for (const [id, seq] of marked) this.marked.set(id, seq);
    return new Set(marked.keys());
  }

  settle(rowOutcomes: readonly RowOutcome[]): string[] | null {
    const done: Settled[] = [];
    const now = this.clock.now();
    const written = this.storage.write(({ db, sql }) => {
      done.length = 0;
      db.transaction(() => {
        for (const rowOutcome of rowOutcomes) {
          const settled = this.settleOne(sql, rowOutcome, now);
          if (settled !== null) done.push(settled);
        }
        promoteAll(sql, new Set(done.map(({ receipt }) => receipt)));
        const { accepted, refused } = sql.change.counts();
        if (accepted + refused > KEPT_SETTLED) sql.change.trim(Math.min(TRIM_A_CALL, accepted + refused - KEPT_SETTLED));
      })();
    });
    // On a full disk the statements may pass and only COMMIT fails: then nothing was settled.
    if (!written) return null;
    for (const { id } of done) this.marked.delete(id);
    // Not forced: without it a row that comes back from the journal is sent once more, and the platform knows it.
    const gone = done.filter(({ parked }) => !parked);
    if (gone.length > 0) this.storage.write(({ journal }) => journal.settled(gone));
    return done.map(({ id }) => id);
  }

  /** Where a row stands: as it was marked; what was never marked here (an answer that came another way) is looked for. */
  private placeOf(sql: Statements, id: string): number | null {
    return this.marked.get(id) ?? placeById(sql, id);
  }

  private settleOne(sql: Statements, rowOutcome: RowOutcome, now: number): Settled | null {
    const { id, state } = rowOutcome;
    const code = state === 'accepted' ? null : rowOutcome.code;
    const reference = state === 'parked' ? null : rowOutcome.reference;
    const endAt = (seq: number | null) => (seq === null ? null : sql.change.end(seq, id, state, code, reference, now));
    const marked = this.marked.get(id);
    // A row that was mended since it was marked may stand elsewhere.
    const ended = (marked === undefined ? null : endAt(marked)) ?? endAt(placeById(sql, id));
    return ended === null ? null : { id, ...ended, parked: state === 'parked' };
  }

  /** One statement for each row that waits. @returns false when it could not be written */
  private each(ids: readonly string[], run: (sql: Statements, seq: number) => void): boolean {
    return this.storage.write(({ db, sql }) => {
      db.transaction(() => {
        for (const id of ids) {
          const seq = this.placeOf(sql, id);
          if (seq !== null) run(sql, seq);
        }
      })();
    });
  }

  postpone(ids: readonly string[], at: number, counts: boolean): boolean {
    return this.each(ids, (sql, seq) => void sql.postpone.run(at, counts ? 1 : 0, seq));
  }

  /** Certainly nothing of these rows has left. */
  unmark(ids: readonly string[]): void {
    if (ids.length > 0 && this.storage.write(({ journal }) => journal.unsent(ids)))
      this.each(ids, (sql, seq) => void sql.change.pending(seq));
  }

  setAlone(id: string, at: number): boolean {
    return this.each([id], (sql, seq) => void sql.setAlone.run(at, seq));
  }
}

function placeById(sql: Statements, id: string): number | null {
  const row = sql.find.get(id);
  return row === undefined ? null : HashRow.parse(row).seq;
}

/** Receipts whose rows are being taken back, slice by slice: none of them may leave any more. */
function receiptsTakenBack({ db, sql }: Copies): ReadonlySet<unknown> {
  if (sql.cancelling.get() === undefined) return new Set();
  return new Set(db.prepare('SELECT receipt FROM cancelling').pluck().all());
}
