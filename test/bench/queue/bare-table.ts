import { join } from 'node:path';
import Database from 'better-sqlite3';

/** The floor of every durable insert: one table, WAL, synchronous=FULL, one commit a row, nothing else. */
export function bareTable(folder: string) {
  const db = new Database(join(folder, 'bare.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE IF NOT EXISTS t (seq INTEGER PRIMARY KEY, sealed TEXT NOT NULL) STRICT');
  const insert = db.prepare<[string]>('INSERT INTO t (sealed) VALUES (?)');
  return { db, insert: (sealed: string) => void insert.run(sealed), close: () => db.close() };
}
