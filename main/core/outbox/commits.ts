import { Buffer } from 'node:buffer';
import type { Log } from '../../contract/log-events.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import type { Clock, Outbox, OutboxError } from '../ports.ts';
import { noteJournal } from './copies.ts';
import { firstWaiting, waitingOf } from './heads.ts';
import { Registered } from './register.ts';
import { lostRow, writeRestored } from './restored.ts';
import { TRIMMED } from './row-changes.ts';
import { payloadHash, rowHash } from './row-hash.ts';
import { HashRow, RowState } from './rows.ts';
import type { Storage } from './storage.ts';

export interface CommitMeans {
  readonly storage: Storage;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/**
 * Makes one act durable in both copies: the row goes into an open transaction of the database, then into the journal, which is forced to the disk,
 * and only then does the transaction end with its own fsync. Where any of this fails the act is refused, and what a copy has of it is withdrawn.
 */
export function enqueueRow(
  { storage, clock, log }: CommitMeans,
  { id, kind, receipt, sealed }: Parameters<Outbox['enqueue']>[0],
): Result<null, OutboxError> {
  const hash = payloadHash(sealed);
  const at = clock.now();
  let segment: number | null = null;
  /** The row was in no copy before this act; null: not looked for. */
  let fresh: boolean | null = null;
  const written = storage.write((copies) => {
    const { db, sql, journal } = copies;
    fresh = false;
    db.transaction(() => {
      const known = sql.find.get(id);
      fresh = known === undefined;
      sql.release.run(id);
      // A commit that failed may have been written all the same (SOURCES.md, Queue: durability of SQLite): same id, same bytes,
      // one row.
      if (known !== undefined) {
        if (Buffer.compare(hash, HashRow.parse(known).hash) !== 0) throw new Error('the same id with other bytes');
        return;
      }
      const seq = sql.newest() + 1;
      const head = firstWaiting(sql, receipt) === null ? 1 : 0;
      const before = journal.segment;
      segment ??= journal.put({ seq, id, kind, receipt, at, sealed, hash });
      sql.change.insert({
        ...{ seq, id, kind, receipt, state: 'pending', head, attempts: 0, at, segment, hash, sealed },
        ...{ rowHash: rowHash(seq, id, kind, receipt, at, hash), code: null, settledAt: null, reference: null },
      });
      if (journal.segment !== before) noteJournal(copies);
      journal.sync();
    })();
  });
  if (!written) {
    // What an earlier act was promised stays, whatever becomes of this one.
    fresh ??= storage.read(false, ({ sql }) => sql.find.get(id) === undefined);
    if (fresh) storage.refuse(id, receipt, segment);
    return err('storage');
  }
  log('outbox.enqueued', { row: id, kind });
  return ok(null);
}

/** One call touches no more rows than this; the rest of a longer receipt is taken back in slices. */
const MOST_AT_ONCE = 100;

/** Of one receipt everything or nothing: where a row may have left, none is cancelled. */
export function cancelReceipt({ storage, clock, log }: CommitMeans, receipt: string): Result<boolean, 'storage'> {
  let cancelled = false;
  let said = false;
  const written = storage.write(({ db, sql, journal }) => {
    cancelled = false;
    const segments: (number | null)[] = [];
    db.transaction(() => {
      const others = RowState.options.filter((state) => state !== 'pending');
      if (others.some((state) => sql.look.get(receipt, state) !== undefined)) return;
      const rows = waitingOf(sql, receipt, 0, MOST_AT_ONCE);
      for (const { seq } of rows) {
        const ended = sql.change.cancel(seq, clock.now());
        if (ended === null) continue;
        segments.push(ended.segment);
        cancelled = true;
      }
      if (!cancelled) return;
      // No later row becomes the head: what is left of the receipt is never looked for again.
      if (rows.length === MOST_AT_ONCE) sql.beginCancelling.run(receipt);
      said = true;
      journal.cancel(receipt, sql.newest());
    })();
    for (const segment of segments) journal.letGo(segment, 1);
  });
  if (!written) {
    // The journal may say that it was taken back and the database not: they are compared before anything else is done.
    if (said) storage.giveUp('cancel');
    return err('storage');
  }
  if (cancelled) log('outbox.cancelled', {});
  return ok(cancelled);
}

/** A row's name is written down after its commit, so that its time there is somewhat later. */
const NAMED_WITHIN_MS = 60_000;

/**
 * Rows that were promised and are in neither copy become rows that are lost; but not those that may have been settled and forgotten since, because
 * the names may be older than both copies (lines that were not on the disk, a backup).
 * @returns their receipts
 */
export function loseUnknown(storage: Storage, promised: readonly Registered[]): string[] {
  const receipts: string[] = [];
  if (promised.length === 0) return receipts;
  storage.write(({ db, sql, journal }) => {
    receipts.length = 0;
    db.transaction(() => {
      // All at once: one by one, they were a fifth of a start.
      const here = new Set(db.prepare('SELECT id FROM outbox').pluck().all());
      const noted: unknown = sql.noted.get(TRIMMED);
      const forgotten = typeof noted === 'string' ? Number(noted) + NAMED_WITHIN_MS : Number.NEGATIVE_INFINITY;
      for (const { id, kind, receipt, at } of promised) {
        if (at <= forgotten || here.has(id) || sql.find.get(id) !== undefined) continue;
        const seq = sql.newest() + 1;
        writeRestored(sql, { ...lostRow(seq, receipt), id, kind, at, settledAt: at }, journal);
        receipts.push(receipt);
      }
    })();
  });
  return receipts;
}

/** More names than these are not written at once. */
const MOST_NAMES = 1000;

/** What the register has to name while nothing waits: parked rows. @returns null: something waits, or they are too many */
export function namesKept(storage: Storage): Registered[] | null {
  return storage.read<Registered[] | null>(null, ({ db, sql }) => {
    const { pending, sending, parked } = sql.change.counts();
    if (pending + sending > 0 || parked > MOST_NAMES) return null;
    const rows = db.prepare(`SELECT id, kind, receipt, created_at AS at FROM outbox WHERE state = 'parked'`).all();
    return rows.flatMap((row) => Registered.safeParse(row).data ?? []);
  });
}
