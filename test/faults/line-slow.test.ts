import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BatchItem } from '../../main/contract/platform.ts';
import { httpExchange } from '../../main/core/platform-http/http-exchange.ts';
import { createHttpPlatform } from '../../main/core/platform-http/http-platform.ts';
import type { Platform as PlatformPort } from '../../main/core/ports.ts';
import { type SlowLine, startSlowLine } from '../sandbox/line/slow-line.ts';
import { type Platform, startPlatform } from '../sandbox/platform/start.ts';
import { freePort } from '../support/free-port.ts';
import { testFolder } from '../support/test-folder.ts';

/** Everything sixteen times as fast as at a counter, time-out and first guess included: the proportions are the real ones. */
const SCALE = 16;
const TIMEOUT_MS = 10_000 / SCALE;
const FIRST_RATE = 2000 * SCALE;
const kbit = (rate: number) => ({ bitsPerSecond: rate * 1000 * SCALE });
const KB = 1024;

let platform: Platform;
let line: SlowLine;
let client: PlatformPort;
const { signal } = new AbortController();
const clientTo = (url: string) =>
  createHttpPlatform(httpExchange({ url, timeoutMs: TIMEOUT_MS, firstRate: FIRST_RATE }), 'K-TEST-1', Date.now, randomBytes);
const item = (bytes: number): BatchItem => {
  return { id: v7(), kind: 'set-up', receipt: '1234567897', terminal: 'K-TEST-1', sealed: 'x'.repeat(bytes) };
};

beforeAll(async () => {
  platform = await startPlatform({ data: testFolder('world', 'line-slow'), memory: true });
});
beforeEach(async () => {
  await platform.clearFaults();
  line = await startSlowLine(platform.url, kbit(128));
  client = clientTo(line.url);
});
afterEach(async () => {
  await client.close();
  await line.close();
});
afterAll(() => platform.close());

describe('a line that is slow', () => {
  test.each([
    ['60 rows of 6 KB at 128 kbit/s', 128, 60, 6 * KB],
    ['an application of 700 KB at 64 kbit/s', 64, 1, 700 * KB],
    ['an application of 700 KB at 512 kbit/s', 512, 1, 700 * KB],
    ['a row of 6 KB at 16 kbit/s', 16, 1, 6 * KB],
  ])('%s: arrives, in one go, with nothing sent twice', async (_name, rate, rows, bytes) => {
    line.set({ ...kbit(rate), delayMs: 200 / SCALE });
    const items = Array.from({ length: rows }, () => item(bytes));
    const answer = await client.send(items, signal);
    expect(answer).toMatchObject({ ok: true });
    expect(line.carried).toBeLessThan(1.1 * JSON.stringify({ items }).length);
    const measured = client.rate();
    if (rows * bytes < 16 * KB) expect(measured).toBeNull();
    else expect(measured).toBeLessThan((1.1 * kbit(rate).bitsPerSecond) / 8);
  });

  test('one that became slow gets its application through all the same, after a few tries', async () => {
    line.set(kbit(4000));
    for (let n = 0; n < 3; n++) expect(await client.send([item(100 * KB)], signal)).toMatchObject({ ok: true });
    line.set(kbit(128));
    const application = item(700 * KB);
    let tries = 0;
    for (let arrived = false; !arrived; ) {
      tries += 1;
      const answer = await client.send([application], signal);
      if (!answer.ok) expect(answer.error).toMatchObject({ kind: 'line', cause: 'timeout' });
      arrived = answer.ok;
      expect(tries).toBeLessThan(5);
    }
  });
});

describe('a person who waits', () => {
  test('is answered while a batch is under way on a slow line', async () => {
    const ended: string[] = [];
    const batch = client
      .send(
        Array.from({ length: 60 }, () => item(6 * KB)),
        signal,
      )
      .then(() => ended.push('batch'));
    await moving(line);
    await client.ask(item(2 * KB), signal).then(({ ok }) => ended.push(`question ${ok}`));
    await client.send([item(2 * KB)], signal, { urgent: true }).then(({ ok }) => ended.push(`act ${ok}`));
    await batch;
    expect(ended).toEqual(['question true', 'act true', 'batch']);
  });

  test('and while the platform is slow with a batch', async () => {
    line.set(kbit(4000));
    platform.faults({ type: 'latency', ms: TIMEOUT_MS / 2, times: 1, on: ['batches'] });
    const ended: string[] = [];
    const batch = client.send([item(2 * KB)], signal).then(() => ended.push('batch'));
    await moving(line);
    await client.ask(item(2 * KB), signal).then(({ ok }) => ended.push(`question ${ok}`));
    await batch;
    expect(ended).toEqual(['question true', 'batch']);
  });
});

