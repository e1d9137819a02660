import { rm } from 'node:fs/promises';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { err, ok, type Result } from '../../contract/result.ts';
import { readRows } from './database-rows.ts';
import type { QueueFile, QueueFileFault } from './file-row.ts';
import { openMended, openPlain } from './first-page.ts';

/** @param path a copy that may be written @param folder removed with everything in it by `close` */
export function openDatabaseCopy(path: string, folder: string): Result<QueueFile, QueueFileFault> {
  const db = openPlain(path) ?? openMended(path, folder);
  if (db === null) return err('unknown');
  let gaps = 0;
  let jumped = false;
  const turns = () =>
    readRows(db, (passed) => {
      gaps += 1;
      jumped ||= passed;
    });
  return ok({
    form: 'database',
    version: versionOf(db),
    turns,
    *rows() {
      for (const row of turns()) if (row !== null) yield row;
    },
    get gaps() {
      return gaps;
    },
    get jumped() {
      return jumped;
    },
    faults: () => pageFaults(db),
    async close() {
      db.close();
      await rm(folder, { recursive: true, force: true });
    },
  });
}

function versionOf(db: Database.Database): number | null {
  try {
    return Number(db.pragma('user_version', { simple: true }));
  } catch {
    return null;
  }
}

function pageFaults(db: Database.Database): string[] {
  try {
    const said = z.array(z.object({ integrity_check: z.string() })).parse(db.pragma('integrity_check(10)'));
    return said.map((line) => line.integrity_check).filter((line) => line !== 'ok');
  } catch {
    return ['the pages cannot be checked to the end'];
  }
}
