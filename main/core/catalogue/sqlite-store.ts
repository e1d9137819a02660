import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { MAX_CATALOGUE_BYTES } from '../../contract/catalogue.ts';
import type { CatalogueStore } from './updater.ts';

/** `fetched_at`: epoch ms. */
const Row = z.object({ jws: z.string().max(MAX_CATALOGUE_BYTES), fetched_at: z.number().int() }).strict();

const SCHEMA_VERSION = 1;
const SCHEMA = `CREATE TABLE IF NOT EXISTS catalogue (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  jws TEXT NOT NULL,
  fetched_at INTEGER NOT NULL
) STRICT`;

function open(path: string): Database.Database {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const db = new Database(path);
  try {
    db.pragma('journal_mode = WAL');
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > SCHEMA_VERSION) throw new Error('of a later version');
    db.exec(SCHEMA);
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * The cached catalogue in a file of its own, apart from the queue: it is public, and can be had again. A file that cannot be used is
 * thrown away and begun anew; where nothing can be written, the kiosk goes on with what is in memory.
 * @param failed told why something could not be kept
 */
export function openCatalogueStore(path: string, failed: (reason: string) => void): CatalogueStore & { close(): void } {
  let db: Database.Database | null = null;
  try {
    db = open(path);
  } catch {
    try {
      for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
      db = open(path);
    } catch {
      failed('storage');
    }
  }
  return {
    load() {
      try {
        const row = db?.prepare('SELECT jws, fetched_at FROM catalogue').get();
        if (row === undefined) return null;
        const parsed = Row.safeParse(row);
        return parsed.success ? { jws: parsed.data.jws, fetchedAt: parsed.data.fetched_at } : null;
      } catch {
        failed('unreadable');
        return null;
      }
    },
    save({ jws, fetchedAt }) {
      try {
        db?.prepare('INSERT OR REPLACE INTO catalogue (one, jws, fetched_at) VALUES (1, ?, ?)').run(jws, fetchedAt);
      } catch {
        failed('storage');
      }
    },
    close: () => void db?.close(),
  };
}
