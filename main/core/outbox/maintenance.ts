import type { Log } from '../../contract/log-events.ts';
import type { Clock } from '../ports.ts';
import { checkAll, type Verdict } from './check.ts';
import { Chores } from './chores.ts';
import { loseUnknown, namesKept } from './commits.ts';
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
  type UpkeepDeps,
} from './upkeep.ts';
import type { WorkMark } from './work-mark.ts';

export interface MaintenanceDeps {
  readonly storage: Storage;
  readonly files: QueueFiles;
  readonly journalFolder: string;
  /** The database's file. */
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly register: Register;
  readonly work: WorkMark;
}

/** About a thousand pages of WAL, which SQLite itself would take as the time for a checkpoint. */
const COMMITS_A_CHECKPOINT = 200;
/** A stage of the work mark. */
const REGISTER = 'register';
const NOT_CHECKED: Verdict = { state: 'running', at: null, checked: 0, wrong: 0 };
const RECEIPT = /^\d{10}$/;

/** @param queue what is added while it runs is done as well */
function* inTurn(queue: Generator<void, void>[]): Generator<void, void> {
  for (let work = queue.shift(); work !== undefined; work = queue.shift()) yield* work;
}

/** What is done for the queue beside the service, in slices: mending rows, the long check, giving room back, what staff asked of many rows. */
export class Maintenance {
  private readonly options: MaintenanceDeps;
  private readonly chores: Chores;
  private readonly upkeep: UpkeepDeps;
  private commits = 0;
  private said: Verdict = NOT_CHECKED;
  /** What somebody asked for and is not done, by its kind. */
  private readonly asked = new Map<string, Generator<void, void>[]>();
  /** Places of rows that are being mended. */
  private readonly mending = new Set<number>();

  constructor(options: MaintenanceDeps) {
    const { storage, clock, files, path, log, work } = options;
    this.options = options;
    this.chores = new Chores(clock, work, (error) => log('core.fault', { where: `outbox.chore.${codeOf(error)}` }));
    this.upkeep = { storage, clock, files, path, repair: (seq) => this.repair(seq) };
    storage.onUsable((usable) => {
      if (usable) this.opened();
    });
    if (storage.usable) this.opened();
    this.tellFreeze();
  }

  /** Places of rows that are not to be read now: they are being mended, or the core stood still over them. */
  get apart(): ReadonlySet<number> {
    const held = this.options.work.heldRows();
    return held.length === 0 ? this.mending : new Set([...this.mending, ...held]);
  }

  /** The core was killed because it stood still at work of the queue's own: staff are told, with the receipt where it was one row. */
  private tellFreeze(): void {
    const { storage, work } = this.options;
    const { frozen, stage, seq, inHand } = work.left;
    const [only, ...others] = inHand;
    if (!frozen || (stage === null && (only === undefined || others.length > 0))) return;
    const receipt = storage.read(null, ({ staffSql }) => {
      const place = stage !== null || only === undefined ? seq : staffSql.place(only);
      return place === null ? null : staffSql.receiptAt(place);
    });
    this.found('stood-still', typeof receipt === 'string' && RECEIPT.test(receipt) ? [receipt] : []);
  }

  /** The database's file. */
  get path(): string {
    return this.options.path;
  }

  /** How the long check stands. */
  get verdict(): Verdict {
    return this.said;
  }

  /** Work of one turn, left out for some hours where the core stood still over it. */
  private unlessHeld<T>(stage: string, run: () => T): T | null {
    const { work } = this.options;
    if (work.isHeld(stage)) return null;
    const result = work.within(stage, null, run);
    work.cleared(stage);
    return result;
  }

  /** Both copies are open: what was noticed is told, and the long check begins. */
  private opened(): void {
    const { storage, log, register } = this.options;
    // What both copies have lost is still known by name.
    const lost = this.unlessHeld(REGISTER, () => loseUnknown(storage, register.read())) ?? [];
    if (lost.length > 0) this.found('row-lost', lost);
    storage.read(null, ({ staffSql, sql, db }) => {
      for (const finding of staffSql.unseen()) this.tell(finding);
      const { pending, sending } = sql.change.counts();
      log('outbox.opened', { rows: pending + sending, version: Number(db.pragma('user_version', { simple: true })) });
      if (sql.cancelling.get() !== undefined) this.endCancelling();
    });
    this.startCheck('quiet');
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
    const { storage, files, journalFolder, clock, work, register } = this.options;
    if (work.heldRows().includes(seq)) {
      this.mending.delete(seq);
      return;
    }
    const found = (what: FindingCode, receipts: readonly string[]) => this.found(what, receipts);
    const hasEnded = (id: string | null, receipt: string) => register.hasEnded(id, receipt);
    work.within('repair', seq, () => repairRow({ storage, files, journalFolder, clock, found, hasEnded }, seq));
    work.clearedRow(seq);
    this.mending.delete(seq);
  }

  /** Also what is set apart while it runs: a set is walked to its end, however long it grows on the way. */
  private *repairAll(): Generator<void, void> {
    for (const bad of this.mending) {
      this.repair(bad);
      yield;
    }
  }

  /** Something is wrong with the row at this place: it is not looked for until it was mended. */
  setApart(seq: number): void {
    this.mending.add(seq);
    this.chores.start('repair', () => this.repairAll());
  }

  /** @param when `quiet`: not while people act and rows go out */
  startCheck(when: 'quiet' | 'asked'): void {
    const say = (verdict: Verdict) => {
      this.said = verdict;
    };
    const begins = this.chores.start('check', () => checkAll(this.upkeep, say), when);
    if (!begins) say({ ...NOT_CHECKED, state: 'put-off' });
    else if (this.said.state === 'put-off') say(NOT_CHECKED);
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
    const names = storage.usable && register.long ? namesKept(storage) : null;
    if (names !== null) register.replace(names);
  }

  /** What somebody asked for: the first slice now, the rest beside the service, behind what was asked before. */
  private begin(name: string, work: Generator<void, void>): void {
    const first = this.options.work.within(name, null, () => work.next());
    if (first.done === true) return;
    const queue = this.asked.get(name) ?? [];
    queue.push(work);
    this.asked.set(name, queue);
    this.chores.start(name, () => inTurn(queue), 'asked');
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
