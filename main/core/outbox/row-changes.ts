import type Database from 'better-sqlite3';
import { z } from 'zod';
import { RowState, waitingStates } from './rows.ts';

/** A row as it goes into the file. Times: epoch ms. `sealed`: null where nothing is left to send. */
export interface StoredRow {
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly receipt: string;
  readonly state: RowState;
  readonly head: 0 | 1;
  readonly attempts: number;
  readonly at: number;
  readonly segment: number | null;
  readonly hash: Uint8Array;
  readonly rowHash: Uint8Array;
  readonly code: string | null;
  readonly settledAt: number | null;
  readonly reference: string | null;
  readonly sealed: string | null;
}

/** What names a row that waits no more. */
export interface EndedRow extends Pick<StoredRow, 'seq' | 'id' | 'kind' | 'receipt' | 'at' | 'hash' | 'rowHash'> {
  readonly state: 'accepted' | 'refused' | 'cancelled' | 'lost';
}

export type Counts = Record<RowState, number>;

/** What is needed of a row that waits no more: its receipt's next row, and its place in the journal. */
const Ended = z.object({ receipt: z.string(), segment: z.number().int().nullable() });
export type Ended = z.infer<typeof Ended>;

const State = z.object({ state: RowState });
const Trimmed = z.object({ state: RowState, at: z.number() });
const WAITING = ['sending', 'pending'] as const;

/** A note of the database: up to which time (epoch ms) rows were committed that are forgotten, because the platform had settled them. */
export const TRIMMED = 'trimmed';

/**
 * Everything that puts a row into a state, and how many stand in each. The numbers are counted once, at the opening, and changed here with every row:
 * a counter in the file, kept by triggers, cost as much as settling the row itself. Each method is one part of the caller's transaction; where that
 * fails the caller puts the numbers back (`restore`).
 */
export class RowChanges {
  private readonly statements;
  private counted: Counts;

  constructor(db: Database.Database) {
    const settled = `UPDATE outbox SET state = ?, code = ?, reference = ?, settled_at = ?, head = 0, alone = 0 WHERE seq = ? AND id = ? AND state = ?`;
    this.statements = {
      insert: db.prepare(
        `INSERT INTO outbox (seq, id, kind, receipt, state, head, attempts, next_attempt, created_at, segment, hash, row_hash, code, settled_at, reference)
         VALUES (@seq, @id, @kind, @receipt, @state, @head, @attempts, 0, @at, @segment, @hash, @rowHash, @code, @settledAt, @reference)`,
      ),
      // A payload without a row, left by damage, makes way.
      putPayload: db.prepare('INSERT OR REPLACE INTO payload (seq, sealed) VALUES (?, ?)'),
      dropPayload: db.prepare('DELETE FROM payload WHERE seq = ?'),
      remove: db.prepare('DELETE FROM outbox WHERE seq = ?'),
      state: db.prepare('SELECT state FROM outbox WHERE seq = ?'),
      count: db.prepare('SELECT count(*) FROM outbox WHERE state = ?').pluck(),
      sending: db.prepare(`UPDATE outbox SET state = 'sending' WHERE seq = ? AND id = ? AND state = 'pending'`),
      pending: db.prepare(`UPDATE outbox SET state = 'pending' WHERE seq = ? AND state = 'sending'`),
      end: db.prepare(`${settled} RETURNING receipt, segment`),
      cancel: db.prepare(
        `UPDATE outbox SET state = 'cancelled', head = 0, settled_at = ? WHERE seq = ? AND state = 'pending' RETURNING receipt, segment`,
      ),
      close: db.prepare('UPDATE outbox SET state = ?, head = 0, settled_at = ? WHERE seq = ?'),
      endAs: db.prepare(
        `UPDATE outbox SET id = @id, kind = @kind, receipt = @receipt, created_at = @at, hash = @hash, row_hash = @rowHash, state = @state, head = 0,
                alone = 0, attempts = max(attempts, 0), settled_at = coalesce(settled_at, @now) WHERE seq = @seq`,
      ),
      // Not `pending`: a parked row was handed to the network at least once, and what may have left nobody can cancel.
      unpark: db.prepare(
        `UPDATE outbox SET state = 'sending', attempts = 0, alone = 0, next_attempt = 0, code = NULL, settled_at = NULL
          WHERE seq = ? AND state = 'parked' AND EXISTS (SELECT 1 FROM payload WHERE payload.seq = outbox.seq)`,
      ),
      trim: db.prepare(
        `DELETE FROM outbox WHERE seq IN
           (SELECT seq FROM outbox INDEXED BY outbox_settled WHERE state IN ('accepted', 'refused') AND settled_at >= 0 ORDER BY settled_at, seq LIMIT ?)
         RETURNING state, min(created_at, settled_at) AS at`,
      ),
      noteTrimmed: db.prepare(
        `INSERT INTO note (key, value) VALUES ('${TRIMMED}', ?) ON CONFLICT (key)
           DO UPDATE SET value = excluded.value WHERE CAST(excluded.value AS INTEGER) > CAST(value AS INTEGER)`,
      ),
      payloads: db.prepare('SELECT seq FROM payload WHERE seq > ? ORDER BY seq LIMIT ?').pluck(),
      keeps: db.prepare(`SELECT 1 FROM outbox WHERE seq = ? AND (${waitingStates} OR state = 'parked')`).pluck(),
    };
    this.counted = this.count();
  }

