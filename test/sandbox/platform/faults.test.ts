import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BatchReply, PlatformStatus } from '../../../main/core/platform-http/wire.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { ensureTestPki, personOf, type TestPki } from '../pki/index.ts';
import { type Act, type Counter, createCounter } from './counter.ts';
import { createFaults } from './faults.ts';
import { type Platform, startPlatform } from './start.ts';
import { Summary } from './views.ts';

let scratch: string;
let pki: TestPki;
let clock: ManualClock;
let platform: Platform;
let counter: Counter;
let runs = 0;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'madoguchi-faults-'));
  pki = await ensureTestPki();
});
beforeEach(async () => {
  runs += 1;
  clock = createManualClock(Date.now());
  platform = await startPlatform({ data: join(scratch, `data-${runs}`), memory: true, pki, clock });
  counter = await createCounter(platform, 'K-TEST-1', clock.now);
});
afterEach(() => platform.close());
afterAll(() => rm(scratch, { recursive: true }));

const headers = { 'x-kiosk-id': 'K-TEST-1', 'content-type': 'application/json' };
const status = () => fetch(`${platform.url}/v1/status`, { headers });
const batch = ({ item }: Act) =>
  fetch(`${platform.url}/v1/batches`, { method: 'POST', headers, body: JSON.stringify({ items: [item] }) });
const act = (): Promise<Act> => {
  const { authCertDer, authKey } = personOf(pki, 'fresh');
  return counter.actWith({ certDer: authCertDer, key: authKey });
};

test('each fault on its turn, as often as it was told', async () => {
  platform.faults(
    { type: 'status', status: 502, times: 2 },
    { type: 'too-many', retryAfterSeconds: 7, times: 1 },
    { type: 'garbage', times: 1 },
  );
  const codes: number[] = [];
  for (let i = 0; i < 5; i++) {
    const answer = await status();
    codes.push(answer.status);
    if (answer.status === 429) expect(answer.headers.get('retry-after')).toBe('7');
    const json = await answer.json().catch(() => 'garbage');
    expect(json === 'garbage').toBe(i === 3);
  }
  expect(codes).toEqual([502, 502, 429, 200, 200]);
});

describe('a batch under a fault', () => {
  test.each([
    ['a 500 comes before the work', { type: 'status', status: 500, times: 1 } as const, 0],
    ['a cut request too', { type: 'drop-request', times: 1 } as const, 0],
    ['maintenance too', { type: 'maintenance', times: 1 } as const, 0],
    ['garbage comes after it', { type: 'garbage', times: 1 } as const, 1],
    ['a cut answer too', { type: 'drop-reply', times: 1 } as const, 1],
  ])('%s', async (_name, fault, accepted) => {
    const one = await act();
    platform.faults(fault);
    const answer = await batch(one).then(
      (response) => response.text(),
      () => 'cut',
    );
    expect(() => BatchReply.parse(JSON.parse(answer))).toThrow();
    expect(platform.summary().accepted).toBe(accepted);
    const { results } = BatchReply.parse(await (await batch(one)).json());
    expect(results[0]?.outcome).toBe(accepted === 0 ? 'accepted' : 'duplicate');
    expect(platform.summary()).toMatchObject({ accepted: 1, people: 1 });
  });

  test('retry: nothing is done, and the item is told when', async () => {
    const one = await act();
    platform.faults({ type: 'retry-items', afterMs: 1234, times: 1 });
    expect(await counter.send(one.item)).toEqual({ outcome: 'retry', id: one.item.id, afterMs: 1234 });
    expect(await counter.send(one.item)).toMatchObject({ outcome: 'accepted' });
  });

  test('without a socket the same: a cut answer rejects, garbage is garbage', async () => {
    const one = await act();
    platform.faults({ type: 'drop-reply', times: 1 }, { type: 'garbage', times: 1 });
    await expect(counter.send(one.item)).rejects.toThrow();
    await expect(counter.send(one.item)).rejects.toThrow(SyntaxError);
    expect(await counter.send(one.item)).toMatchObject({ outcome: 'duplicate' });
  });
});

describe('a sick row', () => {
  const items = (...acts: readonly Act[]) => JSON.stringify({ items: acts.map(({ item }) => item) });
  const post = (body: string, signal: AbortSignal | null = null) =>
    fetch(`${platform.url}/v1/batches`, { method: 'POST', headers, body, signal });
  const outcomes = async (...acts: readonly Act[]) =>
    BatchReply.parse(await (await post(items(...acts))).json()).results.map(({ outcome }) => outcome);

  test('by its id: each batch that holds it is a 500 and leaves nothing; others are as ever', async () => {
    const [sick, one, two] = [await act(), await act(), await act()];
    platform.faults({ type: 'sick-row', id: sick.item.id });
    for (const acts of [[sick], [one, sick, two], [sick, one]]) {
      expect((await post(items(...acts))).status).toBe(500);
      expect(platform.summary().accepted).toBe(0);
    }
    expect(await outcomes(one, two)).toEqual(['accepted', 'accepted']);
    await platform.clearFaults();
    expect(await outcomes(sick)).toEqual(['accepted']);
  });

  test('by its receipt, so often, in another way; two at once', async () => {
    const [cut, hung, well] = [await act(), await act(), await act()];
    platform.faults(
      { type: 'sick-row', receipt: cut.item.receipt, how: 'cut', times: 2 },
      { type: 'sick-row', id: hung.item.id, how: 'hang' },
    );
    await expect(post(items(well, cut))).rejects.toThrow();
    await expect(post(items(cut))).rejects.toThrow();
    expect(await outcomes(cut)).toEqual(['accepted']);
    const given = new AbortController();
    const hanging = post(items(hung), given.signal);
    expect(await outcomes(well)).toEqual(['accepted']);
    given.abort();
    await expect(hanging).rejects.toThrow('aborted');
    expect(platform.summary().accepted).toBe(2);
  });

  test('asked for over HTTP: an id or a receipt, not both and not neither', async () => {
    const ask = (fault: object) =>
      fetch(`${platform.url}/sandbox/faults`, { method: 'POST', headers, body: JSON.stringify({ type: 'sick-row', ...fault }) });
    const { id, receipt } = (await act()).item;
    expect((await ask({ id, receipt })).status).toBe(400);
    expect((await ask({})).status).toBe(400);
    expect((await ask({ receipt, how: 'hang' })).status).toBe(200);
  });
});

