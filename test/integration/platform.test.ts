import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { httpExchange } from '../../main/core/platform-http/http-exchange.ts';
import { createHttpPlatform } from '../../main/core/platform-http/http-platform.ts';
import type { Platform as PlatformPort } from '../../main/core/ports.ts';
import { ensureTestPki, type TestPki } from '../sandbox/pki/index.ts';
import { createCounter } from '../sandbox/platform/counter.ts';
import { type Platform, startPlatform } from '../sandbox/platform/start.ts';
import { createVirtualCard } from '../sandbox/virtual-card/card.ts';

const line = (cause: 'unreachable' | 'timeout' | 'cut') => ({ kind: 'line', cause, status: null, retryAfterMs: null }) as const;

/** The kiosk's own client against the platform: every kind of answer, over a socket and without one. */
describe.each(['socket', 'in process'] as const)('%s', (way) => {
  let scratch: string;
  let pki: TestPki;
  let platform: Platform;
  let client: PlatformPort;
  let runs = 0;
  const { signal } = new AbortController();

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'madoguchi-client-'));
    pki = await ensureTestPki();
  });
  beforeEach(async () => {
    runs += 1;
    platform = await startPlatform({ data: join(scratch, `data-${runs}`), pki, port: way === 'socket' ? 0 : null });
    const { exchange, url } = platform;
    const http = way === 'socket' ? httpExchange({ url, timeoutMs: 10_000 }) : { exchange, close: async () => {} };
    client = createHttpPlatform(http, 'K-TEST-1', Date.now, randomBytes);
  });
  afterEach(async () => {
    await client.close();
    await platform.close();
  });
  afterAll(() => rm(scratch, { recursive: true }));

  test('status, challenges, a signed act', async () => {
    expect(await client.status(signal)).toMatchObject({
      ok: true,
      value: { body: { maintenance: false }, date: expect.any(Number) },
    });
    const drawn = await client.challenges(3, signal);
    if (!drawn.ok) throw new Error(drawn.error.kind);
    const challenge = drawn.value.body.challenges[0]?.challenge ?? '';
    const card = createVirtualCard('fresh', pki);
    card.power('on');
    const { item, replyKey } = await (await createCounter(platform)).act(card, { content: { challenge } });
    const sent = await client.send([item], signal);
    const result = sent.ok ? sent.value.body.results[0] : undefined;
    if (result?.outcome !== 'accepted') throw new Error(JSON.stringify(sent));
    const [person] = platform.people();
    expect(await replyKey.open(result.reply ?? '')).toEqual({
      ok: true,
      value: { kind: 'set-up', myKeyId: person?.myKeyId, alreadySet: false },
    });
  });

  test.each([
    [
      { type: 'status', status: 500 },
      { kind: 'failed', status: 500, retryAfterMs: null },
    ],
    [
      { type: 'too-many', retryAfterSeconds: 9 },
      { kind: 'busy', status: 429, retryAfterMs: 9000 },
    ],
    [{ type: 'garbage' }, { kind: 'garbage' }],
    [{ type: 'drop-request' }, line('cut')],
    [{ type: 'drop-reply', on: ['challenges'] }, line('cut')],
    [{ type: 'refuse-connections', ms: 60_000 }, line('unreachable')],
    [{ type: 'maintenance' }, { kind: 'busy', status: 503, retryAfterMs: 5000 }],
  ] as const)('%j', async (fault, error) => {
    platform.faults('on' in fault ? { ...fault, on: [...fault.on] } : fault);
    expect(await client.challenges(1, signal)).toEqual({ ok: false, error });
    await platform.clearFaults();
    expect(await client.challenges(1, signal)).toMatchObject({ ok: true });
  });

  test('a request that is given up ends at once, and the work may have been done', async () => {
    platform.faults({ type: 'latency', ms: 500, times: 1 });
    const controller = new AbortController();
    const asked = client.challenges(1, controller.signal);
    controller.abort();
    expect(await asked).toEqual({ ok: false, error: line('cut') });
  });
});
