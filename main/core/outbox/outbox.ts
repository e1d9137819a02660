import { randomUUID } from 'node:crypto';
import * as nodeFiles from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Settings } from '../../contract/config.ts';
import type { Log } from '../../contract/log-events.ts';
import type { RefusalCode } from '../../contract/platform.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import type { Clock, Outbox, OutboxError } from '../ports.ts';
import { createChallengeStock } from './challenges.ts';
import { cancelReceipt, enqueueRow } from './commits.ts';
import type { Connect } from './database.ts';
import { createDiskReserve } from './disk-reserve.ts';
import { type Due, type DueLimits, dueRows, nextDue, readWaiting } from './due.ts';
import { inOrder } from './heads.ts';
import type { QueueFiles } from './journal-files.ts';
import { Maintenance } from './maintenance.ts';
import { Register } from './register.ts';
import { HashRow, LookRow, RowState, type WaitingRow } from './rows.ts';
import { type PendingAnswer, type RowPlace, RowsInHand } from './settling.ts';
import { createStaffStore, type StaffStore } from './staff-store.ts';
import { Storage } from './storage.ts';
import { WorkMark } from './work-mark.ts';

export type { PendingAnswer } from './settling.ts';

/** The platform's time as it was last heard. `uptimeMs`: of the machine, since its start `bootId`; `wall`, `platform`: epoch ms. */
const TimeNote = z.object({ bootId: z.string(), uptimeMs: z.number(), wall: z.number(), platform: z.number() }).strict();
type TimeNote = z.infer<typeof TimeNote>;

/** The outbox as delivery and staff use it. Every call is one transaction; a call that cannot write throws nothing it can answer. */
export interface OutboxStore extends Outbox {
  /** What the core is at, for the next one. */
  readonly work: WorkMark;
  /** Rows to send now, each as it was written, oldest first, an earlier row of the same receipt always before a later one. @param now epoch ms */
  due(now: number, limits: DueLimits): WaitingRow[];
  /** Epoch ms at which the next row is due; null: nothing waits. */
  nextDue(): number | null;
  /** One row that waits; null: it waits no more. */
  row(id: string): WaitingRow | null;
  /** Those of these rows, oldest first, before which no other row of their receipt waits. */
  inOrder(rows: readonly WaitingRow[]): WaitingRow[];
  /**
   * Notes, durably, that these rows may have left the kiosk: from here on nobody can cancel them.
   * @returns those that may be sent now (a row cancelled meanwhile is not among them); null when it could not be written
   */
  markSending(rows: readonly RowPlace[]): ReadonlySet<string> | null;
  /** Takes the mark back from rows of which certainly nothing has left. */
  unmark(ids: readonly string[]): void;
  /** @returns the ids that were still waiting; null when it could not be written. A settled row loses its payload. */
  settle(settlements: readonly PendingAnswer[]): string[] | null;
  /** @param at epoch ms @param counts the platform asked for a later try of this very row @returns false when it could not be written */
  postpone(ids: readonly string[], at: number, counts: boolean): boolean;
  /** The platform fails at this very row: from here on it is tried by itself. @param at epoch ms of the next try */
  setAlone(id: string, at: number): boolean;
  /** Something is wrong with the row at this place: it is not looked for until it was mended. */
  setApart(seq: number): void;
  /** Ends are in the platform's time. */
  addChallenges(challenges: readonly { readonly challenge: string; readonly expiresAt: number }[]): void;
  challengeCount(): number;
  /** @returns false when it could not be written */
  noteTime(note: TimeNote): boolean;
  notedTime(): TimeNote | null;
  counts(): Record<RowState, number>;
  readonly staff: StaffStore;
  /** Gives space back when nothing waits, in slices beside the service: journal files, free pages, WAL, ballast. */
  tidy(): void;
  /** Does all that is left to do beside the service, at once: for tools and tests. */
  finishChores(): void;
  close(): void;
}

export interface OutboxOptions {
  /** Folder of the database; made when it is not there. */
  readonly folder: string;
  /** Folder of the second copy, perhaps on another medium. Default: beside the database. */
  readonly journalFolder?: string;
  readonly limits: Settings['outbox'];
  readonly clock: Clock;
  readonly log: Log;
  /** Epoch ms by the platform's clock; null: not known. Default: never known, and the kiosk's own clock counts. */
  readonly platformNow?: () => number | null;
  readonly files?: QueueFiles;
  readonly connect?: Connect;
  readonly newJournal?: () => string;
  /** The file that is left when a core is killed because its loop stood still. */
  readonly stoodStill?: string;
}

const Code = z.object({ code: z.string().nullable() });

/**
 * Opens the kiosk's queue (DESIGN.md, Queue and delivery): `outbox.db` and a journal as the second copy. What is damaged is set
 * aside and made anew from the
 * other copy. A queue that cannot be written now is there all the same, not `usable`, and comes back by itself.
 * @returns `too-new` when the file is of a later version; it is left alone
 */
