import { join } from 'node:path';
import Database from 'better-sqlite3';
import { migrations } from './migrations.ts';

export const databaseFile = 'platform.db';

/**
 * Opens the platform's database and brings it to the newest shape. WAL and synchronous=FULL are set on every open and read back:
 * an answer must not go out before its row is on the disk. The file is held exclusively, so that there is one writer.
 * @param dir data directory that exists; null: in memory, for tests that start many platforms
 * @throws when another platform holds the file, it is of a later version, or the disk cannot be written
 */
export function openDatabase(dir: string | null): Database.Database {
  const db = new Database(dir === null ? ':memory:' : join(dir, databaseFile));
  try {
    db.pragma('busy_timeout = 500');
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('foreign_keys = ON');
    const journal = db.pragma('journal_mode = WAL', { simple: true });
    db.pragma('synchronous = FULL');
    const durable = journal === 'wal' && db.pragma('synchronous', { simple: true }) === 2;
    if (dir !== null && !durable) throw new Error('the file system cannot hold a durable database');
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** The database itself is in trouble (full, torn, locked), not what was to be written: nothing more can be done in this transaction. */
export const isDatabaseTrouble = (error: unknown): boolean =>
  error instanceof Database.SqliteError && !error.code.startsWith('SQLITE_CONSTRAINT');

function migrate(db: Database.Database): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > migrations.length) throw new Error(`the platform's database is of a later version (${version})`);
  migrations.slice(version).forEach((step, index) => {
    db.transaction(() => {
      db.exec(step);
      db.pragma(`user_version = ${version + index + 1}`);
    }).exclusive();
  });
}
