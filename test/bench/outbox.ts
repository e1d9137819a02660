import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { v7 } from 'uuid';
import { openOutbox } from '../../main/core/outbox/outbox.ts';
import { systemClock } from '../../main/hosts/core/system.ts';

/**
 * `npm run bench`: durable enqueue against its floor, a bare better-sqlite3 insert with WAL and synchronous=FULL of the same bytes in the
 * same round; and the claim at a depth of 100,000 rows against 1,000. Ratios only: absolute times on this machine mean nothing.
 */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' }, rows: { type: 'string', default: '400' } } });
const rounds = Number(values.rounds);
const rows = Number(values.rows);
const sealed = 'x'.repeat(11_000);
const parent = process.env.BENCH_DIR ?? tmpdir();
const folder = () => mkdtempSync(join(resolve(parent), 'outbox-bench-'));
const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;
const percentile = (list: number[], p: number) => list.toSorted((a, b) => a - b)[Math.floor(list.length * p)] ?? Number.NaN;
const limits = { maxRows: 1_000_000, ballastBytes: 0, minFreeBytes: 0, challengeStock: 10 };

function openQueue(path: string) {
  const opened = openOutbox({ folder: path, limits, clock: systemClock, log: () => {} });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

function timed(count: number, work: (n: number) => void): number[] {
  return Array.from({ length: count }, (_, n) => {
    const began = performance.now();
    work(n);
    return performance.now() - began;
  });
}

function floor(): number[] {
  const path = folder();
  const db = new Database(join(path, 'floor.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, sealed TEXT) STRICT');
  const insert = db.prepare('INSERT INTO t (sealed) VALUES (?)');
  const times = timed(rows, () => void insert.run(sealed));
  db.close();
  rmSync(path, { recursive: true });
  return times;
}

function outbox(): number[] {
  const path = folder();
  const box = openQueue(path);
  const times = timed(rows, () => {
    const done = box.enqueue({ id: v7(), kind: 'set-up', receipt: '1234567897', sealed });
    if (!done.ok) throw new Error(done.error);
  });
  box.close();
  rmSync(path, { recursive: true });
  return times;
}

/** Milliseconds to look for the next batch of one with `depth` rows of other receipts waiting. */
function claim(depth: number): number {
  const path = folder();
  const box = openQueue(path);
  box.close();
  const db = new Database(join(path, 'outbox.db'));
  const insert = db.prepare(
    `INSERT INTO outbox (id, kind, receipt, sealed, hash, state, next_attempt, created_at) VALUES (?, 'set-up', ?, 'sealed', x'00', 'pending', 0, 0)`,
  );
  db.transaction(() => {
    for (let n = 0; n < depth; n++) insert.run(v7(), String(n).padStart(10, '0'));
  })();
  db.close();
  const again = openQueue(path);
  const times = timed(200, () => void again.due(1, { items: 1, bytes: 1 }));
  again.close();
  rmSync(path, { recursive: true });
  return median(times);
}

const ratios: number[] = [];
const tails: number[] = [];
for (let round = 0; round < rounds; round++) {
  const [first, second] = round % 2 === 0 ? [floor(), outbox()] : [outbox(), floor()].toReversed();
  if (first === undefined || second === undefined) throw new Error('unreachable');
  ratios.push(first.reduce((a, b) => a + b) / second.reduce((a, b) => a + b));
  tails.push(percentile(second, 0.99) / percentile(first, 0.99));
}
const shallow = claim(1000);
const deep = claim(100_000);
const shown = (n: number) => n.toFixed(2);
console.log(
  `durable enqueue: ${shown(median(ratios))} x the floor's rate (min ${shown(Math.min(...ratios))}, max ${shown(Math.max(...ratios))}, ${rounds} rounds)`,
);
console.log(`p99 of an enqueue: ${shown(median(tails))} x the floor's p99`);
console.log(`claim at 100,000 rows: ${shown(deep / shallow)} x the claim at 1,000 rows`);
