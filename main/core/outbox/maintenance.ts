import type { Log } from '../../contract/log-events.ts';
import type { Clock } from '../ports.ts';
import { checkAll, type Verdict } from './check.ts';
import { Chores } from './chores.ts';
import { loseUnknown } from './commits.ts';
import { codeOf } from './database.ts';
import type { QueueFiles } from './journal-files.ts';
import type { Register } from './register.ts';
import { repairRow } from './repair.ts';
import type { Finding, FindingCode } from './rows.ts';
import type { Storage } from './storage.ts';
import {
  endCancelling,
  foldWal,
  goOnInNextFile,
  makeAllDue,
  type ParkedFilter,
  releaseParked,
  tidyUp,
  type UpkeepOptions,
} from './upkeep.ts';

export interface MaintenanceOptions {
  readonly storage: Storage;
  readonly files: QueueFiles;
  readonly journalFolder: string;
  /** The database's file. */
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly register: Register;
}

/** About a thousand pages of WAL, which SQLite itself would take as the time for a checkpoint. */
const COMMITS_A_CHECKPOINT = 200;

/** What is done for the queue beside the service, in slices: mending rows, the long check, giving room back, what staff asked of many rows. */
export class Maintenance {
  private readonly options: MaintenanceOptions;
  private readonly chores: Chores;
  private readonly upkeep: UpkeepOptions;
  private commits = 0;
  private said: Verdict = { state: 'running', at: null, checked: 0, wrong: 0 };
  /** Places of rows that are being mended. */
  readonly apart = new Set<number>();

  constructor(options: MaintenanceOptions) {
    const { storage, clock, files, path, log } = options;
    this.options = options;
    this.chores = new Chores(clock, (error) => log('core.fault', { where: `outbox.chore.${codeOf(error)}` }));
    this.upkeep = { storage, clock, files, path, repair: (seq) => this.repair(seq) };
    storage.onUsable((usable) => {
      if (usable) this.opened();
    });
    if (storage.usable) this.opened();
  }

  /** The database's file. */
  get path(): string {
    return this.options.path;
  }

  /** How the long check stands. */
  get verdict(): Verdict {
    return this.said;
  }

  /** Both copies are open: what was noticed is told, and the long check begins. */
  private opened(): void {
    const { storage, log, register } = this.options;
    // What both copies have lost is still known by name.
    const lost = loseUnknown(storage, register.read());
    if (lost.length > 0) this.found('row-lost', lost);
    storage.read(null, ({ staffSql, sql, db }) => {
      for (const finding of staffSql.unseen()) this.tell(finding);
      const { pending, sending } = sql.change.counts();
      log('outbox.opened', { rows: pending + sending, version: Number(db.pragma('user_version', { simple: true })) });
      if (sql.cancelling.get() !== undefined) this.endCancelling();
    });
    this.startCheck(true);
    this.chores.start('tidy', () => tidyUp(this.upkeep));
  }

  /** Writes down and tells what was noticed. */
  found(what: FindingCode, receipts: readonly string[]): void {
    const { storage, clock } = this.options;
    storage.write(({ sql }) => void sql.finding.run(clock.now(), what, JSON.stringify(receipts)));
    this.tell({ at: clock.now(), what, receipts: [...receipts] });
  }

  private tell({ what, receipts }: Finding): void {
    const { log } = this.options;
    if (what === 'database-damaged') log('outbox.set-aside', { reason: 'damaged' });
    log('outbox.finding', { what, rows: receipts.length, receipts: receipts.slice(0, 20).join(' ') });
  }

  private repair(seq: number): void {
    const { storage, files, journalFolder, clock } = this.options;
    repairRow({ storage, files, journalFolder, clock, found: (what, receipts) => this.found(what, receipts) }, seq);
    this.apart.delete(seq);
  }

  private *repairAll(): Generator<void, void> {
    for (const bad of [...this.apart]) {
      this.repair(bad);
      yield;
    }
  }

  /** Something is wrong with the row at this place: it is not looked for until it was mended. */
  setApart(seq: number): void {
    this.apart.add(seq);
    this.chores.start('repair', () => this.repairAll());
  }

  /** @param whenQuiet not while people act and rows go out; staff who ask for it do not wait */
  startCheck(whenQuiet = false): void {
    const say = (verdict: Verdict) => {
      this.said = verdict;
    };
    this.chores.start('check', () => checkAll(this.upkeep, say), whenQuiet);
  }

  endCancelling(): void {
    this.chores.start('cancel', () => endCancelling(this.upkeep));
  }

  /** A commit was made; after some hundred of them the WAL is folded into the file. */
  noteCommit(): void {
    this.chores.disturb();
    if (this.options.storage.read(false, ({ journal }) => journal.nearlyFull))
      this.chores.start('next-file', () => goOnInNextFile(this.upkeep));
    this.commits += 1;
    if (this.commits < COMMITS_A_CHECKPOINT) return;
    this.commits = 0;
    this.chores.start('checkpoint', () => foldWal(this.upkeep));
  }

  tidy(): void {
    const { storage, register } = this.options;
    this.chores.start('tidy', () => tidyUp(this.upkeep));
    const idle = storage.read(false, ({ sql }) => {
      const { pending, sending, parked } = sql.change.counts();
      return pending + sending + parked === 0;
    });
    if (idle && storage.usable && register.long) register.replace([]);
  }

  /** The first slice now, the rest beside the service. */
  private begin(name: string, work: Generator<void, void>): void {
    if (work.next().done !== true) this.chores.start(name, () => work);
  }

  release(filter: ParkedFilter): void {
    this.begin('release', releaseParked(this.upkeep, filter));
  }

  makeAllDue(): void {
    this.begin('make-due', makeAllDue(this.upkeep));
  }

  finish(): void {
    this.chores.finish();
  }

  stop(): void {
    this.chores.stop();
  }
}
