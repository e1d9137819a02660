import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Exchange } from '../../../main/core/platform-http/exchange.ts';
import { SealingKey } from '../../../main/core/seal/seal.ts';
import { ensureTestPki, personOf, type TestPki } from '../pki/index.ts';
import { type Act, type Counter, createCounter } from './counter.ts';
import type { BatchTimes } from './deliver.ts';
import { startPlatform } from './start.ts';
import { Summary } from './views.ts';

let scratch: string;
let pki: TestPki;
const children: ChildProcess[] = [];
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'madoguchi-batch-disk-'));
  pki = await ensureTestPki();
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(scratch, { recursive: true }));

const acts = (counter: Counter, count: number): Promise<Act[]> => {
  const { authCertDer, authKey } = personOf(pki, 'fresh');
  return Promise.all(Array.from({ length: count }, () => counter.actWith({ certDer: authCertDer, key: authKey })));
};

/** Commits in a write-ahead log: frames that name the database's size, of the log's present salts (sqlite.org, File Format, section 4). */
function commitsIn(wal: Buffer): number {
  const frame = 24 + wal.readUInt32BE(8);
  const salts = wal.subarray(16, 24);
  let commits = 0;
  for (let at = 32; at + frame <= wal.length && wal.subarray(at + 8, at + 16).equals(salts); at += frame) {
    if (wal.readUInt32BE(at + 4) > 0) commits += 1;
  }
  return commits;
}

test('a whole batch is one commit', async () => {
  const data = join(scratch, 'commits');
  const times: BatchTimes[] = [];
  const platform = await startPlatform({ data, port: null, pki, onBatch: (one) => times.push(one) });
  const counter = await createCounter(platform);
  const batch = await acts(counter, 20);
  const commits = async () => commitsIn(await readFile(join(data, 'platform.db-wal')));
  const before = await commits();
  expect(before).toBeGreaterThan(20);
  const results = await counter.deliver(...batch.map(({ item }) => item));
  expect(results.map(({ outcome }) => outcome)).toEqual(batch.map(() => 'accepted'));
  expect((await commits()) - before).toBe(1);
  // Repeats, too: each is a row of what was delivered.
  await counter.deliver(...batch.map(({ item }) => item));
  expect((await commits()) - before).toBe(2);
  expect(times.map(({ items }) => items)).toEqual([20, 20]);
  await platform.close();
});

/** A platform in a process of its own, over HTTP. */
async function start(data: string) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url)), '--data', data]);
  children.push(child);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const url = /^platform: listening on (http:\S+),/.exec(String(line))?.[1] ?? '';
  const exchange: Exchange = async ({ method, path, headers, body, signal }) => {
    const answer = await fetch(new URL(path, url), { method, headers, body, signal });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
  };
  const publicJwk = SealingKey.parse(JSON.parse(await readFile(join(data, 'sealing-key.jwk.json'), 'utf8')));
  const accepted = async (): Promise<number> => {
    const answer = await fetch(`${url}/sandbox/summary`);
    return Summary.parse(await answer.json()).accepted;
  };
  return { child, accepted, counter: await createCounter({ exchange, publicJwk }) };
}

test.each([0, 15])(
  'killed %i ms after the first of six batches was seen: each is there whole or not at all, and whole where it was answered',
  async (ms) => {
    const data = join(scratch, `killed-${ms}`);
    const { child, accepted, counter } = await start(data);
    const batches = await Promise.all(Array.from({ length: 6 }, () => acts(counter, 20)));
    const answers = batches.map((batch) =>
      counter.deliver(...batch.map(({ item }) => item)).then(
        (results) => results.length,
        () => 0,
      ),
    );
    while ((await accepted()) === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    await new Promise((resolve) => setTimeout(resolve, ms));
    child.kill('SIGKILL');
    const answered = await Promise.all(answers);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    const db = new Database(join(data, 'platform.db'));
    const has = db
      .prepare(
        "SELECT count(*) FROM submissions AS s JOIN witness AS w USING (id) JOIN challenges AS c ON c.used_by = s.id WHERE s.id = ? AND outcome = 'accepted'",
      )
      .pluck();
    const kept = batches.map((batch) => batch.filter(({ item }) => has.get(item.id) === 1).length);
    db.close();
    kept.forEach((count, at) => {
      expect([0, 20], 'broken promise: half a batch').toContain(count);
      if (answered[at] === 20) expect(count, 'broken promise: answered and not there').toBe(20);
    });
    const again = await start(data);
    for (const batch of batches) {
      const results = await again.counter.deliver(...batch.map(({ item }) => item));
      expect(results.every(({ outcome }) => outcome === 'accepted' || outcome === 'duplicate')).toBe(true);
    }
  },
);
