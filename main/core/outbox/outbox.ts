import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { Settings } from '../../contract/config.ts';
import type { Log } from '../../contract/log-events.ts';
import type { RefusalCode } from '../../contract/platform.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import type { Clock, Outbox, OutboxError } from '../ports.ts';
import type { TimeNote } from '../sync/platform-time.ts';
import type { OpenFailure } from './database.ts';
import { codeOf, openDatabase, setAside } from './database.ts';
import type { RowState, WaitingRow } from './rows.ts';
import { HashRow, LookRow } from './rows.ts';
import { createSpace } from './space.ts';
import { type StaffStatements, staffStatementsFor } from './staff-statements.ts';
import { createStaffStore, type StaffStore } from './staff-store.ts';
import { type Statements, statementsFor } from './statements.ts';

/** How the platform settled a row, as it is written down. */
export type Settlement =
  | { readonly id: string; readonly state: 'accepted'; readonly reference: string }
  | { readonly id: string; readonly state: 'refused'; readonly reference: string; readonly code: RefusalCode }
  | { readonly id: string; readonly state: 'parked'; readonly code: string };

/** The outbox as delivery and staff use it. Every call is one transaction; a call that cannot write throws nothing it can answer. */
export interface OutboxStore extends Outbox {
  /** Rows to send now, oldest first, an earlier row of the same receipt always before a later one. @param now epoch ms */
  due(
    now: number,
    limits: { readonly items: number; readonly bytes: number; readonly except?: ReadonlySet<string> },
  ): WaitingRow[];
  /** One row that waits and that no earlier row of its receipt holds back. */
  row(id: string): WaitingRow | null;
  /** The platform fails at this row: from `at` (epoch ms) on it is tried alone. @returns false when it could not be written */
  setAlone(id: string, at: number): boolean;
  /** Takes a damaged row out of the queue. */
  setApart(seq: number): void;
  /** Notes which rows are in hand; null: none. Not synced. */
  atWork(ids: readonly string[] | null): void;
  leftAtWork(): readonly string[];
  noteTime(note: TimeNote): void;
  notedTime(): TimeNote | null;
  /** False: nothing can be written safely now. */
  readonly usable: boolean;
  onUsable(listener: (usable: boolean) => void): () => void;
  /** Epoch ms at which the next row is due; null: nothing waits. */
  nextDue(): number | null;
  /**
   * Notes, durably, that these rows may have left the kiosk: from here on nobody can cancel them.
   * @returns those that may be sent now (a row cancelled meanwhile is not among them); null when it could not be written
   */
  markSending(rows: readonly { readonly seq: number; readonly id: string }[]): ReadonlySet<string> | null;
  /** @returns the ids that were still waiting. A settled row loses its payload. */
  settle(settlements: readonly Settlement[]): string[];
  /** @param at epoch ms @param counts the platform asked for a later try of this very row @returns false when it could not be written */
  postpone(ids: readonly string[], at: number, counts: boolean): boolean;
  addChallenges(challenges: readonly { readonly challenge: string; readonly expiresAt: number }[]): void;
  challengeCount(): number;
  counts(): Record<RowState, number>;
  readonly staff: StaffStore;
  /** Gives space back when nothing waits: checkpoint, vacuum, ballast. */
  tidy(): void;
  close(): void;
}

export interface OutboxOptions {
  /** Folder of the queue; made when it is not there. */
  readonly folder: string;
  readonly limits: Settings['outbox'];
  readonly clock: Clock;
  readonly log: Log;
  /** The platform's time, epoch ms; null: not known yet. */
  readonly platformNow?: () => number | null;
}

/** Settled rows that are kept for the staff's look back; older ones go. */
const KEPT_SETTLED = 5000;
/** A due time further ahead than any back-off comes from a clock that jumped. */
const LONGEST_WAIT_MS = 15 * 60_000;

const hashOf = (sealed: string) => createHash('sha256').update(sealed).digest();
const outOfRoom = (error: unknown) => codeOf(error) === 'SQLITE_FULL' || codeOf(error) === 'ENOSPC';

/**
 * Opens the kiosk's queue (DESIGN section 6). A damaged file is set aside and a new one begun: the kiosk goes on serving.
 * @returns `too-new` or `storage` when there can be no queue at all
 */
