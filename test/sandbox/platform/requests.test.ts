import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_BATCH_BYTES, MAX_BATCH_ITEMS } from '../../../main/contract/platform.ts';
import { makeMark } from '../../../main/core/platform-http/answer-mark.ts';
import {
  ANSWER_MARK_HEADER,
  BatchReply,
  ChallengeReply,
  PlatformStatus,
  REQUEST_ID_HEADER,
} from '../../../main/core/platform-http/wire.ts';
import { ensureTestPki } from '../pki/index.ts';
import { PROBLEM_TYPE, Problem } from './problem.ts';
import { type Platform, startPlatform } from './start.ts';

let scratch: string;
let platform: Platform;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'madoguchi-requests-'));
  const pki = await ensureTestPki();
  platform = await startPlatform({ data: join(scratch, 'data'), pki, kiosks: ['K-TEST-1'], challengeLifetimeMs: 60_000 });
});
afterAll(async () => {
  await platform.close();
  await rm(scratch, { recursive: true });
});

const json = { 'x-kiosk-id': 'K-TEST-1', 'content-type': 'application/json' };
const REQUEST = 'AAAAAAAAAAAAAAAAAAAAAA';
const ask = (path: string, init: RequestInit = {}) =>
  fetch(platform.url + path, { ...init, headers: { ...init.headers, [REQUEST_ID_HEADER]: REQUEST } });
const post = (path: string, body: string, headers: Record<string, string> = json) => ask(path, { method: 'POST', headers, body });
const item = (change: object = {}) => ({
  id: v7(),
  kind: 'set-up',
  receipt: '1234567897',
  terminal: 'K-TEST-1',
  sealed: 'x'.repeat(20),
  ...change,
});
/** Looks like nothing the platform says by itself. */
const MARK = 'Zq7MARKq7Z';

describe('what is asked properly', () => {
  test("status: the platform's time, in body and header", async () => {
    const answer = await ask('/v1/status', { headers: json });
    const { time, maintenance } = PlatformStatus.parse(await answer.json());
    expect(maintenance).toBe(false);
    expect(answer.headers.get(ANSWER_MARK_HEADER)).toMatch(new RegExp(`^v1 ${REQUEST} 200 [A-Za-z0-9_-]{43}$`));
    expect(Math.floor(Date.parse(time) / 1000) * 1000).toBe(Date.parse(answer.headers.get('date') ?? ''));
  });

  test('challenges: as many as asked for, all different, with their end', async () => {
    const answer = await post('/v1/challenges', '{"count":200}');
    const { challenges } = ChallengeReply.parse(await answer.json());
    const drawn = Date.parse(answer.headers.get('date') ?? '');
    expect(new Set(challenges.map(({ challenge }) => challenge)).size).toBe(200);
    for (const { expiresAt } of challenges) expect(Math.floor((Date.parse(expiresAt) - 60_000) / 1000) * 1000).toBe(drawn);
  });
});

