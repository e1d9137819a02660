import { closeSync, fstatSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { readRows, showsRows } from './database-rows.ts';
import { migrations } from './migrations.ts';
import { addHashFunctions } from './row-hash.ts';

/** @param options `readonly`: also where SQLite would write to read (a WAL is folded in) @returns null when there is no table of rows to be seen */
export function openPlain(path: string, options: Database.Options = {}): Database.Database | null {
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { ...options, fileMustExist: true });
    // Lets a file be read that is shorter than it says, or whose schema holds something that cannot be understood.
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    if (showsRows(db)) return db;
  } catch {}
  db?.close();
  return null;
}

/**
 * The first page holds the file's header and the names of its tables; with it gone SQLite sees nothing, although every row is there. Our
 * migrations always lay the same first page, so that one made anew is put in its place.
 * @param path a copy, which is written @param folder where first pages are made
 */
export function openMended(path: string, folder: string): Database.Database | null {
  for (let version = migrations.length; version >= 1; version--) {
    const page = firstPage(join(folder, `first-page-${version}.db`), version);
    if (page === null) continue;
    const file = openSync(path, 'r+');
    try {
      const { size } = fstatSync(file);
      if (size < 2 * page.length) return null;
      page.writeUInt32BE(Math.floor(size / page.length), 28);
      writeSync(file, page, 0, page.length, 0);
    } finally {
      closeSync(file);
    }
    const db = openPlain(path);
    if (db === null) continue;
    // Any file takes a first page: only rows behind it show that it belongs there.
    for (const row of readRows(db, () => {})) if (row !== null) return db;
    db.close();
  }
  return null;
}

function firstPage(path: string, version: number): Buffer | null {
  try {
    const db = new Database(path);
    db.pragma('auto_vacuum = INCREMENTAL');
    addHashFunctions(db);
    for (const step of migrations.slice(0, version)) db.exec(step);
    db.pragma(`user_version = ${version}`);
    const size = Number(db.pragma('page_size', { simple: true }));
    db.close();
    const page = Buffer.from(readFileSync(path).subarray(0, size));
    rmSync(path, { force: true });
    return page;
  } catch {
    return null;
  }
}