export function openOutbox({
  folder,
  limits,
  clock,
  log,
  platformNow = () => null,
}: OutboxOptions): Result<OutboxStore, OpenFailure> {
  const path = join(folder, 'outbox.db');
  const space = createSpace(folder, join(folder, 'ballast'), limits);
  let opened = openOrSetAside(path, clock, log);
  // A full disk does not even let a queue be opened; what was promised is in there.
  if (!opened.ok && opened.error === 'storage' && space.giveUpBallast()) opened = openOrSetAside(path, clock, log);
  if (!opened.ok) return opened;
  let db: Database.Database = opened.value;
  let sql: Statements = statementsFor(db);
  let staffSql: StaffStatements = staffStatementsFor(db);
  space.enough();
  sql.dropReservations.run();
  /** Taken but not yet signed: they can go back. */
  const taken = new Map<string, number>();
  const civil = () => platformNow() ?? clock.now();
  const alone = new Map<string, number>();
  let time: TimeNote | null = null;
  let work: readonly string[] = [];

  const reopen = (): boolean => {
    try {
      db.close();
    } catch {}
    const again = openDatabase(path);
    if (!again.ok) return false;
    db = again.value;
    sql = statementsFor(db);
    staffSql = staffStatementsFor(db);
    return true;
  };

  /** Runs a write; when the disk is full the ballast goes and it runs once more; after an I/O error it runs on a new connection. */
  const write = (run: () => void): boolean => {
    try {
      run();
      return true;
    } catch (error) {
      const hope = outOfRoom(error) ? space.giveUpBallast() : codeOf(error).startsWith('SQLITE_IOERR') && reopen();
      if (!hope) {
        log('outbox.refused', { reason: codeOf(error) });
        return false;
      }
    }
    try {
      run();
      return true;
    } catch (error) {
      log('outbox.refused', { reason: codeOf(error) });
      return false;
    }
  };

  const stored = (id: string) => {
    const row = sql.find.get(id);
    return row === undefined ? null : HashRow.parse(row);
  };

  const counts = () => sql.counts();
  log('outbox.opened', {
    rows: counts().pending + counts().sending,
    version: Number(db.pragma('user_version', { simple: true })),
  });

  return ok({
    reserve(id, bytes): Result<null, OutboxError> {
      const { pending, sending } = counts();
      if (pending + sending >= limits.maxRows || !space.enough()) return err('full');
      try {
        sql.reserve.run(id, bytes);
        return ok(null);
      } catch (error) {
        // Not with the ballast: that is for rows already promised.
        log('outbox.refused', { reason: codeOf(error) });
        return err(outOfRoom(error) ? 'full' : 'storage');
      }
    },

    release: (id) => void write(() => sql.release.run(id)),

    enqueue({ id, kind, receipt, sealed }): Result<null, OutboxError> {
      const hash = hashOf(sealed);
      const now = clock.now();
      const insert = () =>
        db.transaction(() => {
          sql.release.run(id);
          const known = stored(id);
          // A commit that failed may have been written all the same (queue-and-sync.md section 0, 6): same id, same bytes, one row.
          if (known !== null) {
            if (!hash.equals(known.hash)) throw new Error('the same id with other bytes');
            return;
          }
          sql.insert.run({ id, kind, receipt, sealed, hash, now });
        })();
      if (!write(insert)) return err('storage');
      log('outbox.enqueued', { row: id, kind });
      return ok(null);
    },

    takeChallenge() {
      let row: ReturnType<Statements['takeChallenge']['get']>;
      const written = write(() => {
        // In a transaction, because only COMMIT says whether it is on the disk: a DELETE that returns a row may still fail to end.
        row = db.transaction(() => sql.takeChallenge.get(civil()))();
      });
      if (!written || row === undefined) return null;
      // What has expired cannot go back any more: without this the list would grow with every person.
      for (const [challenge, expiresAt] of taken) if (expiresAt <= civil()) taken.delete(challenge);
      taken.set(row.challenge, row.expires_at);
      return row.challenge;
    },

    giveBackChallenge(challenge) {
      const expiresAt = taken.get(challenge);
      taken.delete(challenge);
      if (expiresAt !== undefined) write(() => sql.addChallenge.run(challenge, expiresAt));
    },

    due: (now, { items, bytes, except }) => {
      const rows: WaitingRow[] = [];
      let size = 0;
      for (const row of sql.due(now, now + LONGEST_WAIT_MS, items + (except?.size ?? 0) + alone.size)) {
        if (except?.has(row.id) === true || rows.length >= items) continue;
        const aloneAt = alone.get(row.id);
        if (aloneAt !== undefined) {
          if (rows.length === 0 && aloneAt <= now) return [{ ...row, alone: true }];
          continue;
        }
        size += row.sealed.length;
        if (rows.length > 0 && size > bytes) break;
        rows.push(row);
      }
      return rows;
    },

    row: (id) => {
      const row = staffSql.row(id);
      return row === null ? null : { ...row, alone: alone.has(id) };
    },
    setAlone: (id, at) => {
      alone.set(id, at);
      return write(() => void sql.postpone.run(at, 1, id));
    },
    setApart: (seq) => void write(() => void db.prepare('DELETE FROM outbox WHERE seq = ?').run(seq)),
    atWork: (ids) => {
      work = ids ?? [];
    },
    leftAtWork: () => work,
    noteTime: (note) => {
      time = note;
    },
    notedTime: () => time,
    usable: true,
    onUsable: () => () => {},

    nextDue: () => {
      const at = sql.nextDue();
      return at === null ? null : Math.min(at, clock.now() + LONGEST_WAIT_MS);
    },

    markSending(rows) {
      const marked = new Set<string>();
      const written = write(() => {
        marked.clear();
        db.transaction(() => {
          for (const { id } of rows) {
            sql.sending.run(id);
            if (stored(id)?.state === 'sending') marked.add(id);
          }
        })();
      });
      return written ? marked : null;
    },

    look(receipt) {
      const row = sql.byReceipt.get(receipt);
      return row === undefined ? null : LookRow.parse(row);
    },

    cancel(receipt) {
      let cancelled = false;
      const written = write(() => {
        cancelled = db.transaction(() => sql.cancel.run({ now: clock.now(), receipt }).changes > 0)();
      });
      if (!written) return err('storage');
      if (cancelled) log('outbox.cancelled', {});
      return ok(cancelled);
    },

    settle(settlements) {
      const done: string[] = [];
      const now = clock.now();
      const written = write(() => {
        done.length = 0;
        db.transaction(() => {
          for (const settled of settlements) {
            const { id, state } = settled;
            const reference = settled.state === 'parked' ? null : settled.reference;
            const code = settled.state === 'accepted' ? null : settled.code;
            // A parked row keeps its payload: staff decide what becomes of it.
            const { changes } = sql.settle.run({ id, state, reference, code, now, keep: state === 'parked' ? 1 : 0 });
            if (changes === 1) done.push(id);
          }
          sql.trim.run(KEPT_SETTLED);
        })();
      });
      // On a full disk the statements may pass and only COMMIT fails: then nothing was settled.
      return written ? done : [];
    },

    postpone: (ids, at, attempted) =>
      write(() => {
        db.transaction(() => {
          for (const id of ids) sql.postpone.run(at, attempted ? 1 : 0, id);
        })();
      }),

    addChallenges: (challenges) =>
      void write(() => {
        db.transaction(() => {
          sql.dropExpired.run(civil());
          for (const { challenge, expiresAt } of challenges) sql.addChallenge.run(challenge, expiresAt);
        })();
      }),

    challengeCount: () => sql.challengeCount(civil()),
    counts,
    staff: createStaffStore(
      () => staffSql,
      write,
      () => clock.now(),
    ),

    tidy() {
      try {
        db.pragma('incremental_vacuum');
        db.pragma('wal_checkpoint(TRUNCATE)');
      } catch {}
      space.enough();
    },

    close() {
      try {
        db.pragma('wal_checkpoint(TRUNCATE)');
      } catch {}
      db.close();
    },
  });
}

function openOrSetAside(path: string, clock: Clock, log: Log): Result<Database.Database, OpenFailure> {
  try {
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  } catch {
    return err('storage');
  }
  const first = openDatabase(path);
  if (first.ok || first.error !== 'damaged') return first;
  setAside(path, new Date(clock.now()).toISOString().replaceAll(/[:.]/g, '-'));
  log('outbox.set-aside', { reason: 'damaged' });
  return openDatabase(path);
}
