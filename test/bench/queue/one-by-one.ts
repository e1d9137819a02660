import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Agent, request } from 'undici';
import { v7 } from 'uuid';
import { z } from 'zod';
import { receiptOf } from './store.ts';

const Row = z.object({ seq: z.number(), id: z.string(), receipt: z.string(), sealed: z.string() });

/**
 * The floor of a drain: a bare durable queue, one POST a row over one connection that is kept, the row deleted with a commit after each
 * answer.
 * @param rows how many are measured @returns ms a row
 */
export async function oneByOne(folder: string, url: string, sealed: string, rows: number): Promise<number> {
  const db = new Database(join(folder, 'bare.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE q (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, receipt TEXT NOT NULL, sealed TEXT NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO q (id, receipt, sealed) VALUES (?, ?, ?)');
  db.transaction(() => {
    for (let n = 0; n < rows; n++) insert.run(v7(), receiptOf(n), sealed);
  })();
  const oldest = db.prepare('SELECT seq, id, receipt, sealed FROM q ORDER BY seq LIMIT 1');
  const remove = db.prepare('DELETE FROM q WHERE seq = ?');
  const dispatcher = new Agent({ connections: 1, pipelining: 1 });
  const began = performance.now();
  for (let n = 0; n < rows; n++) {
    const { seq, ...item } = Row.parse(oldest.get());
    const answer = await request(new URL('/v1/batches', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ items: [{ ...item, kind: 'set-up', terminal: 'K-BENCH-1' }] }),
      dispatcher,
    });
    await answer.body.json();
    remove.run(seq);
  }
  const took = performance.now() - began;
  await dispatcher.close();
  db.close();
  return took / rows;
}
