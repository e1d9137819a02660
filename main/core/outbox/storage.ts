import { createListeners } from '../../contract/listeners.ts';
import type { Log } from '../../contract/log-events.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import type { Clock } from '../ports.ts';
import { type Copies, type CopiesDeps, markGivenUp, type Opening, openCopies, type UnreadCopy } from './copies.ts';
import { codeOf, type OpenFailure, saysDamaged } from './database.ts';
import type { DiskReserve } from './disk-reserve.ts';
import { JournalFailure } from './journal-files.ts';
import type { WorkMark } from './work-mark.ts';

export interface StorageDeps extends CopiesDeps {
  readonly clock: Clock;
  readonly space: DiskReserve;
  readonly log: Log;
  readonly work: WorkMark;
}

const FIRST_TRY_MS = 1000;
const LONGEST_TRY_MS = 30_000;

const outOfRoom = (code: string): boolean => code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT';
/** After these nobody knows what of a file is on the disk: the page cache may hold what the disk does not (Q1). */
const suspectCode = (code: string): boolean => /^SQLITE_(IOERR|CORRUPT|NOTADB|CANTOPEN|CONSTRAINT)/.test(code);

/**
 * The two copies, and what becomes of them when one cannot be written. A failed fsync is never tried again: the act is refused, the file is
 * given up, and until new files have proven that bytes reach the disk nothing is usable; that is tried again and again, by a timer.
 */
export class Storage {
  private readonly options: StorageDeps;
  private copies: Copies | null = null;
  private sound = false;
  private against: Opening['against'] = null;
  private unread: UnreadCopy | null;
  private journalFailed = false;
  private readonly refused = new Map<string, string>();
  private readonly usableChanges = createListeners<[usable: boolean]>();
  private wait = FIRST_TRY_MS;
  private timer: unknown = null;
  /** Why the newest write failed. */
  private lastCode = '';
  private closed = false;

  constructor(options: StorageDeps) {
    this.options = options;
    const { frozen, stage } = options.work.left;
    this.unread = frozen && (stage === 'database' || stage === 'journal') ? stage : null;
  }

  /** @returns `too-new` when the file is of a later version: then it is left alone. Anything else mends itself. */
  open(): Result<null, 'too-new'> {
    return this.tryToOpen() === 'too-new' ? err('too-new') : ok(null);
  }

  /** Both copies take what is written. */
  get usable(): boolean {
    return this.sound;
  }

  onUsable(listener: (usable: boolean) => void): () => void {
    return this.usableChanges.add(listener);
  }

  private become(sound: boolean): void {
    if (this.sound === sound) return;
    this.sound = sound;
    this.options.log('outbox.usable', { usable: sound });
    this.usableChanges.emit(sound);
  }

  private tryToOpen(): 'open' | OpenFailure {
    const { space, log, work } = this.options;
    const attempt = (): 'open' | OpenFailure | 'full' => {
      try {
        const { against, refused, unread } = this;
        const opened = work.within('database', null, () => openCopies(this.options, { against, refused, unread }));
        if (!opened.ok) {
          if (opened.error === 'suspect') this.against ??= 'suspect';
          return opened.error;
        }
        this.copies = opened.value;
        return 'open';
      } catch (error) {
        const code = codeOf(error);
        log('outbox.refused', { reason: code });
        // A commit that failed while the copies were compared has failed like any other: this file is not tried again.
        if (!(error instanceof JournalFailure) && suspectCode(code)) this.against ??= saysDamaged(error) ? 'damaged' : 'suspect';
        this.mark();
        return outOfRoom(code) ? 'full' : 'storage';
      }
    };
    let done = attempt();
    // A full disk does not even let a queue be opened; what was promised is in there.
    if ((done === 'full' || done === 'storage') && space.giveUpBallast()) done = attempt();
    if (done === 'open') {
      this.against = null;
      this.unread = null;
      work.cleared('database');
      work.cleared('journal');
      this.journalFailed = false;
      this.refused.clear();
      this.wait = FIRST_TRY_MS;
      space.enough();
      this.become(true);
      return 'open';
    }
    if (done === 'too-new') return done;
    this.tryLater();
    return 'storage';
  }

