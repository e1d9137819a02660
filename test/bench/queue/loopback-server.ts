import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { makeMark } from '../../../main/core/platform-http/answer-mark.ts';
import { ANSWER_MARK_HEADER, REQUEST_ID_HEADER } from '../../../main/core/platform-http/wire.ts';

/**
 * A platform that accepts everything as fast as it can: one durable commit a batch, then the answer. Runs in a process of its own.
 * Arguments: folder of its database, ms that every answer is held back. Prints its port.
 */
const [folder = '', delayText] = process.argv.slice(2);
const delay = Number(delayText);
const Batch = z.object({ items: z.array(z.object({ id: z.string(), sealed: z.string() })) });
const CHALLENGE_HOURS = 24;

const db = new Database(join(folder, 'platform.db'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('CREATE TABLE item (id TEXT PRIMARY KEY, sealed TEXT NOT NULL) STRICT');
const insert = db.prepare('INSERT OR IGNORE INTO item (id, sealed) VALUES (?, ?)');
const insertAll = db.transaction((items: z.infer<typeof Batch>['items']) => {
  for (const { id, sealed } of items) insert.run(id, sealed);
});

function accepted(body: string): unknown {
  const { items } = Batch.parse(JSON.parse(body));
  insertAll(items);
  return { results: items.map(({ id }) => ({ outcome: 'accepted', id, reference: 'BENCH-1' })) };
}

function challenges(body: string): unknown {
  const { count } = z.object({ count: z.number() }).parse(JSON.parse(body));
  const expiresAt = new Date(Date.now() + CHALLENGE_HOURS * 3_600_000).toISOString();
  return {
    challenges: Array.from({ length: count }, (_, n) => ({ challenge: String(n).padStart(32, 'A'), expiresAt })),
  };
}

function contentFor(path: string, body: string): unknown {
  if (path === '/v1/batches') return accepted(body);
  if (path === '/v1/challenges') return challenges(body);
  return { time: new Date().toISOString(), maintenance: false };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = JSON.stringify(contentFor(request.url ?? '', Buffer.concat(chunks).toString()));
  const mark = makeMark(String(request.headers[REQUEST_ID_HEADER]), 200, text);
  const headers = { 'content-type': 'application/json', [ANSWER_MARK_HEADER]: mark };
  const reply = () => response.writeHead(200, headers).end(text);
  if (delay === 0) reply();
  else setTimeout(reply, delay);
}

const server = createServer((request, response) => void answer(request, response));
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.stdin.resume().on('end', () => process.exit());
