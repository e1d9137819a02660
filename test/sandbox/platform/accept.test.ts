import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ItemResult } from '../../../main/contract/platform.ts';
import { copyTestPki, ensureTestPki, personOf, renewPerson, type TestPki } from '../pki/index.ts';
import { createVirtualCard, type VirtualCard } from '../virtual-card/card.ts';
import { certificateKey } from './certificate.ts';
import { type Act, createCounter } from './counter.ts';
import { ALPHABET } from './my-key-id.ts';
import { type Platform, startPlatform } from './start.ts';

let scratch: string;
let shared: TestPki;
let count = 0;
const open: Platform[] = [];

/** A platform of its own, with a copy of the PKI that the test may renew in. */
async function setting() {
  count += 1;
  const pki = await copyTestPki(shared, join(scratch, `pki-${count}`));
  const platform = await startPlatform({ data: join(scratch, `data-${count}`), port: null, pki });
  open.push(platform);
  return { pki, platform, counter: await createCounter(platform) };
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'madoguchi-platform-'));
  shared = await ensureTestPki();
});
afterAll(async () => {
  for (const platform of open) await platform.close();
  await rm(scratch, { recursive: true });
});

function cardOf(...[state, pki]: Parameters<typeof createVirtualCard>): VirtualCard {
  const card = createVirtualCard(state, pki);
  card.power('on');
  return card;
}

async function replyOf({ replyKey }: Act, result: ItemResult) {
  if (result.outcome !== 'accepted' && result.outcome !== 'duplicate') throw new Error(JSON.stringify(result));
  const opened = await replyKey.open(result.reply ?? '');
  if (!opened.ok) throw new Error(opened.error);
  if (opened.value.kind !== 'set-up') throw new Error(opened.value.kind);
  return opened.value;
}

test('a card signs, the platform verifies and issues a My Key ID that only the session can read', async () => {
  const { pki, platform, counter } = await setting();
  const act = await counter.act(cardOf('fresh', pki));
  const result = await counter.send(act.item);
  expect(result).toMatchObject({ outcome: 'accepted', id: act.item.id });
  const { myKeyId, alreadySet } = await replyOf(act, result);
  expect(alreadySet).toBe(false);
  expect([...myKeyId].every((letter) => ALPHABET.includes(letter))).toBe(true);
  expect(myKeyId).toHaveLength(8);
  expect(JSON.stringify(result)).not.toContain(myKeyId);
  const ca = new X509Certificate(pki.caAuthDer);
  expect(platform.people()).toEqual([
    { person: 1, myKeyId, certificates: [certificateKey(ca, personOf(pki, 'fresh').authSerial)] },
  ]);
  expect(platform.submissions()).toMatchObject([
    { id: act.item.id, outcome: 'accepted', code: null, person: 1, content: act.payload.content },
  ]);
  expect(platform.summary()).toMatchObject({ accepted: 1, refused: 0, people: 1, challenges: { issued: 1, used: 1 } });
});

test('the same person again: the same ID, already set; another person: another ID', async () => {
  const { pki, platform, counter } = await setting();
  const ids: string[] = [];
  for (const state of ['fresh', 'fresh', 'fresh-2', 'child'] as const) {
    const act = await counter.act(cardOf(state, pki), { content: { whose: state === 'child' ? 'child-under-15' : 'self' } });
    const { myKeyId, alreadySet } = await replyOf(act, await counter.send(act.item));
    expect(alreadySet).toBe(ids.length === 1);
    ids.push(myKeyId);
  }
  expect(ids[0]).toBe(ids[1]);
  expect(new Set(ids).size).toBe(3);
  expect(platform.summary()).toMatchObject({ accepted: 4, people: 3 });
});

test('several people in one batch, in order, one result each', async () => {
  const { pki, counter } = await setting();
  const acts = [await counter.act(cardOf('fresh', pki)), await counter.act(cardOf('fresh-2', pki))];
  const results = await counter.deliver(...acts.map(({ item }) => item));
  expect(results.map(({ id, outcome }) => [id, outcome])).toEqual(acts.map(({ item }) => [item.id, 'accepted']));
  const [first, second] = acts;
  if (first === undefined || second === undefined || results[1]?.outcome !== 'accepted') throw new Error('two wanted');
  expect(await first.replyKey.open(results[1].reply ?? '')).toEqual({ ok: false, error: 'unreadable' });
});

