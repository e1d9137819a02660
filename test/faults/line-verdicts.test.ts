import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { BatchItem } from '../../main/contract/platform.ts';
import { httpExchange } from '../../main/core/platform-http/http-exchange.ts';
import { createHttpPlatform } from '../../main/core/platform-http/http-platform.ts';
import type { PlatformAnswer, Platform as PlatformPort } from '../../main/core/ports.ts';
import { CODINGS, type Meddling, type Middlebox, startMiddlebox } from '../sandbox/line/middlebox.ts';
import { type Platform, startPlatform } from '../sandbox/platform/start.ts';
import { testFolder } from '../support/test-folder.ts';

/** Whatever stands between kiosk and platform, its answer is never taken for the platform's. */
let platform: Platform;
let middlebox: Middlebox;
let client: PlatformPort;
const { signal } = new AbortController();

beforeAll(async () => {
  platform = await startPlatform({ data: testFolder('world', 'line-verdicts'), memory: true, onFault: () => {} });
  middlebox = await startMiddlebox(platform.url);
  client = createHttpPlatform(httpExchange({ url: middlebox.url, timeoutMs: 10_000 }), 'K-TEST-1', Date.now, randomBytes);
});
beforeEach(() => platform.clearFaults());
afterAll(async () => {
  await client.close();
  await middlebox.close();
  await platform.close();
});

const item = (): BatchItem => ({ id: v7(), kind: 'set-up', receipt: '1234567897', terminal: 'K-TEST-1', sealed: 'x'.repeat(50) });
const calls: Record<string, () => Promise<PlatformAnswer<unknown>>> = {
  status: () => client.status(signal),
  challenges: () => client.challenges(2, signal),
  send: () => client.send([item(), item()], signal),
  urgent: () => client.send([item()], signal, { urgent: true }),
  ask: () => client.ask(item(), signal),
  application: () => client.application('1234567897', signal),
  catalogue: () => client.catalogue(0, signal),
};
const names = Object.keys(calls);
const call = (name: string) => calls[name]?.() ?? Promise.reject(new Error(name));

const STATUSES = [200, 204, 301, 400, 401, 403, 404, 405, 407, 408, 413, 421, 425, 429, 431, 451, 500, 502, 503, 511];
const statuses = fc.constantFrom(...STATUSES);
const changing: fc.Arbitrary<Meddling> = fc.oneof(
  fc.record({ type: fc.constant('gateway' as const), status: statuses }),
  fc.record({ type: fc.constant('portal' as const), how: fc.constantFrom('page' as const, 'redirect' as const) }),
  fc.record({
    type: fc.constant('change-status' as const),
    status: statuses.filter((status) => status !== 200 && status !== 204),
  }),
  fc.constant<Meddling>({ type: 'change-body' }),
  fc.constant<Meddling>({ type: 'cut-answer' }),
  fc.constant<Meddling>({ type: 'replay' }),
  fc.constant<Meddling>({ type: 'strip-headers' }),
);

test('an answer that was made up, changed, cut, or was another request’s is a fault of the line: never a verdict, never an answer', async () => {
  // So that a replay has something to repeat.
  middlebox.set({ type: 'none' });
  for (const name of names) await call(name);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), changing, async (name, meddling) => {
      // The application is not known: the one call here that the platform itself answers with 404.
      fc.pre(!(name === 'application' && meddling.type === 'change-status' && meddling.status === 404));
      middlebox.set(meddling);
      const answer = await call(name);
      expect(answer).toMatchObject({ ok: false, error: { kind: 'line', cause: 'unmarked', status: expect.any(Number) } });
    }),
    { numRuns: 300 },
  );
});

test('Q16: what the platform itself says goes through a proxy that compresses, whatever the coding', async () => {
  for (const coding of CODINGS) {
    middlebox.set({ type: 'compress', coding });
    for (const name of names.filter((one) => one !== 'application')) expect(await call(name)).toMatchObject({ ok: true });
    expect(await call('application')).toEqual({ ok: false, error: { kind: 'rejected', status: 404 } });
  }
});

test('a verdict of the platform that a proxy turns into another one is none', async () => {
  platform.faults({ type: 'status', status: 500 });
  middlebox.set({ type: 'none' });
  expect(await call('send')).toMatchObject({ ok: false, error: { kind: 'failed', status: 500 } });
  middlebox.set({ type: 'change-status', status: 400 });
  expect(await call('send')).toMatchObject({ ok: false, error: { kind: 'line', cause: 'unmarked', status: 400 } });
  await platform.clearFaults();
  platform.faults({ type: 'status', status: 413 });
  expect(await call('send')).toMatchObject({ ok: false, error: { kind: 'line', status: 400 } });
  middlebox.set({ type: 'none' });
  expect(await call('send')).toEqual({ ok: false, error: { kind: 'rejected', status: 413 } });
});

test('a gateway that says when to come again is heard, as a hint', async () => {
  middlebox.set({ type: 'gateway', status: 503, retryAfter: '20' });
  expect(await call('send')).toMatchObject({ ok: false, error: { kind: 'line', cause: 'unmarked', retryAfterMs: 20_000 } });
});