  private tryLater(): void {
    const { clock } = this.options;
    if (this.closed || this.timer !== null) return;
    this.timer = clock.setTimeout(() => {
      this.timer = null;
      this.letGo();
      this.tryToOpen();
    }, this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_TRY_MS);
  }

  /** The file is not used again, whatever it seems to hold. */
  giveUp(code: string): void {
    this.mark();
    this.options.log('outbox.given-up', { reason: code });
    this.become(false);
    this.tryLater();
  }

  /** Says to a process that may have to go on after this one what it must not believe. */
  private mark(): void {
    if (this.against !== null || this.refused.size > 0) markGivenUp(this.options, this.against !== null, this.refused);
  }

  /** The database's pages contradict each other: it is made anew from both copies. */
  distrust(code: string): void {
    this.against = 'damaged';
    this.giveUp(code);
  }

  /**
   * This act was refused after a copy may have taken it: it must not come back from there. @param segment the journal's file that took it; null: none did
   */
  refuse(id: string, receipt: string, segment: number | null): void {
    if (segment !== null && this.copies !== null && !this.journalFailed) {
      try {
        this.copies.journal.withdraw(id, segment);
      } catch (error) {
        this.failed(error);
      }
    }
    // Its room had been reserved: where that is not true any more, the next person would come in vain as well.
    if (this.sound && outOfRoom(this.lastCode)) this.giveUp(this.lastCode);
    if (this.sound) return;
    this.refused.set(id, receipt);
    this.mark();
  }

  /** Reads; what cannot be read answers `otherwise`, and damage gives the file up. */
  read<T>(otherwise: T, run: (copies: Copies) => T): T {
    if (this.copies === null) return otherwise;
    try {
      return run(this.copies);
    } catch (error) {
      this.failed(error);
      return otherwise;
    }
  }

  /** @returns what may be tried again: nothing, or a write that only lacked room and has some now */
  private failed(error: unknown): 'again' | 'refused' {
    const code = codeOf(error);
    this.lastCode = code;
    this.options.log('outbox.refused', { reason: code });
    if (outOfRoom(code)) return this.options.space.giveUpBallast() ? 'again' : 'refused';
    if (error instanceof JournalFailure) {
      this.journalFailed = true;
      this.giveUp(code);
    } else if (suspectCode(code)) {
      this.against = saysDamaged(error) ? 'damaged' : 'suspect';
      this.giveUp(code);
    }
    return 'refused';
  }

  /**
   * Runs a write, which is one transaction. Where the disk is full the ballast goes and it runs once more.
   * @returns false: it is not written, or nobody knows
   */
  write(run: (copies: Copies) => void): boolean {
    this.lastCode = '';
    for (let again = true; ; again = false) {
      if (this.copies === null || !this.sound) return false;
      const counts = this.copies.sql.change.counts();
      try {
        run(this.copies);
        return true;
      } catch (error) {
        this.copies.sql.change.restore(counts);
        if (this.failed(error) === 'refused' || !again) return false;
      }
    }
  }

  /** As `write`, for what nobody was promised yet: the ballast is not given up for it. */
  writeWithin(run: (copies: Copies) => void): Result<null, 'full' | 'storage'> {
    if (this.copies === null || !this.sound) return err('storage');
    const counts = this.copies.sql.change.counts();
    try {
      run(this.copies);
      return ok(null);
    } catch (error) {
      this.copies?.sql.change.restore(counts);
      const code = codeOf(error);
      if (!outOfRoom(code)) {
        this.failed(error);
        return err('storage');
      }
      this.options.log('outbox.refused', { reason: code });
      return err('full');
    }
  }

  private letGo(): void {
    const old = this.copies;
    this.copies = null;
    if (old === null) return;
    try {
      old.db.close();
    } catch {}
    try {
      old.journal.close();
    } catch {}
  }

  close(): void {
    this.closed = true;
    if (this.timer !== null) this.options.clock.clearTimeout(this.timer);
    if (this.sound) this.read(null, ({ db }) => void db.pragma('wal_checkpoint(TRUNCATE)'));
    this.letGo();
    this.sound = false;
  }
}