test('a renewed card is the same person, over two renewals', async () => {
  const { pki, platform, counter } = await setting();
  const before = await counter.act(cardOf('fresh', pki));
  const { myKeyId } = await replyOf(before, await counter.send(before.item));
  await renewPerson(pki.dir, 'fresh');
  const renewed = await renewPerson(pki.dir, 'fresh');
  const after = await counter.act(cardOf('fresh', renewed));
  expect(personOf(renewed, 'fresh').authSerial).not.toBe(personOf(pki, 'fresh').authSerial);
  expect(await replyOf(after, await counter.send(after.item))).toEqual({ kind: 'set-up', myKeyId, alreadySet: true });
  expect(platform.people()).toHaveLength(1);
  expect(platform.people()[0]?.certificates).toHaveLength(2);
});

test('signed offline with the old card, delivered after the new one came: still one person, and the old act counts', async () => {
  const { pki, platform, counter } = await setting();
  const offline = await counter.act(cardOf('fresh', pki));
  // CRL times are whole seconds: the renewal is dated a second after the act.
  const renewed = await renewPerson(pki.dir, 'fresh', new Date(Date.now() + 1000));
  const later = await counter.act(cardOf('fresh', renewed));
  const { myKeyId } = await replyOf(later, await counter.send(later.item));
  expect(await replyOf(offline, await counter.send(offline.item))).toEqual({ kind: 'set-up', myKeyId, alreadySet: true });
  expect(platform.people()).toHaveLength(1);
});

test('the renewed-today card of the sandbox is accepted, its superseded certificate is not', async () => {
  const { pki, counter } = await setting();
  const person = personOf(pki, 'renewed-today');
  const act = await counter.act(cardOf('renewed-today', pki));
  expect(await counter.send(act.item)).toMatchObject({ outcome: 'accepted' });
  const [old] = person.previousAuth;
  if (old === undefined) throw new Error('no earlier certificate');
  const withOld = await counter.actWith(old);
  expect(await counter.send(withOld.item)).toMatchObject({ outcome: 'refused', code: 'certificate-revoked' });
});

test('a kiosk clock an hour off, either way, costs nobody anything', async () => {
  const { pki, platform } = await setting();
  for (const hours of [-1, 1]) {
    const counter = await createCounter(platform, 'K-TEST-1', () => Date.now() + hours * 3_600_000);
    const act = await counter.act(cardOf('fresh', pki));
    expect(await counter.send(act.item)).toMatchObject({ outcome: 'accepted' });
  }
});

test('a renewal that becomes known only after both certificates came: the first ID stays', async () => {
  const { pki, platform, counter } = await setting();
  const old = await counter.act(cardOf('fresh', pki));
  const { myKeyId } = await replyOf(old, await counter.send(old.item));
  const renewed = await renewPerson(pki.dir, 'fresh');
  await writeFile(join(pki.dir, 'renewals.json'), '{}');
  const between = await counter.act(cardOf('fresh', renewed));
  expect(await replyOf(between, await counter.send(between.item))).toMatchObject({ alreadySet: false });
  expect(platform.people()).toHaveLength(2);
  await writeFile(join(pki.dir, 'renewals.json'), JSON.stringify(renewed.renewals));
  const after = await counter.act(cardOf('fresh', renewed));
  expect(await replyOf(after, await counter.send(after.item))).toEqual({ kind: 'set-up', myKeyId, alreadySet: true });
});

test('a random source that repeats itself gives nobody the ID of another', async () => {
  const pki = await ensureTestPki();
  let calls = 0;
  // Challenges and references differ, IDs do not.
  const random = (length: number) => new Uint8Array(length).fill(length === 8 ? 7 : calls++ % 256);
  const platform = await startPlatform({
    data: join(scratch, 'stuck'),
    port: null,
    pki,
    random,
    memory: true,
    onFault: () => {},
  });
  open.push(platform);
  const counter = await createCounter(platform);
  const first = await counter.act(cardOf('fresh', pki));
  expect(await counter.send(first.item)).toMatchObject({ outcome: 'accepted' });
  const second = await counter.act(cardOf('fresh-2', pki));
  await expect(counter.send(second.item)).rejects.toThrow('batches: 500');
  expect(platform.summary()).toMatchObject({ accepted: 1, people: 1, challenges: { used: 1 } });
});
