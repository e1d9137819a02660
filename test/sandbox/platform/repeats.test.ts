import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ensureTestPki, personOf, type TestPki } from '../pki/index.ts';
import { type Act, type Counter, createCounter } from './counter.ts';
import { type Platform, startPlatform } from './start.ts';

let scratch: string;
let pki: TestPki;
let platform: Platform;
let counter: Counter;
let runs = 0;
const data = (): string => join(scratch, `data-${runs}`);

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'madoguchi-repeats-'));
  pki = await ensureTestPki();
});
beforeEach(async () => {
  runs += 1;
  platform = await startPlatform({ data: data(), pki });
  counter = await createCounter(platform);
});
afterEach(() => platform.close());
afterAll(() => rm(scratch, { recursive: true }));

const actOf = (name: 'fresh' | 'fresh-2' = 'fresh'): Promise<Act> => {
  const { authCertDer, authKey } = personOf(pki, name);
  return counter.actWith({ certDer: authCertDer, key: authKey });
};

/** Over a real connection. */
const post = async (items: unknown[]): Promise<unknown> => {
  const answer = await fetch(`${platform.url}/v1/batches`, {
    method: 'POST',
    headers: { 'x-kiosk-id': 'K-TEST-1', 'content-type': 'application/json' },
    body: JSON.stringify({ items }),
  });
  return answer.json();
};

test('the same item again: the first outcome, with the answer, and nothing happens twice', async () => {
  const { item, replyKey } = await actOf();
  const first = await counter.send(item);
  const again = await counter.send(item);
  if (first.outcome !== 'accepted' || first.reply === undefined) throw new Error('not accepted');
  expect(again).toEqual({ ...first, outcome: 'duplicate' });
  expect(await replyKey.open(first.reply)).toMatchObject({ ok: true, value: { alreadySet: false } });
  expect(platform.summary()).toMatchObject({
    accepted: 1,
    duplicates: 1,
    people: 1,
    perId: { [item.id]: { accepted: 1, duplicate: 1, conflict: 0, refused: 0 } },
  });
});

test('the same id with other bytes, another receipt: conflict, and the first outcome stays', async () => {
  const { item } = await actOf();
  const other = await actOf('fresh-2');
  const first = await counter.send(item);
  expect(await counter.send({ ...other.item, id: item.id })).toEqual({ outcome: 'conflict', id: item.id });
  expect(await counter.send({ ...item, sealed: other.item.sealed })).toEqual({ outcome: 'conflict', id: item.id });
  expect(await counter.send({ ...item, receipt: other.item.receipt })).toEqual({ outcome: 'conflict', id: item.id });
  expect(await counter.send(item)).toEqual({ ...first, outcome: 'duplicate' });
  expect(platform.summary()).toMatchObject({ accepted: 1, conflicts: 3, duplicates: 1, people: 1 });
});

test('twice in one batch', async () => {
  const { item } = await actOf();
  expect((await counter.deliver(item, item)).map(({ outcome }) => outcome)).toEqual(['accepted', 'duplicate']);
});

test('the answer is lost after the commit: the repeat brings the same ID, issued once', async () => {
  const { item, replyKey } = await actOf();
  platform.faults({ type: 'drop-reply', times: 1 });
  await expect(post([item])).rejects.toThrow();
  expect(platform.summary()).toMatchObject({ accepted: 1, people: 1 });
  const again = await counter.send(item);
  if (again.outcome !== 'duplicate') throw new Error(again.outcome);
  const [person] = platform.people();
  expect(await replyKey.open(again.reply ?? '')).toEqual({
    ok: true,
    value: { kind: 'set-up', myKeyId: person?.myKeyId, alreadySet: false },
  });
  expect(platform.people()).toHaveLength(1);
});

test('twenty copies of a batch at once, over the network: one acceptance', async () => {
  const acts = [await actOf(), await actOf('fresh-2'), await actOf()];
  const items = acts.map(({ item }) => item);
  await Promise.all(Array.from({ length: 20 }, () => post(items)));
  const { perId, people, accepted } = platform.summary();
  for (const { id } of items) expect(perId[id]).toEqual({ accepted: 1, duplicate: 19, conflict: 0, refused: 0 });
  expect({ people, accepted }).toEqual({ people: 2, accepted: 3 });
});

test('two different acts with one challenge at once: one of them', async () => {
  const challenge = await counter.challenge();
  const { authCertDer, authKey } = personOf(pki, 'fresh');
  const acts = await Promise.all(
    [1, 2].map(() => counter.actWith({ certDer: authCertDer, key: authKey }, { content: { challenge } })),
  );
  await Promise.all(acts.map(({ item }) => post([item])));
  expect(platform.summary()).toMatchObject({ accepted: 1, refused: 1, challenges: { issued: 1, used: 1 } });
  expect(platform.submissions().map(({ code }) => code)).toEqual([null, 'challenge-used']);
});

test('after a restart: key, outcomes, challenges and people are there', async () => {
  const { item } = await actOf();
  const first = await counter.send(item);
  const waiting = await actOf();
  await platform.close();
  const key = platform.publicJwk;
  platform = await startPlatform({ data: data(), pki });
  counter = await createCounter(platform);
  expect(platform.publicJwk).toEqual(key);
  expect(JSON.parse(await readFile(platform.sealingKeyFile, 'utf8'))).toEqual(key);
  expect(await counter.send(item)).toEqual({ ...first, outcome: 'duplicate' });
  expect(await counter.send(waiting.item)).toMatchObject({ outcome: 'accepted' });
  expect(platform.people()).toHaveLength(1);
});

test('the database holds the hash of the sealed bytes, and neither them nor certificate, serial or signature', async () => {
  const { item, payload } = await actOf();
  await counter.send(item);
  await platform.close();
  const file = await readFile(join(data(), 'platform.db'));
  const { authSerial, authCertDer } = personOf(pki, 'fresh');
  const needles = [
    item.sealed.slice(200, 240),
    payload.signature.slice(0, 40),
    payload.certificate.slice(100, 140),
    authSerial,
    authSerial.toUpperCase(),
    Buffer.from(authSerial, 'hex'),
    authCertDer.subarray(300, 340),
  ];
  for (const needle of needles) expect(file.includes(needle)).toBe(false);
  expect(file.includes(item.receipt)).toBe(true);
  platform = await startPlatform({ data: data(), pki });
});

test('one writer: a second platform on the same directory does not start', async () => {
  await counter.challenge();
  await expect(startPlatform({ data: data(), pki, port: null })).rejects.toThrow(/locked/);
  expect(await counter.challenge()).toHaveLength(32);
});

test('a database of a later version is left alone', async () => {
  await platform.close();
  const db = new Database(join(data(), 'platform.db'));
  db.pragma('user_version = 99');
  db.close();
  await expect(startPlatform({ data: data(), pki, port: null })).rejects.toThrow('later version (99)');
  runs += 1;
  platform = await startPlatform({ data: data(), pki });
});
