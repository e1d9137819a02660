import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { testData } from './test-folder.ts';

/** Notes the My Key IDs that tests saw issued, so that the search at the end can look for them. Several test processes write at once. */
export function noteIssued(ids: readonly string[]): void {
  const file = join(testData, 'world', 'my-key-ids.db');
  mkdirSync(dirname(file), { recursive: true });
  const db = new Database(file);
  db.pragma('busy_timeout = 10000');
  db.exec('CREATE TABLE IF NOT EXISTS issued (id TEXT PRIMARY KEY) STRICT');
  const put = db.prepare('INSERT OR IGNORE INTO issued (id) VALUES (?)');
  db.transaction(() => {
    for (const id of ids) put.run(id);
  })();
  db.close();
}
