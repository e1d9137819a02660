import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { marking } from '../../../test/support/marking.ts';
import type { BatchItem } from '../../contract/platform.ts';
import { type OutboxStore, openOutbox } from '../outbox/outbox.ts';
import type { Settled } from '../ports.ts';
import { createDelivery, type StaffDelivery } from './delivery.ts';
import type { Exchange } from './exchange.ts';
import { createPlatformClient } from './platform-client.ts';

const id = (n: number) => `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
type Answer = { status: number; headers?: Record<string, string>; text: string } | 'cut';
const json = (body: unknown, status = 200, headers = {}): Answer => ({ status, headers, text: JSON.stringify(body) });

let folder: string;
let clock: ReturnType<typeof createManualClock>;
let outbox: OutboxStore;
let delivery: StaffDelivery;
let asked: { path: string; items: BatchItem[] }[];
let batch: (items: BatchItem[]) => Answer;
let status: () => Answer;
let settled: [string, Settled][];
let randomByte: number;

const accept = (items: BatchItem[]): Answer =>
  json({ results: items.map((item) => ({ outcome: 'accepted', id: item.id, reference: 'REF-1' })) });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'delivery-'));
  clock = createManualClock();
  asked = [];
  settled = [];
  batch = accept;
  status = () => json({ time: new Date(clock.now()).toISOString(), maintenance: false });
  randomByte = 0xff;
  const limits = { maxRows: 500, ballastBytes: 0, minFreeBytes: 0, challengeStock: 4 };
  const opened = openOutbox({ folder, limits, clock, log: () => {} });
  if (!opened.ok) throw new Error(opened.error);
  outbox = opened.value;
  const unmarked: Exchange = async ({ path, body }) => {
    const items = path === '/v1/batches' ? (JSON.parse(body ?? '') as { items: BatchItem[] }).items : [];
    asked.push({ path, items });
    const challenges = Array.from({ length: 4 }, (_, n) => ({
      challenge: String(n).repeat(32),
      expiresAt: new Date(clock.now() + 60_000).toISOString(),
    }));
    const answer = path === '/v1/batches' ? batch(items) : path === '/v1/status' ? status() : json({ challenges });
    if (answer === 'cut') throw new Error('cut');
    return { headers: {}, ...answer };
  };
  const client = createPlatformClient(
    { exchange: marking(unmarked), close: async () => {} },
    'K-TEST-1',
    () => clock.now(),
    randomBytes,
  );
  const sync = { catalogueSeconds: 3600, pollSeconds: 60, backOffCapSeconds: 300, startSpreadSeconds: 30 };
  const random = (length: number) => new Uint8Array(length).fill(randomByte);
  delivery = createDelivery({ outbox, client, clock, random, log: () => {}, terminal: 'K-TEST-1', sync, challengeStock: 4 });
  delivery.onSettled((row, what) => settled.push([row, what]));
});
afterEach(async () => {
  await delivery.stop();
  outbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const put = (...numbers: number[]) => {
  for (const n of numbers) {
    const row = { id: id(n), kind: 'set-up' as const, receipt: String(n).padStart(10, '0'), sealed: `sealed-${n}-bytes-bytes` };
    expect(outbox.enqueue(row).ok).toBe(true);
  }
};
const flush = async () => {
  for (let turn = 0; turn < 60; turn++) await new Promise((resolve) => setImmediate(resolve));
};
const pass = async (ms: number) => {
  clock.advance(ms);
  await flush();
};
const batches = () => asked.filter(({ path }) => path === '/v1/batches').map(({ items }) => items.map((item) => item.id));

describe('delivery', () => {
  it('settles what the platform answers and hands the personal answer over once', async () => {
    put(1, 2, 3);
    batch = () =>
      json({
        results: [
          { outcome: 'accepted', id: id(1), reference: 'REF-1', reply: 'jwe' },
          { outcome: 'refused', id: id(2), reference: 'REF-2', code: 'certificate-revoked' },
          { outcome: 'conflict', id: id(3) },
        ],
      });
    delivery.start();
    await pass(0);
    expect(delivery.line).toBe('online');
    expect(settled).toEqual([
      [id(1), { outcome: 'accepted', reference: 'REF-1', reply: 'jwe' }],
      [id(2), { outcome: 'refused', reference: 'REF-2', code: 'certificate-revoked' }],
      [id(3), { outcome: 'parked', reason: 'conflict' }],
    ]);
    expect(outbox.counts()).toMatchObject({ accepted: 1, refused: 1, parked: 1, sending: 0, pending: 0 });
  });

  it('an answer lost after the commit: the same row goes again, and "duplicate" settles it', async () => {
    put(1);
    let first = true;
    batch = (items) => {
      if (!first) return json({ results: items.map((item) => ({ outcome: 'duplicate', id: item.id, reference: 'REF-1' })) });
      first = false;
      return 'cut';
    };
    delivery.start();
    await pass(0);
    expect(outbox.counts().sending).toBe(1);
    expect(delivery.line).toBe('offline');
    await pass(1000);
    expect(batches()).toEqual([[id(1)], [id(1)]]);
    expect(outbox.counts()).toMatchObject({ accepted: 1, sending: 0 });
  });

  it('backs off with full jitter: never longer than the window, and the window doubles up to the cap', async () => {
    put(1);
    status = () => 'cut';
    delivery.start();
    const gaps: number[] = [];
    let last = clock.monotonic();
    for (let n = 0; n < 12; n++) {
      const next = clock.next();
      if (next === null) throw new Error('nothing planned');
      await pass(next - clock.monotonic());
      gaps.push(clock.monotonic() - last);
      last = clock.monotonic();
    }
    expect(gaps.slice(0, 5).map((gap) => Math.round(gap / 1000))).toEqual([0, 1, 2, 4, 8]);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(300_000);
    expect(batches()).toEqual([]);
  });

  it('obeys Retry-After, also when a person waits', async () => {
    put(1);
    batch = () => ({ status: 429, headers: { 'retry-after': '30' }, text: '' });
    delivery.start();
    await pass(0);
    batch = accept;
    delivery.nudge();
    await pass(29_999);
    expect(batches()).toHaveLength(1);
    await pass(4000);
    expect(batches()).toHaveLength(2);
    expect(outbox.counts().accepted).toBe(1);
  });

  it('after three failures only the status request goes out; after the outage the start is random', async () => {
    put(1);
    status = () => 'cut';
    delivery.start();
    await pass(0);
    for (let n = 0; n < 4; n++) await pass(8000);
    expect(batches()).toEqual([]);
    status = () => json({ time: new Date(clock.now()).toISOString(), maintenance: false });
    const next = clock.next();
    if (next === null) throw new Error('nothing planned');
    await pass(next - clock.monotonic());
    expect(delivery.line).toBe('online');
    expect(batches()).toEqual([]);
    await pass(30_000);
    expect(batches()).toEqual([[id(1)]]);
  });

  it.each([
    ['500', { status: 500, text: 'oops' }],
    ['garbage', { status: 200, text: '{"results": [{"id": 5}' }],
    ['another shape', json({ hello: 'world' })],
    ['no content', { status: 204, text: '' }],
    ['401', { status: 401, text: '' }],
  ] as [string, Answer][])('a bad answer (%s) loses nothing and settles nothing', async (_name, answer) => {
    put(1);
    batch = () => answer;
    delivery.start();
    await pass(0);
    expect(outbox.counts()).toMatchObject({ sending: 1, accepted: 0, parked: 0 });
    batch = accept;
    await pass(10_000);
    expect(outbox.counts().accepted).toBe(1);
  });

  it('a poison row is found by halving, parked alone, and holds nobody up', async () => {
    put(1, 2, 3, 4, 5, 6, 7);
    batch = (items) => (items.some((item) => item.id === id(5)) ? { status: 400, text: '' } : accept(items));
    delivery.start();
    await pass(0);
    expect(outbox.counts()).toMatchObject({ accepted: 6, parked: 1, sending: 0 });
    expect(settled.find(([row]) => row === id(5))?.[1]).toEqual({ outcome: 'parked', reason: 'http-400' });
  });

  it('"retry" waits as long as it says, for that row only; an unanswered row is tried again', async () => {
    put(1, 2, 3);
    batch = (items) =>
      json({
        results: [
          { outcome: 'retry', id: id(1), afterMs: 20_000 },
          ...items.filter((item) => item.id === id(2)).map((item) => ({ outcome: 'accepted', id: item.id, reference: 'REF-2' })),
        ],
      });
    delivery.start();
    await pass(0);
    batch = accept;
    await pass(5000);
    expect(batches()).toEqual([[id(1), id(2), id(3)], [id(3)]]);
    await pass(20_000);
    expect(batches().at(-1)).toEqual([id(1)]);
    expect(outbox.counts().accepted).toBe(3);
  });

  it('an answer about a row that was not sent settles nothing', async () => {
    put(1);
    batch = () => json({ results: [{ outcome: 'accepted', id: id(9), reference: 'REF-9' }] });
    delivery.start();
    await pass(0);
    expect(outbox.counts()).toMatchObject({ sending: 1, accepted: 0 });
  });

  it('keeps a stock of challenges, and draws only when half of it is spent', async () => {
    delivery.start();
    await pass(0);
    expect(outbox.challengeCount()).toBe(4);
    outbox.takeChallenge();
    delivery.nudge();
    await pass(0);
    expect(asked.filter(({ path }) => path === '/v1/challenges')).toHaveLength(1);
  });

  it('challenges live by the platform’s clock: a kiosk that is an hour off still has a stock', async () => {
    clock.jump(3_600_000);
    const platformNow = () => clock.now() - 3_600_000;
    status = () => json({ time: new Date(platformNow()).toISOString(), maintenance: false });
    const client = createPlatformClient(
      {
        exchange: marking(async ({ path }) => ({
          status: 200,
          headers: { date: new Date(platformNow()).toUTCString() },
          text: JSON.stringify(
            path === '/v1/status'
              ? { time: new Date(platformNow()).toISOString(), maintenance: false }
              : { challenges: [{ challenge: 'a'.repeat(32), expiresAt: new Date(platformNow() + 600_000).toISOString() }] },
          ),
        })),
        close: async () => {},
      },
      'K-TEST-1',
      () => clock.now(),
      randomBytes,
    );
    const skews: unknown[] = [];
    const late = createDelivery({
      outbox,
      client,
      clock,
      random: (length) => new Uint8Array(length),
      log: (event, fields) => event === 'sync.skew' && skews.push(fields),
      terminal: 'K-TEST-1',
      sync: { catalogueSeconds: 3600, pollSeconds: 60, backOffCapSeconds: 300, startSpreadSeconds: 0 },
      challengeStock: 4,
    });
    late.start();
    await pass(0);
    expect(outbox.challengeCount()).toBe(1);
    expect(skews.length).toBeGreaterThan(0);
    await late.stop();
  });

  it.each([
    ['settled', () => json({ results: [{ outcome: 'accepted', id: id(1), reference: 'REF-1' }] })],
    ['postponed', () => json({ results: [{ outcome: 'retry', id: id(1), afterMs: 60_000 }] })],
    ['parked', (): Answer => ({ status: 400, text: '' })],
  ])('a row that cannot be written down as %s is not sent again at once', async (_name, answer) => {
    put(1);
    batch = answer;
    const { settle, postpone } = outbox;
    outbox.settle = () => [];
    outbox.postpone = () => false;
    delivery.start();
    await pass(0);
    expect(batches()).toHaveLength(1);
    await pass(4999);
    expect(batches()).toHaveLength(1);
    Object.assign(outbox, { settle, postpone });
    batch = accept;
    await pass(1);
    expect(batches()).toHaveLength(2);
    expect(outbox.counts().accepted).toBe(1);
    expect(settled).toEqual([[id(1), { outcome: 'accepted', reference: 'REF-1' }]]);
  });

  it('"retry at once" from the platform is no hot loop, and parks nothing within a second', async () => {
    put(1);
    batch = () => json({ results: [{ outcome: 'retry', id: id(1), afterMs: 0 }] });
    delivery.start();
    await pass(0);
    expect(batches().length).toBeLessThanOrEqual(2);
    expect(outbox.counts().parked).toBe(0);
  });

  it('maintenance counts as "not now"', async () => {
    put(1);
    status = () => json({ time: new Date(clock.now()).toISOString(), maintenance: true });
    delivery.start();
    await pass(0);
    expect(batches()).toEqual([]);
    expect(outbox.counts().pending).toBe(1);
  });
});

describe('for the staff', () => {
  it('retries once past the breaker, the wait the platform asked for and each row’s own, and then waits again', async () => {
    put(1, 2);
    batch = (items) => json({ results: items.map((item) => ({ outcome: 'retry', id: item.id, afterMs: 900_000 })) });
    delivery.start();
    await pass(0);
    batch = () => ({ status: 429, headers: { 'retry-after': '900' }, text: '' });
    put(3);
    delivery.nudge();
    await pass(0);
    const before = batches().length;
    delivery.nudge();
    await pass(0);
    expect(batches()).toHaveLength(before);
    expect(delivery.nextAttempt).toBeGreaterThanOrEqual(clock.now() + 900_000);

    delivery.retryNow();
    await pass(0);
    expect(batches().at(-1)).toEqual([id(1), id(2), id(3)]);
    await pass(60_000);
    expect(batches()).toHaveLength(before + 1);
    batch = accept;
    delivery.retryNow();
    await pass(0);
    expect(outbox.counts()).toMatchObject({ accepted: 3, sending: 0 });
  });

  it('settles answers that came another way as those of a batch, tells whoever listens, and twice changes nothing', async () => {
    put(1, 2, 3, 4);
    outbox.settle([{ id: id(4), state: 'accepted', reference: 'REF-4' }]);
    const results = [
      { outcome: 'accepted' as const, id: id(1), reference: 'REF-1' },
      { outcome: 'refused' as const, id: id(2), reference: 'REF-2', code: 'already-signed-up' as const },
      { outcome: 'retry' as const, id: id(3), afterMs: 60_000 },
      { outcome: 'refused' as const, id: id(4), reference: 'REF-5', code: 'already-signed-up' as const },
      { outcome: 'accepted' as const, id: id(9), reference: 'REF-9' },
    ];
    expect(delivery.take(results)).toEqual([id(1), id(2)]);
    expect(settled.map(([row]) => row)).toEqual([id(1), id(2)]);
    expect(outbox.counts()).toMatchObject({ accepted: 2, refused: 1, pending: 1 });
    expect(outbox.due(clock.now(), { items: 9, bytes: 1e6 })).toEqual([]);
    expect(delivery.take(results)).toEqual([]);
    expect(outbox.counts()).toMatchObject({ accepted: 2, refused: 1 });
  });
});
