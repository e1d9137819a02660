import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import { migrations } from './migrations.ts';

/** `damaged`: not a database, or its pages disagree. `too-new`: written by a later version. `storage`: cannot be opened or written. */
export type OpenFailure = 'damaged' | 'too-new' | 'storage';

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';

/**
 * Opens the file, proves that commits are durable, checks the pages, and migrates.
 * WAL and synchronous=FULL are set on every open and read back: the library's build sets NORMAL anew for each WAL file,
 * and NORMAL loses acknowledged rows in a power cut (queue-and-sync.md sections 0 and 2.3).
 * @param steps numbered migrations; the outbox's own when not said
 */
export function openDatabase(path: string, steps: readonly string[] = migrations): Result<Database.Database, OpenFailure> {
  let db: Database.Database | null = null;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    db = new Database(path);
    // One core per queue: a second one is refused here instead of sending every row twice.
    db.pragma('busy_timeout = 2000');
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('auto_vacuum = INCREMENTAL');
    const journal = db.pragma('journal_mode = WAL', { simple: true });
    db.pragma('synchronous = FULL');
    db.pragma('secure_delete = ON');
    const durable = journal === 'wal' && db.pragma('synchronous', { simple: true }) === 2;
    if (!durable) throw new Error('the file system cannot hold a durable queue');
    if (db.pragma('quick_check', { simple: true }) !== 'ok') {
      db.close();
      return err('damaged');
    }
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > steps.length) {
      db.close();
      return err('too-new');
    }
    migrate(db, steps, version);
    return ok(db);
  } catch (error) {
    db?.close();
    const code = codeOf(error);
    return err(code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT') ? 'damaged' : 'storage');
  }
}

function migrate(db: Database.Database, steps: readonly string[], from: number): void {
  steps.slice(from).forEach((step, index) => {
    db.transaction(() => {
      db.exec(step);
      db.pragma(`user_version = ${from + index + 1}`);
    })();
  });
}

/**
 * Moves a damaged file out of the way, with its WAL: never deleted, because the platform's operator may still save rows from it.
 * @param stamp goes into the new name
 */
export function setAside(path: string, stamp: string): void {
  for (const end of ['', '-wal', '-shm']) {
    if (existsSync(path + end)) renameSync(path + end, `${path}.damaged-${stamp}${end}`);
  }
}
