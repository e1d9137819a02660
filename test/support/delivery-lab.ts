import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogEventName } from '../../main/contract/log-events.ts';
import type { BatchItem } from '../../main/contract/platform.ts';
import { type OutboxStore, openOutbox } from '../../main/core/outbox/outbox.ts';
import { type Exchange, LineFault } from '../../main/core/platform-http/exchange.ts';
import { createHttpPlatform } from '../../main/core/platform-http/http-platform.ts';
import { WAITING_HEADER } from '../../main/core/platform-http/wire.ts';
import type { LineCause, Settled } from '../../main/core/ports.ts';
import { createDelivery, type StaffDelivery } from '../../main/core/sync/delivery.ts';
import { createPlatformTime } from '../../main/core/sync/platform-time.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { marking } from './marking.ts';

/** What the stand-in for the platform does with a request. `by`: whose answer it is, default the platform's own. */
export type Answer =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly text: string; readonly by?: 'gateway' }
  | LineCause;

export interface Asked {
  readonly path: string;
  readonly items: readonly BatchItem[];
  readonly urgent: boolean;
  /** What the kiosk says it still has. */
  readonly waiting: string | undefined;
  /** Monotonic ms. */
  readonly at: number;
}

export interface LabOptions {
  readonly startSpreadSeconds?: number;
  readonly pollSeconds?: number;
  readonly backOffCapSeconds?: number;
  readonly challengeStock?: number;
  readonly maxRows?: number;
  /** Every byte of randomness that is not a request's id: 0 the shortest waits, 255 the longest. Default 255. */
  readonly byte?: number;
  /** Changes the queue before delivery gets it. */
  readonly outbox?: (outbox: OutboxStore) => OutboxStore;
}

/** Real queue and delivery on a virtual clock, with a platform that does as it is told. */
export interface Lab {
  readonly clock: ManualClock;
  readonly outbox: OutboxStore;
  readonly delivery: StaffDelivery;
  readonly asked: Asked[];
  readonly settled: [string, Settled][];
  readonly lines: LogEventName[];
  byte: number;
  batch: (items: readonly BatchItem[]) => Answer | Promise<Answer>;
  status: () => Answer | Promise<Answer>;
  challenges: () => Answer;
  /** Commits rows with these numbers. @param sealed its length in bytes */
  put(numbers: readonly number[], sealed?: number): void;
  /** Lets what was begun come to rest. */
  flush(): Promise<void>;
  /** Time passes timer by timer, with everything done that falls due. */
  pass(ms: number): Promise<void>;
  /** The ids of each batch that was sent. */
  batches(): string[][];
  count(path: string): number;
  close(): Promise<void>;
}

export const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const ids = (...numbers: readonly number[]) => numbers.map(id);
export const json = (body: unknown, status = 200, headers = {}): Answer => ({ status, headers, text: JSON.stringify(body) });
export const accept = (items: readonly BatchItem[]): Answer =>
  json({ results: items.map((item) => ({ outcome: 'accepted', id: item.id, reference: 'REF-1' })) });
export const later = (items: readonly BatchItem[], afterMs = 0): Answer =>
  json({ results: items.map((item) => ({ outcome: 'retry', id: item.id, afterMs })) });

export function createLab(options: LabOptions = {}): Lab {
  const folder = mkdtempSync(join(tmpdir(), 'delivery-'));
  const clock = createManualClock();
  const { challengeStock = 4 } = options;
  const boot = { id: 'lab', uptimeMs: () => clock.monotonic() };
  let store: OutboxStore | null = null;
  const time = createPlatformTime({ boot, clock, store: () => store });
  const limits = { maxRows: options.maxRows ?? 500, ballastBytes: 0, minFreeBytes: 0, challengeStock };
  const lines: LogEventName[] = [];
  const log = (event: LogEventName) => void lines.push(event);
  const opened = openOutbox({ folder, limits, clock, log, platformNow: () => time.latest() });
  if (!opened.ok) throw new Error(opened.error);
  const outbox = options.outbox?.(opened.value) ?? opened.value;
  store = outbox;
  /** The platform's clock never jumps. */
  const platformNow = () => PLATFORM_START + clock.monotonic();

  const answerTo: Exchange = async ({ path, headers, body, urgent = false, onSent }) => {
    onSent?.();
    const items = path === '/v1/batches' ? (JSON.parse(body ?? '') as { items: BatchItem[] }).items : [];
    lab.asked.push({ path, items, urgent, waiting: headers[WAITING_HEADER], at: clock.monotonic() });
    const answer =
      path === '/v1/batches' ? await lab.batch(items) : path === '/v1/status' ? await lab.status() : lab.challenges();
    if (typeof answer === 'string') throw new LineFault(answer);
    const date = new Date(platformNow()).toUTCString();
    return {
      status: answer.status,
      text: answer.text,
      headers: { date, ...answer.headers, ...(answer.by && { by: answer.by }) },
    };
  };
  const marked = marking(answerTo);
  const exchange: Exchange = async (ask) => {
    const { headers, ...answer } = await marked(ask);
    return { ...answer, headers: headers['by'] === 'gateway' ? { ...headers, 'x-madoguchi-answer': undefined } : headers };
  };
  const client = createHttpPlatform({ exchange, close: async () => {} }, 'K-TEST-1', clock.now, randomBytes);
  const delivery = createDelivery({
    outbox,
    client,
    clock,
    random: (length) => new Uint8Array(length).fill(lab.byte),
    log,
    terminal: 'K-TEST-1',
    sync: {
      catalogueSeconds: 3600,
      pollSeconds: options.pollSeconds ?? 60,
      backOffCapSeconds: options.backOffCapSeconds ?? 300,
      startSpreadSeconds: options.startSpreadSeconds ?? 0,
    },
    challengeStock,
    time,
  });

  const flush = async () => {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const lab: Lab = {
    clock,
    outbox,
    delivery,
    asked: [],
    settled: [],
    lines,
    byte: options.byte ?? 0xff,
    batch: accept,
    status: () => json({ time: new Date(platformNow()).toISOString(), maintenance: false }),
    challenges: () =>
      json({
        challenges: Array.from({ length: challengeStock }, (_, n) => ({
          challenge: String(n).repeat(32),
          expiresAt: new Date(platformNow() + 600_000).toISOString(),
        })),
      }),
    put(numbers, sealed = 20) {
      for (const n of numbers) {
        const receipt = String(n).padStart(10, '0');
        const done = outbox.enqueue({ id: id(n), kind: 'set-up', receipt, sealed: `sealed-${n}-`.padEnd(sealed, 'x') });
        if (!done.ok) throw new Error(done.error);
      }
    },
    flush,
    async pass(ms) {
      const until = clock.monotonic() + ms;
      await flush();
      for (let next = clock.next(); next !== null && next <= until; next = clock.next()) {
        clock.advance(next - clock.monotonic());
        await flush();
      }
      clock.advance(until - clock.monotonic());
      await flush();
    },
    batches: () => lab.asked.filter(({ path }) => path === '/v1/batches').map(({ items }) => items.map((item) => item.id)),
    count: (path) => lab.asked.filter((asked) => asked.path === path).length,
    async close() {
      await delivery.stop();
      outbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  delivery.onSettled((row, what) => lab.settled.push([row, what]));
  return lab;
}

/** The wall clock of a new manual clock shows the same. */
const PLATFORM_START = createManualClock().now();