  /** How many rows stand in each state. */
  counts(): Counts {
    return { ...this.counted };
  }

  private count(): Counts {
    const each = (state: RowState) => [state, z.number().parse(this.statements.count.get(state))] as const;
    return Object.fromEntries(RowState.options.map(each)) as Counts;
  }

  /** Puts the numbers back, because the transaction that changed them has not ended. @param counts as they were before it */
  restore(counts: Counts): void {
    this.counted = { ...counts };
  }

  private moved(from: RowState | null, to: RowState | null): void {
    if (from !== null) this.counted[from] -= 1;
    if (to !== null) this.counted[to] += 1;
  }

  insert(row: StoredRow): void {
    const { sealed, ...header } = row;
    this.statements.insert.run(header);
    this.moved(null, row.state);
    if (sealed !== null) this.statements.putPayload.run(row.seq, sealed);
  }

  /** @returns the state in which the row stood; null: there is none, or its state is none */
  private stateOf(seq: number): RowState | null {
    const found = State.safeParse(this.statements.state.get(seq));
    return found.success ? found.data.state : null;
  }

  remove(seq: number): void {
    this.moved(this.stateOf(seq), null);
    this.statements.remove.run(seq);
    this.statements.dropPayload.run(seq);
  }

  /** The row may leave from now on. @returns false: it is not there, or not `pending` */
  sending(seq: number, id: string): boolean {
    const changed = this.statements.sending.run(seq, id).changes === 1;
    if (changed) this.moved('pending', 'sending');
    return changed;
  }

  pending(seq: number): void {
    if (this.statements.pending.run(seq).changes === 1) this.moved('sending', 'pending');
  }

  /**
   * The platform's answer to a row that waits. A parked row keeps its payload: staff decide what becomes of it.
   * @param at epoch ms @returns null: no such row waits
   */
  end(
    seq: number,
    id: string,
    state: 'accepted' | 'refused' | 'parked',
    code: string | null,
    reference: string | null,
    at: number,
  ) {
    for (const from of WAITING) {
      const raw = this.statements.end.get(state, code, reference, at, seq, id, from);
      if (raw === undefined) continue;
      this.moved(from, state);
      if (state !== 'parked') this.statements.dropPayload.run(seq);
      return Ended.parse(raw);
    }
    return null;
  }

  /** A person takes a row back that has not left. @param at epoch ms @returns null: it may have left, or is not there */
  cancel(seq: number, at: number): Ended | null {
    const raw = this.statements.cancel.get(at, seq);
    if (raw === undefined) return null;
    this.moved('pending', 'cancelled');
    this.statements.dropPayload.run(seq);
    return Ended.parse(raw);
  }

  /**
   * Whatever state the row is in. `cancelled`: an older copy does not know that its person took it back. `lost`: no copy has its payload.
   * @param at epoch ms
   */
  close(seq: number, state: 'cancelled' | 'lost', at: number): void {
    this.moved(this.stateOf(seq), state);
    this.statements.close.run(state, at, seq);
    this.statements.dropPayload.run(seq);
  }

  /** Writes anew what names a row that has ended; what the platform said of it stays. @param now epoch ms of its end, where none is known */
  endAs(row: EndedRow, now: number): void {
    this.moved(this.stateOf(row.seq), row.state);
    this.statements.endAs.run({ ...row, now });
    this.statements.dropPayload.run(row.seq);
  }

  /** A parked row waits again. @returns false: it is not parked, or its payload is gone */
  unpark(seq: number): boolean {
    const changed = this.statements.unpark.run(seq).changes === 1;
    if (changed) this.moved('parked', 'sending');
    return changed;
  }

  /** Removes the oldest rows that the platform has settled. @param most how many */
  trim(most: number): void {
    const gone = this.statements.trim.all(most).map((raw) => Trimmed.parse(raw));
    for (const { state } of gone) this.moved(state, null);
    if (gone.length > 0) this.statements.noteTrimmed.run(String(Math.max(...gone.map(({ at }) => at))));
  }

  /** Places of payloads that no row needs any more, which only damage leaves. @param after place @param most that are looked at */
  strayPayloads(after: number, most: number): { readonly stray: readonly number[]; readonly last: number | null } {
    const places = this.statements.payloads.all(after, most).map((seq) => z.number().parse(seq));
    const stray = places.filter((seq) => this.statements.keeps.get(seq) !== 1);
    return { stray, last: places.length < most ? null : (places.at(-1) ?? null) };
  }

  dropPayload(seq: number): void {
    this.statements.dropPayload.run(seq);
  }
}
