import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { Code } from './codes.ts';

const index = JSON.stringify(pathToFileURL(join(import.meta.dirname, 'index.ts')).href);

/** `SCardGetStatusChange` waits for ever. */
const FOREVER = 0xffffffff;

/** In a worker thread: two waits for ever, one of them cancelled, so that everything there is was used; then it says so and goes on waiting. */
const inWorker = `
import { parentPort } from 'node:worker_threads';
setInterval(() => {}, 1000);
import(${index}).then(async ({ createContext, PNP_NOTIFICATION }) => {
  const context = async () => { const made = createContext(); await made.establish(); return made; };
  const [one, other] = [await context(), await context()];
  const known = [{ reader: PNP_NOTIFICATION, state: 0 }];
  const state = (await one.statusChange(known, 0)).value?.[0]?.state ?? 0;
  const settled = [{ reader: PNP_NOTIFICATION, state: state & ~2 }];
  one.statusChange(settled, ${FOREVER});
  const cancelled = other.statusChange(settled, ${FOREVER});
  await new Promise((done) => setTimeout(done, 100));
  await other.cancel();
  parentPort.postMessage((await cancelled).code);
  other.statusChange(settled, ${FOREVER});
});`;

const inMain = `
import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
const { createContext, PNP_NOTIFICATION } = await import(${index});
setInterval(() => {}, 1000);
const threads = () => readdirSync('/proc/self/task').length;
const codes = [];
let before = 0;
for (let n = 0; n < 5; n++) {
  const worker = new Worker(${JSON.stringify(inWorker)}, { eval: true });
  const [told] = await once(worker, 'message');
  const mine = createContext();
  await mine.establish();
  const first = await mine.statusChange([{ reader: PNP_NOTIFICATION, state: 0 }], 0);
  const known = [{ reader: PNP_NOTIFICATION, state: (first.value?.[0]?.state ?? 0) & ~2 }];
  const wait = mine.statusChange(known, ${FOREVER});
  await new Promise((done) => setTimeout(done, 100));
  await worker.terminate();
  await mine.cancel();
  codes.push(told, (await wait).code);
  await mine.release();
  for (let waited = 0; waited < 100 && n > 0 && threads() > before; waited++) await new Promise((done) => setTimeout(done, 50));
  if (n === 0) { await new Promise((done) => setTimeout(done, 1000)); before = threads(); }
}
console.log(JSON.stringify({ codes, left: threads() - before }));
process.exit(0);`;

test('a worker thread that ends with waits pending leaves nothing behind, and others can still cancel theirs', () => {
  const done = spawnSync(process.execPath, ['--input-type=module', '-e', inMain], { encoding: 'utf8', timeout: 25_000 });
  expect({ signal: done.signal, code: done.status, said: done.stderr }).toEqual({ signal: null, code: 0, said: '' });
  expect(JSON.parse(done.stdout)).toEqual({ codes: Array.from({ length: 10 }, () => Code.cancelled), left: 0 });
});
