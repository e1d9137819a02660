import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { err, type Result } from '../../contract/result.ts';
import { codeOf } from './database.ts';
import type { QueueFile, QueueFileFault } from './file-row.ts';
import { openDatabaseCopy } from './queue-file-database.ts';
import { openJournalFiles } from './queue-file-journal.ts';

/**
 * Whether a core has this database open (it holds the file alone). A file without a WAL beside it is in nobody's hands, and is not touched.
 * @param path of a queue's database
 */
export function isInUse(path: string): boolean {
  if (!existsSync(`${path}-wal`)) return false;
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true, timeout: 0 });
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (error) {
    return codeOf(error).startsWith('SQLITE_BUSY');
  } finally {
    db?.close();
  }
}

/** Whether a journal belongs to this database, so that it must not be opened without. @param path of a database that nobody has open */
export function hasJournal(path: string): boolean {
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true });
    return db.prepare(`SELECT 1 FROM note WHERE key = 'journal'`).get() !== undefined;
  } catch {
    return false;
  } finally {
    db?.close();
  }
}

/** How the names of folders begin in which a copy is read. */
export const SCRATCH = 'madoguchi-salvage-';

/**
 * Opens a queue's database (live, set aside or from elsewhere; with the `-wal` beside it), one file of a journal, or a journal's folder. A
 * database is copied first, because SQLite writes even where it only reads. A live file must not be in use (`isInUse`).
 * @param scratch folder for the copy; it is removed again by `close`
 */
export async function openQueueFile(path: string, scratch: string = tmpdir()): Promise<Result<QueueFile, QueueFileFault>> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) {
      const files = (await readdir(path)).sort().map((name) => join(path, name));
      return openJournalFiles(files, null);
    }
    if (await startsLikeJournal(path)) {
      // A row in one file may be settled by a later one, so that its neighbours are read too.
      const folder = join(path, '..');
      return openJournalFiles(
        (await readdir(folder)).sort().map((name) => join(folder, name)),
        path,
      );
    }
    if (found.size === 0) return err('unknown');
  } catch (error) {
    return err(codeOf(error) === 'ENOENT' ? 'missing' : 'unreadable');
  }
  let folder: string | null = null;
  try {
    folder = await mkdtemp(join(scratch, SCRATCH));
    const copy = join(folder, 'copy.db');
    await copyFile(path, copy);
    if (existsSync(`${path}-wal`)) await copyFile(`${path}-wal`, `${copy}-wal`);
    const opened = openDatabaseCopy(copy, folder);
    if (!opened.ok) await rm(folder, { recursive: true, force: true });
    return opened;
  } catch {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
    return err('unreadable');
  }
}

async function startsLikeJournal(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(5), 0, 5, 0);
    return bytesRead === 5 && buffer.toString('latin1') === '{"n":';
  } finally {
    await file.close();
  }
}