const whole = (items: unknown) => JSON.stringify({ items });
const wrong: [string, number, string, () => Promise<Response>][] = [
  ['no kiosk id', 400, 'malformed', () => ask('/v1/status')],
  ['a kiosk id that is none', 400, 'malformed', () => ask('/v1/status', { headers: { 'x-kiosk-id': `${MARK}!` } })],
  ['an unknown kiosk', 403, 'unknown-kiosk', () => ask('/v1/status', { headers: { 'x-kiosk-id': 'K-OTHER' } })],
  [
    'an unknown kiosk with a batch',
    403,
    'unknown-kiosk',
    () => post('/v1/batches', whole([item()]), { ...json, 'x-kiosk-id': 'K-OTHER' }),
  ],
  ['no such place', 404, 'not-found', () => ask(`/v1/${MARK}`, { headers: json })],
  ['a path that is none', 400, 'malformed', () => ask(`/%/${MARK}`, { headers: json })],
  ['another method', 404, 'not-found', () => ask('/v1/batches', { headers: json })],
  ['half a JSON text', 400, 'malformed', () => post('/v1/challenges', `{"count":"${MARK}`)],
  ['an empty body', 400, 'malformed', () => post('/v1/challenges', '')],
  ['a count of nothing', 400, 'malformed', () => post('/v1/challenges', '{"count":0}')],
  ['a count too high', 400, 'malformed', () => post('/v1/challenges', '{"count":201}')],
  ['a count with more', 400, 'malformed', () => post('/v1/challenges', `{"count":1,"${MARK}":1}`)],
  ['a prototype', 400, 'malformed', () => post('/v1/challenges', '{"count":1,"__proto__":{}}')],
  ['a form', 415, 'media-type', () => post('/v1/challenges', MARK, { ...json, 'content-type': 'text/plain' })],
  ['no items', 400, 'malformed', () => post('/v1/batches', whole([]))],
  [
    'too many items',
    400,
    'malformed',
    () => post('/v1/batches', whole(Array.from({ length: MAX_BATCH_ITEMS + 1 }, () => item()))),
  ],
  ['an item with an unknown kind', 400, 'malformed', () => post('/v1/batches', whole([item({ kind: MARK })]))],
  ['an item with an id of another kind', 400, 'malformed', () => post('/v1/batches', whole([item({ id: MARK })]))],
  ['an item with more', 400, 'malformed', () => post('/v1/batches', whole([item({ [MARK]: 1 })]))],
  ['an item that is none', 400, 'malformed', () => post('/v1/batches', whole([MARK]))],
  ['too much', 413, 'too-large', () => post('/v1/batches', whole([item({ sealed: MARK.repeat(MAX_BATCH_BYTES / 10) })]))],
  ['a fault that is none', 400, 'malformed', () => post('/sandbox/faults', JSON.stringify({ type: MARK }))],
  ['a fault without end', 400, 'malformed', () => post('/sandbox/faults', '{"type":"latency","ms":1e9}')],
];

describe('what is not: a problem that repeats nothing of what came', () => {
  test.each(wrong)('%s', async (_name, status, name, send) => {
    const before = platform.summary();
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(PROBLEM_TYPE);
    const text = await answer.text();
    expect(text).not.toContain(MARK);
    expect(answer.headers.get(ANSWER_MARK_HEADER)).toBe(makeMark(REQUEST, status, text));
    expect(Problem.parse(JSON.parse(text))).toMatchObject({ type: `urn:madoguchi:problem:${name}`, status });
    expect(platform.summary()).toEqual(before);
  });

  test('bytes that are nearly HTTP: marked where the id of the request can be seen', async () => {
    const socket = connect(Number(new URL(platform.url).port), '127.0.0.1');
    let text = '';
    socket.on('data', (piece) => {
      text += String(piece);
    });
    socket.write(`GET /v1/status HTTP/1.1\r\nHost: here\r\n${REQUEST_ID_HEADER}: ${REQUEST}\r\nno header\r\n\r\n`);
    await once(socket, 'close');
    const body = text.slice(text.indexOf('\r\n\r\n') + 4);
    expect(text).toContain(`\r\n${ANSWER_MARK_HEADER}: ${makeMark(REQUEST, 400, body)}\r\n`);
  });

  test('bytes that are not HTTP', async () => {
    const socket = connect(Number(new URL(platform.url).port), '127.0.0.1');
    let text = '';
    socket.on('data', (piece) => {
      text += String(piece);
    });
    socket.write(`${MARK}\r\n\r\n`);
    await once(socket, 'close');
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain(PROBLEM_TYPE);
    expect(text).not.toContain(MARK);
  });
});

test('a batch of the largest size is read, one byte more is not', async () => {
  const items = Array.from({ length: MAX_BATCH_ITEMS }, () => item({ sealed: 'x'.repeat(2400) }));
  const room = MAX_BATCH_BYTES - whole(items).length;
  const largest = whole([{ ...items[0], sealed: 'x'.repeat(2400 + room) }, ...items.slice(1)]);
  expect(largest).toHaveLength(MAX_BATCH_BYTES);
  expect((await post('/v1/batches', `${largest} `)).status).toBe(413);
  const answer = await post('/v1/batches', largest);
  expect(answer.status).toBe(200);
  const { results } = BatchReply.parse(await answer.json());
  expect(results.map((one) => [one.id, 'code' in one ? one.code : one.outcome])).toEqual(
    items.map(({ id }) => [id, 'unreadable']),
  );
});
