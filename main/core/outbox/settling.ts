import { z } from 'zod';
import type { RefusalCode } from '../../contract/platform.ts';
import type { Clock } from '../ports.ts';
import { promote } from './heads.ts';
import { HashRow, type RowHeader, readHeader } from './rows.ts';
import type { Statements } from './statements.ts';
import type { Storage } from './storage.ts';

/** Where a row stands in the queue, and which one it is. */
export interface RowPlace {
  readonly seq: number;
  readonly id: string;
}

/** How the platform settled a row, as it is written down. */
export type Settlement =
  | { readonly id: string; readonly state: 'accepted'; readonly reference: string }
  | { readonly id: string; readonly state: 'refused'; readonly reference: string; readonly code: RefusalCode }
  | { readonly id: string; readonly state: 'parked'; readonly code: string };

/** Settled rows that are kept for the staff's look back; older ones go. */
const KEPT_SETTLED = 5000;
const TRIM_A_CALL = 200;

const Waiting = z.object({ segment: z.number().int().nullable(), attempts: z.number().int() });

interface Settled {
  readonly id: string;
  readonly segment: number | null;
  readonly parked: boolean;
}

/** Rows that were handed to the network, and what becomes of them. They are found by their place, so that a damaged index cannot hide one. */
export class RowsInHand {
  private readonly storage: Storage;
  private readonly clock: Pick<Clock, 'now'>;
  /** Rows as they were marked. */
  private readonly marked = new Map<string, RowHeader>();

  constructor(storage: Storage, clock: Pick<Clock, 'now'>) {
    this.storage = storage;
    this.clock = clock;
  }

  mark(rows: readonly RowPlace[]): ReadonlySet<string> | null {
    const marked = new Map<string, RowHeader>();
    const fresh: string[] = [];
    const written = this.storage.write(({ db, sql }) => {
      marked.clear();
      fresh.length = 0;
      db.transaction(() => {
        const takenBack = new Set<unknown>();
        if (sql.cancelling.get() !== undefined)
          for (const row of db.prepare('SELECT receipt FROM cancelling').pluck().all()) takenBack.add(row);
        for (const { seq, id } of rows) {
          const before = readHeader(sql.header.get(seq));
          if (before === null || before.id !== id || takenBack.has(before.receipt)) continue;
          if (before.state === 'pending' && sql.sending.run(seq, id).changes === 1) {
            marked.set(id, before);
            fresh.push(id);
          }
          if (before.state === 'sending') marked.set(id, before);
        }
      })();
    });
    if (!written) return null;
    // Not forced: it is for the day on which an older database is in the place of this one.
    this.storage.write(({ journal }) => journal.sent(fresh));
    for (const [id, header] of marked) this.marked.set(id, header);
    return new Set(marked.keys());
  }

  settle(settlements: readonly Settlement[]): string[] {
    const done: Settled[] = [];
    const now = this.clock.now();
    const written = this.storage.write(({ db, sql }) => {
      done.length = 0;
      db.transaction(() => {
        for (const settlement of settlements) {
          const settled = this.settleOne(sql, settlement, now);
          if (settled !== null) done.push(settled);
        }
        const { accepted, refused } = sql.countByState();
        if (accepted + refused > KEPT_SETTLED) sql.trim.run(Math.min(TRIM_A_CALL, accepted + refused - KEPT_SETTLED));
      })();
    });
    // On a full disk the statements may pass and only COMMIT fails: then nothing was settled.
    if (!written) return [];
    for (const { id } of done) this.marked.delete(id);
    // Not forced: without it a row that comes back from the journal is sent once more, and the platform knows it.
    this.storage.write(({ journal }) => {
      for (const { id, segment, parked } of done) if (!parked) journal.done(id, segment);
    });
    return done.map(({ id }) => id);
  }

  /** The row as it was marked; what was never marked here (an answer that came another way) is read. */
  private headerOf(sql: Statements, id: string): RowHeader | null {
    const marked = this.marked.get(id);
    if (marked !== undefined) return marked;
    const row = sql.find.get(id);
    const header = row === undefined ? null : readHeader(sql.header.get(HashRow.parse(row).seq));
    return header?.id === id ? header : null;
  }

  private settleOne(sql: Statements, settlement: Settlement, now: number): Settled | null {
    const header = this.headerOf(sql, settlement.id);
    if (header === null) return null;
    const { seq, id, receipt } = header;
    // As it is now: it may have been settled, or written into another file of the journal, since it was marked.
    const waiting = Waiting.safeParse(sql.waitingAt.get(seq));
    if (!waiting.success) return null;
    const { segment } = waiting.data;
    if (settlement.state === 'parked') {
      // A parked row keeps its payload: staff decide what becomes of it.
      if (sql.park.run(settlement.code, now, seq).changes !== 1) return null;
    } else {
      // Written anew instead of emptied: so that its page goes with its payload, and the file shrinks.
      sql.remove.run(seq);
      const { kind, created_at: at, hash, row_hash: rowHash } = header;
      const { attempts } = waiting.data;
      const code = settlement.state === 'refused' ? settlement.code : null;
      const common = { seq, id, kind, receipt, state: settlement.state, head: 0, attempts, due: 0, at, segment, hash, rowHash };
      sql.insert.run({ ...common, sealed: null, code, settledAt: now, reference: settlement.reference });
    }
    promote(sql, receipt);
    return { id, segment, parked: settlement.state === 'parked' };
  }

  /** One statement for each row that waits. @returns false when it could not be written */
  private each(ids: readonly string[], run: (sql: Statements, seq: number) => void): boolean {
    return this.storage.write(({ db, sql }) => {
      db.transaction(() => {
        for (const id of ids) {
          const header = this.headerOf(sql, id);
          if (header !== null) run(sql, header.seq);
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
      this.each(ids, (sql, seq) => void sql.pending.run(seq));
  }

  setAlone(id: string, at: number): boolean {
    return this.each([id], (sql, seq) => void sql.setAlone.run(at, seq));
  }
}