describe('a platform that is slow with a batch', () => {
  test.each([
    [true, { ok: true }],
    [false, { ok: false, error: { kind: 'line', cause: 'timeout' } }],
  ])('waits for its answer as long as nobody else waits: %s', async (patient, expected) => {
    line.set(kbit(4000));
    platform.faults({ type: 'latency', ms: TIMEOUT_MS * 3, times: 1, on: ['batches'] });
    expect(await client.send([item(2 * KB)], signal, { patient })).toMatchObject(expected);
  });
});

describe('a request that is given up', () => {
  test('while it waits behind a batch never goes out, and the next one does', async () => {
    const issued = () => platform.summary().challenges.issued;
    const before = issued();
    const batch = client.send([item(50 * KB)], signal);
    await moving(line);
    const controller = new AbortController();
    const given = client.challenges(3, controller.signal);
    controller.abort();
    expect(await given).toEqual({ ok: false, error: fault('cut') });
    expect(await batch).toMatchObject({ ok: true });
    expect(await client.challenges(2, signal)).toMatchObject({ ok: true });
    expect(issued()).toBe(before + 2);
  });

  test('in the middle of its body ends at once, and the next one does not wait for the rest', async () => {
    const controller = new AbortController();
    const given = client.send([item(700 * KB)], controller.signal);
    await moving(line);
    controller.abort();
    expect(await given).toEqual({ ok: false, error: fault('cut') });
    expect(await client.status(signal)).toMatchObject({ ok: true });
    expect(line.carried).toBeLessThan(350 * KB);
  });
});

describe('a line that is dead', () => {
  test('nothing moves: given up, although something was sent, and the next request gets through', async () => {
    expect(await client.status(signal)).toMatchObject({ ok: true });
    line.hold(true);
    expect(await client.send([item(2 * KB)], signal)).toEqual({ ok: false, error: fault('timeout') });
    line.hold(false);
    expect(await client.send([item(2 * KB)], signal)).toMatchObject({ ok: true });
  });

  test('it dies in the middle of a body', async () => {
    const sent = client.send([item(100 * KB)], signal);
    await moving(line);
    line.hold(true);
    expect(await sent).toEqual({ ok: false, error: fault('timeout') });
  });

  test('nobody listens, or the name is not known: nothing was sent', async () => {
    for (const url of [`http://127.0.0.1:${await freePort()}`, 'http://no-such-host.invalid']) {
      const other = clientTo(url);
      expect(await other.send([item(2 * KB)], signal)).toEqual({ ok: false, error: fault('unreachable') });
      await other.close();
    }
  });

  test('a peer that is no HTTP server, and one that drips for ever', async () => {
    const says = async (talk: (write: (text: string) => void) => void) => {
      const server = createServer((socket) => {
        socket.on('error', () => {});
        talk((text) => void socket.write(text));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const other = clientTo(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
      const answer = await other.status(signal);
      await other.close();
      server.close();
      return answer;
    };
    expect(await says((write) => write('220 mail.example ESMTP\r\n'))).toEqual({ ok: false, error: fault('cut') });
    let drips: NodeJS.Timeout | undefined;
    const dripped = await says((write) => {
      write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n');
      drips = setInterval(() => write('x'), TIMEOUT_MS / 10);
    });
    clearInterval(drips);
    expect(dripped).toEqual({ ok: false, error: fault('timeout') });
  });
});

const fault = (cause: string) => ({ kind: 'line', cause, status: null, retryAfterMs: null });

/** Resolves when some of it is on the line. */
async function moving({ carried: before }: SlowLine): Promise<void> {
  while (line.carried === before) await new Promise((resolve) => setTimeout(resolve, 1));
}
