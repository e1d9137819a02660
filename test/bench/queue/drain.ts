import { cpSync } from 'node:fs';
import { httpExchange } from '../../../main/core/platform-http/http-exchange.ts';
import { createHttpPlatform } from '../../../main/core/platform-http/http-platform.ts';
import { createDelivery } from '../../../main/core/sync/delivery.ts';
import { systemClock, systemRandom } from '../../../main/hosts/core/system.ts';
import { bytesIn, dropFolder, newFolder } from '../folders.ts';
import { profileOf } from '../profile.ts';
import { against, interleaved, median } from '../rounds.ts';
import { atLeast, atMost, type BenchOptions, type BenchRow, type Goal, judgedRow, type Part } from '../row.ts';
import { startLoopback } from './loopback.ts';
import { oneByOne } from './one-by-one.ts';
import { enqueued, limits, openQueue, rowOf, sealedOf } from './store.ts';

const ROWS = 10_000;
const TERMINAL = 'K-BENCH-1';
const sync = { pollSeconds: 60, catalogueSeconds: 3600, backOffCapSeconds: 60, startSpreadSeconds: 0 };

/** A folder with a queue of so many waiting rows, as the store wrote them. */
function filled(bytes: number): string {
  const folder = newFolder('disk');
  const store = openQueue(folder);
  const sealed = sealedOf(bytes);
  for (let n = 0; n < ROWS; n++) enqueued(store, rowOf(n, sealed));
  store.close();
  return folder;
}

interface Drained {
  readonly ms: number;
  /** Bytes of both copies at their largest (before the first row has gone), and when all has gone and the kiosk is idle. */
  readonly peak: number;
  readonly after: number;
}

/** The kiosk's own delivery, from its start until the last row is settled. */
async function drained(from: string, url: string): Promise<Drained> {
  const folder = newFolder('disk');
  cpSync(from, folder, { recursive: true });
  const outbox = openQueue(folder);
  const peak = bytesIn(folder);
  const client = createHttpPlatform(httpExchange({ url, timeoutMs: 10_000 }), TERMINAL, systemClock.now, systemRandom);
  const log = () => {};
  const parts = {
    outbox,
    client,
    clock: systemClock,
    random: systemRandom,
    log,
    terminal: TERMINAL,
    sync,
    challengeStock: limits.challengeStock,
  };
  const delivery = createDelivery(parts);
  const began = performance.now();
  await new Promise<void>((resolve) => {
    let settled = 0;
    delivery.onSettled(() => {
      settled += 1;
      if (settled === ROWS) resolve();
    });
    delivery.start();
  });
  const ms = performance.now() - began;
  await delivery.stop();
  outbox.tidy();
  outbox.finishChores();
  const after = bytesIn(folder);
  outbox.close();
  dropFolder(folder);
  return { ms, peak, after };
}

interface Case {
  /** Every answer comes so much later. */
  readonly delayMs: number;
  /** Rows that are sent one by one; the time of all is scaled from them. */
  readonly sample: number;
  readonly goal: Goal;
}
const SIZES = [2000, 11_000];
const kilobytes = (bytes: number) => `${bytes / 1000} KB`;

async function drains({ rounds, say }: BenchOptions, { delayMs, sample, goal }: Case): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const bytes of SIZES) {
    say(`queue: drain, rows of ${kilobytes(bytes)}, ${delayMs} ms`);
    const full = filled(bytes);
    const sealed = sealedOf(bytes);
    const all: Drained[] = [];
    const server = await startLoopback(delayMs);
    const times = await interleaved(rounds, {
      async single() {
        const folder = newFolder('disk');
        const ms = (await oneByOne(folder, server.url, sealed, sample)) * ROWS;
        dropFolder(folder);
        return ms;
      },
      async ours() {
        const done = await drained(full, server.url);
        all.push(done);
        return done.ms;
      },
    });
    const { value: floor, floor: value, ratio, spread } = against(times.single, times.ours);
    const delay = delayMs === 0 ? 'on loopback' : `with ${delayMs} ms`;
    rows.push(
      await judgedRow(
        {
          bench: 'queue',
          what: `drain of 10,000 rows of ${kilobytes(bytes)} ${delay}, one POST a row (${sample} measured, scaled) to it`,
          value: value / 1000,
          unit: 's',
          floor: floor / 1000,
          ratio,
          spread,
        },
        goal,
        () => profileOf(() => drained(full, server.url)),
      ),
    );
    await server.stop();
    dropFolder(full);
    if (delayMs === 0) rows.push(await filesAfter(bytes, all));
  }
  return rows;
}

/** Draining 10,000 rows against sending each alone, and what is left of the files afterwards. */
export const drain = (options: BenchOptions) => drains(options, { delayMs: 0, sample: 600, goal: atLeast(10, 'x') });

/** The same with a platform that is far away. */
export const drainFar = (options: BenchOptions) => drains(options, { delayMs: 40, sample: 20, goal: atLeast(60, 'x') });

function filesAfter(bytes: number, drains: readonly Drained[]): Promise<BenchRow> {
  const shares = drains.map(({ peak, after }) => (after / peak) * 100);
  const last = drains.at(-1);
  const why = (): Part[] => [
    { part: 'both copies at their largest', value: (last?.peak ?? 0) / 1e6, unit: 'MB' },
    { part: 'after the drain and one tidying', value: (last?.after ?? 0) / 1e6, unit: 'MB' },
  ];
  return judgedRow(
    {
      bench: 'queue',
      what: `files after draining 10,000 rows of ${kilobytes(bytes)}, % of their peak`,
      value: median(shares),
      unit: '%',
      floor: null,
      ratio: null,
      spread: [Math.min(...shares), Math.max(...shares)],
    },
    atMost(5, '%'),
    why,
  );
}