test('maintenance: status says so, the rest is 503 with Retry-After, until it is cleared', async () => {
  platform.faults({ type: 'maintenance' });
  expect(PlatformStatus.parse(await (await status()).json()).maintenance).toBe(true);
  const { status: code } = await counter.post('/v1/challenges', { count: 1 });
  expect(code).toBe(503);
  await platform.clearFaults();
  expect(PlatformStatus.parse(await (await status()).json()).maintenance).toBe(false);
  expect(await counter.challenge()).toHaveLength(32);
});

test('latency: the answer waits for the platform clock', async () => {
  platform.faults({ type: 'latency', ms: 60_000, times: 1 });
  let answered = false;
  const answer = status().then((response) => {
    answered = true;
    return response.status;
  });
  while (clock.pending === 0) await new Promise((resolve) => setImmediate(resolve));
  clock.advance(59_999);
  await status();
  expect(answered).toBe(false);
  clock.advance(1);
  expect(await answer).toBe(200);
});

test('clock skew: the platform’s time and all it stamps', async () => {
  platform.faults({ type: 'clock-skew', ms: 3_600_000 });
  const answer = await status();
  const { time } = PlatformStatus.parse(await answer.json());
  expect(Date.parse(time)).toBe(clock.now() + 3_600_000);
  expect(Date.parse(answer.headers.get('date') ?? '') - clock.now()).toBeGreaterThan(3_590_000);
  const one = await act();
  expect(await counter.send(one.item)).toMatchObject({ outcome: 'accepted' });
  expect(Date.parse(platform.submissions()[0]?.receivedAt ?? '')).toBe(clock.now() + 3_600_000);
});

test('refused connections: nobody listens for so long, or until cleared; the port stays', async () => {
  const refused = async (): Promise<string> => {
    try {
      return String((await status()).status);
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? error.cause.code : '';
      return String(cause);
    }
  };
  platform.faults({ type: 'refuse-connections', ms: 10_000 });
  expect(await refused()).toBe('ECONNREFUSED');
  await expect(counter.post('/v1/challenges', { count: 1 })).rejects.toThrow('unreachable');
  await platform.clearFaults();
  expect(await refused()).toBe('200');
  platform.faults({ type: 'refuse-connections', ms: 10_000 });
  clock.advance(10_000);
  while ((await refused()) !== '200') await new Promise((resolve) => setImmediate(resolve));
});

test('asked for over HTTP, seen in the list, ended over HTTP; the sandbox routes have no faults', async () => {
  const sandbox = (method: string, body?: string) =>
    fetch(`${platform.url}/sandbox/faults`, { method, ...(body === undefined ? {} : { body, headers }) });
  const fault = { type: 'status', status: 503, on: ['status'] };
  const added = await sandbox('POST', JSON.stringify(fault));
  expect(await added.json()).toEqual([{ fault, left: null }]);
  expect((await status()).status).toBe(503);
  expect(await counter.challenge()).toHaveLength(32);
  expect(await (await sandbox('DELETE')).json()).toEqual([]);
  expect((await status()).status).toBe(200);
});

test('a look inside over HTTP is what the platform says itself', async () => {
  const one = await act();
  await counter.send(one.item);
  const look = async (path: string) => (await fetch(`${platform.url}/sandbox/${path}`)).json();
  expect(Summary.parse(await look('summary'))).toEqual(platform.summary());
  expect(await look('submissions')).toEqual(platform.submissions());
  expect(await look('people')).toEqual(platform.people());
  expect(JSON.stringify(await look('submissions'))).not.toContain(one.payload.certificate.slice(100, 140));
});

test('ambient faults add up, of the others one request meets one', () => {
  const faults = createFaults();
  for (const fault of [
    { type: 'latency', ms: 5, times: 2 },
    { type: 'latency', ms: 7 },
    { type: 'drop-reply', times: 1 },
    { type: 'garbage', times: 1 },
  ] as const) {
    faults.add(fault);
  }
  expect(faults.take('status')).toEqual({ latencyMs: 12, skewMs: 0, maintenance: false, outcome: { type: 'garbage', times: 1 } });
  expect(faults.take('batches').outcome).toEqual({ type: 'drop-reply', times: 1 });
  expect(faults.take('batches')).toEqual({ latencyMs: 7, skewMs: 0, maintenance: false, outcome: null });
  expect(faults.list()).toEqual([{ fault: { type: 'latency', ms: 7 }, left: null }]);
});
