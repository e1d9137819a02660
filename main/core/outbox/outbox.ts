import { randomUUID } from 'node:crypto';
import * as nodeFiles from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../../contract/config.ts';
import type { Log } from '../../contract/log-events.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import type { Clock, Outbox } from '../ports.ts';
import { createChallengeStock } from './challenges.ts';
import type { Connect } from './database.ts';
import { createDiskReserve } from './disk-reserve.ts';
import type { DueLimits } from './due.ts';
import type { QueueFiles } from './journal-files.ts';
import { Maintenance } from './maintenance.ts';
import { Promises } from './promises.ts';
import { receiptState } from './receipt-state.ts';
import { Register } from './register.ts';
import { RowState, type WaitingRow } from './rows.ts';
import { type RowOutcome, type RowPlace, RowsInHand } from './settling.ts';
import { createStaffStore, type StaffStore } from './staff-store.ts';
import { Storage } from './storage.ts';
import { notedTime, noteTime, type TimeNote } from './time-note.ts';
import { WaitingRows } from './waiting-rows.ts';
import { WorkMark } from './work-mark.ts';

export type { RowOutcome } from './settling.ts';

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
  settle(rowOutcomes: readonly RowOutcome[]): string[] | null;
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

export interface OutboxDeps {
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

/**
 * Opens the kiosk's queue (DESIGN.md, Queue and delivery): `outbox.db` and a journal as the second copy. What is damaged is set
 * aside and made anew from the
 * other copy. A queue that cannot be written now is there all the same, not `usable`, and comes back by itself.
 * @returns `too-new` when the file is of a later version; it is left alone
 */
export function openOutbox(options: OutboxDeps): Result<OutboxStore, 'too-new'> {
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
  const inHand = new RowsInHand(storage, clock);
  const waiting = new WaitingRows({ storage, maintenance, work, clock });
  const promises = new Promises({ storage, clock, log, limits, space, register, maintenance, inHand });
  return ok({
    get usable() {
      return storage.usable;
    },
    onUsable: (listener) => storage.onUsable(listener),
    reserve: (id, bytes) => promises.reserve(id, bytes),
    release: (id) => promises.release(id),
    enqueue: (row) => promises.enqueue(row),
    cancel: (receipt) => promises.cancel(receipt),
    settle: (rowOutcomes) => promises.settle(rowOutcomes),
    ...createChallengeStock(storage, () => options.platformNow?.() ?? clock.now()),
    due: (now, wanted) => waiting.due(now, wanted),
    nextDue: () => waiting.nextDue(),
    row: (id) => waiting.row(id),
    inOrder: (rows) => waiting.inOrder(rows),
    markSending: (rows) => inHand.mark(rows),
    unmark: (ids) => inHand.unmark(ids),
    postpone: (ids, at, counted) => inHand.postpone(ids, at, counted),
    setAlone: (id, at) => inHand.setAlone(id, at),
    setApart: (seq) => maintenance.setApart(seq),
    look: (receipt) => receiptState(storage, receipt),
    noteTime: (note) => noteTime(storage, note),
    notedTime: () => notedTime(storage),
    counts: () => storage.read(noRows(), ({ sql }) => sql.change.counts()),
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