export function openOutbox(options: OutboxOptions): Result<OutboxStore, 'too-new'> {
  const { folder, limits, clock, log, files = nodeFiles, connect, newJournal = randomUUID } = options;
  const journalFolder = options.journalFolder ?? join(folder, 'journal');
  const path = join(folder, 'outbox.db');
  const space = createDiskReserve(folder, join(folder, 'ballast'), limits);
  const work = new WorkMark({ path: join(folder, 'at-work'), files, clock, stoodStill: options.stoodStill });
  const register = new Register(files, join(folder, 'receipts.log'));
  const hasEnded = (id: string | null, receipt: string) => register.hasEnded(id, receipt);
  const storage = new Storage({ path, journalFolder, files, connect, clock, newJournal, space, log, work, hasEnded });
  const opened = storage.open();
  if (!opened.ok) return err('too-new');
  const maintenance = new Maintenance({ storage, files, journalFolder, path, clock, log, register, work });
  const counts = () => storage.read(noRows(), ({ sql }) => sql.change.counts());
  const inHand = new RowsInHand(storage, clock);
  const readRow: typeof readWaiting = (sql, seq) => {
    work.at('row', seq);
    const read = readWaiting(sql, seq);
    work.clearedRow(seq);
    return read;
  };
  return ok({
    get usable() {
      return storage.usable;
    },
    onUsable: (listener) => storage.onUsable(listener),

    reserve(id, bytes): Result<null, OutboxError> {
      if (!storage.usable) return err('storage');
      const { pending, sending } = counts();
      if (pending + sending >= limits.maxRows || !space.enough()) return err('full');
      // Not with the ballast: that is for rows already promised.
      const done = storage.writeWithin(({ sql, journal }) => {
        journal.reserve(bytes);
        sql.reserve.run(id, bytes);
      });
      return done.ok ? ok(null) : err(done.error === 'full' ? 'full' : 'storage');
    },

    release: (id) => void storage.write(({ sql }) => void sql.release.run(id)),
    enqueue(row) {
      const done = enqueueRow({ storage, clock, log }, row);
      maintenance.noteCommit();
      if (done.ok) register.add({ id: row.id, kind: row.kind, receipt: row.receipt, at: clock.now() });
      return done;
    },
    ...createChallengeStock(storage, () => options.platformNow?.() ?? clock.now()),

    due: (now, wanted) => {
      const { rows, bad, misled } = storage.read<Due>({ rows: [], bad: [], misled: false }, (copies) =>
        work.within('row', null, () => dueRows(copies, now, wanted, maintenance.apart, readRow)),
      );
      if (misled) storage.distrust('index');
      for (const seq of bad) maintenance.setApart(seq);
      return rows;
    },
    nextDue: () => storage.read(null, ({ sql }) => nextDue(sql, clock.now())),

    row: (id) =>
      storage.read(null, ({ sql }) => {
        const place = sql.find.get(id);
        const seq = place === undefined ? null : HashRow.parse(place).seq;
        if (seq === null || maintenance.apart.has(seq)) return null;
        const read = work.within('row', seq, () => readRow(sql, seq));
        if (read === null || 'row' in read) return read?.row ?? null;
        maintenance.setApart(read.bad);
        return null;
      }),

    inOrder: (rows) => storage.read([], ({ sql }) => inOrder(sql, rows)),

    markSending: (rows) => inHand.mark(rows),
    unmark: (ids) => inHand.unmark(ids),
    settle(settlements) {
      const done = inHand.settle(settlements);
      if (done === null) return null;
      maintenance.noteCommit();
      // A parked row is still promised.
      const parked = new Set(settlements.flatMap(({ id, state }) => (state === 'parked' ? [id] : [])));
      register.remove(done.filter((id) => !parked.has(id)));
      return done;
    },
    postpone: (ids, at, counted) => inHand.postpone(ids, at, counted),
    setAlone: (id, at) => inHand.setAlone(id, at),
    setApart: (seq) => maintenance.setApart(seq),

    look: (receipt) =>
      storage.read(null, ({ sql }) => {
        const rows = RowState.options.flatMap(
          (state) => (sql.look.get(receipt, state) as { seq: number; state?: unknown } | undefined) ?? [],
        );
        // Of several rows the oldest speaks, unless one was lost.
        const isLost = ({ state }: { state?: unknown }) => Number(state === 'lost');
        const first = rows.sort((a, b) => isLost(b) - isLost(a) || a.seq - b.seq)[0];
        if (first === undefined) return null;
        const { seq: _, ...row } = first as { seq: number; state?: unknown };
        // A parked row's code is for staff.
        const code: RefusalCode | null | string = row.state === 'refused' ? Code.parse(row).code : null;
        const look = LookRow.safeParse({ ...row, code });
        return look.success ? look.data : null;
      }),

    cancel(receipt) {
      const cancelled = cancelReceipt({ storage, clock, log }, receipt);
      if (cancelled.ok && cancelled.value) {
        register.takeBack(receipt);
        maintenance.endCancelling();
      }
      return cancelled;
    },

    noteTime: (note) => storage.write(({ sql }) => void sql.note.run('time', JSON.stringify(note))),
    notedTime: () =>
      storage.read(null, ({ sql }) => {
        const text: unknown = sql.noted.get('time');
        const note = typeof text === 'string' ? TimeNote.safeParse(JSON.parse(text)) : null;
        return note?.success === true ? note.data : null;
      }),
    counts,
    work,
    staff: createStaffStore(storage, maintenance),

    tidy() {
      maintenance.tidy();
      space.enough();
    },
    finishChores: () => maintenance.finish(),
    close() {
      maintenance.stop();
      storage.close();
      work.close();
    },
  });
}

const noRows = () => Object.fromEntries(RowState.options.map((state) => [state, 0])) as Record<RowState, number>;
