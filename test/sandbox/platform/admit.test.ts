import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { BatchItem } from '../../../main/contract/platform.ts';
import { BatchReply, WAITING_HEADER } from '../../../main/core/platform-http/wire.ts';
import { sakuraAccount, signUpContent } from '../../support/sign-up-acts.ts';
import { ensureTestPki, personOf, type TestPki } from '../pki/index.ts';
import { createAdmission } from './admission.ts';
import { createBatchDoor } from './admit.ts';
import { createCounter } from './counter.ts';
import type { BatchTimes } from './deliver.ts';
import type { ProviderAnswer } from './providers.ts';
import { type Platform, type PlatformOptions, startPlatform } from './start.ts';

let scratch: string;
let pki: TestPki;
let platform: Platform;
let runs = 0;
/** What providers wait for, and how often they were asked. */
let waiting = Promise.withResolvers<ProviderAnswer>();
let asked = 0;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'madoguchi-admit-'));
  pki = await ensureTestPki();
});
afterEach(() => platform.close());
afterAll(() => rm(scratch, { recursive: true }));

async function start(options: Pick<PlatformOptions, 'admission' | 'loadClock'>): Promise<void> {
  runs += 1;
  asked = 0;
  waiting = Promise.withResolvers();
  const providers = {
    check: () => {
      asked += 1;
      return waiting.promise;
    },
  };
  platform = await startPlatform({ data: join(scratch, `data-${runs}`), memory: true, pki, providers, ...options });
}
const standing = { admission: { firstMsAnItem: 100 }, loadClock: () => 0 };

/** A batch of one kiosk; the first is a sign-up where `signsUp`, which waits for the provider. */
async function batchOf(kiosk: string, count: number, signsUp = false): Promise<{ kiosk: string; items: BatchItem[] }> {
  const counter = await createCounter(platform, kiosk);
  const { authCertDer, authKey } = personOf(pki, 'fresh');
  const signer = { certDer: authCertDer, key: authKey };
  const acts = Array.from({ length: count }, (_, n) =>
    counter.actWith(signer, signsUp && n === 0 ? { content: signUpContent({ account: sakuraAccount(n) }) } : {}),
  );
  return { kiosk, items: (await Promise.all(acts)).map(({ item }) => item) };
}
const post = (kiosk: string, body: string, signal: AbortSignal | null = null) => {
  const headers = { 'x-kiosk-id': kiosk, 'content-type': 'application/json' };
  return fetch(`${platform.url}/v1/batches`, { method: 'POST', headers, body, signal });
};
const send = ({ kiosk, items }: { kiosk: string; items: BatchItem[] }, signal: AbortSignal | null = null) =>
  post(kiosk, JSON.stringify({ items }), signal);
const replyOf = async (answer: Response) => BatchReply.parse(await answer.json());
const untilAsked = async (times: number) => {
  while (asked < times) await new Promise((resolve) => setImmediate(resolve));
};

test('too much waits: 503 before the body is read, each told a later time; afterwards all are let in', async () => {
  await start(standing);
  const slow = await batchOf('K-SLOW', 26, true);
  const held = send(slow);
  await untilAsked(1);
  // 2.6 s of work stand there. Nothing of this body is JSON, and nobody has looked.
  const nonsense = 'x'.repeat(60_000);
  const told: number[] = [];
  for (let n = 0; n < 5; n++) {
    const answer = await post(`K-${n + 100}`, nonsense);
    expect(answer.status).toBe(503);
    told.push(Number(answer.headers.get('retry-after')));
  }
  expect(told).toEqual([1, 2, 3, 4, 5]);
  // A person who waits sends one.
  expect((await send(await batchOf('K-PERSON', 1))).status).toBe(200);
  waiting.resolve('known');
  expect((await replyOf(await held)).results.map(({ outcome }) => outcome)).toEqual(slow.items.map(() => 'accepted'));
  expect((await post('K-100', nonsense)).status).toBe(400);
});

test('a kiosk that goes away, and a batch that is no batch, give their places back', async () => {
  await start(standing);
  const slow = await batchOf('K-SLOW', 26, true);
  const given = new AbortController();
  const held = send(slow, given.signal);
  await untilAsked(1);
  expect((await post('K-1001', 'x'.repeat(60_000))).status).toBe(503);
  given.abort();
  await expect(held).rejects.toThrow('aborted');
  while ((await post('K-1002', 'x'.repeat(60_000))).status === 503) await new Promise((resolve) => setImmediate(resolve));
  // Each of these would take a second, were its place kept.
  for (let n = 0; n < 20; n++) expect((await post('K-1003', 'x'.repeat(60_000))).status).toBe(400);
  waiting.resolve('known');
});

test('a full batch is told when the next one has its turn, behind what waits; a smaller one nothing', async () => {
  await start({ admission: { maxWaitMs: 100, firstMsAnItem: 1 } });
  const slow = await batchOf('K-SLOW', 45, true);
  const [full, small] = [await batchOf('K-FULL', 100), await batchOf('K-LAST', 3)];
  const held = send(slow);
  await untilAsked(1);
  expect((await replyOf(await send(full))).nextSlotMs).toBeGreaterThan(0);
  waiting.resolve('known');
  expect((await replyOf(await held)).nextSlotMs).toBeUndefined();
  expect((await replyOf(await send(small))).nextSlotMs).toBeUndefined();
});

test.each([
  ['a full batch, and nothing is left', 100, '0', 0],
  ['a full batch, and more than another one is left', 100, '250', 100],
  ['a small batch, cut off by a slow line', 3, '40', 40],
  ['a full batch of a kiosk that does not say', 100, undefined, 100],
  ['a small batch of a kiosk that does not say', 3, undefined, 0],
])('a slot is kept for what the kiosk still has: %s', (_name, count, waits, kept) => {
  const slots: number[] = [];
  const admission = {
    ...createAdmission({ workers: 1, now: () => 0 }),
    nextSlotMs: (_kiosk: string, more: number) => slots.push(more),
  };
  const item: BatchItem = { id: v7(), kind: 'set-up', receipt: '1234567897', terminal: 'K-1', sealed: 'x'.repeat(2000) };
  const request = { headers: { [WAITING_HEADER]: waits }, place: { items: count } } as unknown as FastifyRequest;
  const items = Array.from({ length: count }, () => item);
  createBatchDoor(admission, () => 0).done(request, 'K-1', items, { examine: 0, decide: 0, commit: 0 } as BatchTimes);
  expect(slots).toEqual([kept]);
});

test('many at once under real load: some are refused, and each item is accepted once', async () => {
  await start({ admission: { maxWaitMs: 200 } });
  waiting.resolve('known');
  const batches = await Promise.all(Array.from({ length: 12 }, (_, n) => batchOf(`K-${n + 100}`, 20)));
  let refused = 0;
  const deliver = async (batch: Awaited<ReturnType<typeof batchOf>>): Promise<void> => {
    const answer = await send(batch);
    if (answer.status === 200) return;
    expect(answer.status).toBe(503);
    refused += 1;
    await new Promise((resolve) => setTimeout(resolve, Number(answer.headers.get('retry-after')) * 1000));
    return deliver(batch);
  };
  await Promise.all(batches.map(deliver));
  expect(refused).toBeGreaterThan(0);
  expect(platform.summary()).toMatchObject({ accepted: 240, duplicates: 0 });
});
