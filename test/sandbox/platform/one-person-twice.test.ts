import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { municipalContent, sakuraAccount, signUpContent, statusContent } from '../../support/sign-up-acts.ts';
import { copyTestPki, ensureTestPki, personOf, renewPerson, type TestPki } from '../pki/index.ts';
import { type ActOptions, type Counter, createCounter } from './counter.ts';
import type { Report } from './scheme/reports.ts';
import { type Platform, startPlatform } from './start.ts';

// A renewal that becomes known late: for a while one person is two, and can do everything twice (SOURCES.md, Mishaps of 2023:
// 471 people).

let scratch: string;
let shared: TestPki;
let runs = 0;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'madoguchi-twice-'));
  shared = await ensureTestPki();
});
afterAll(() => rm(scratch, { recursive: true }));

let platform: Platform;
let counter: Counter;
let old: TestPki;
let renewed: TestPki;
beforeEach(async () => {
  runs += 1;
  old = await copyTestPki(shared, join(scratch, `pki-${runs}`));
  platform = await startPlatform({ data: join(scratch, `data-${runs}`), port: null, memory: true, pki: old });
  counter = await createCounter(platform);
});
afterEach(() => platform.close());

/** The new card comes, and nobody tells the platform that it is the same person's. */
async function renewUnseen() {
  renewed = await renewPerson(old.dir, 'fresh', new Date(Date.now() + 3_600_000));
  await writeFile(join(old.dir, 'renewals.json'), '{}');
}
const tellTheRenewal = () => writeFile(join(old.dir, 'renewals.json'), JSON.stringify(renewed.renewals));

const actOf = (pki: TestPki, content: ActOptions['content'] = {}) => {
  const { authCertDer, authKey } = personOf(pki, 'fresh');
  return counter.actWith({ certDer: authCertDer, key: authKey }, { content });
};
const send = async (pki: TestPki, content: ActOptions['content'] = {}) => counter.send((await actOf(pki, content)).item);
const status = async () => {
  const act = await actOf(renewed, statusContent());
  const result = await counter.ask(act.item);
  const opened = await act.replyKey.open('reply' in result ? (result.reply ?? '') : '');
  if (!opened.ok || opened.value.kind !== 'status') throw new Error(JSON.stringify(result));
  return opened.value;
};
const ask = async (method: 'GET' | 'POST', path: string, body: object | null = null) => {
  const headers = { 'content-type': 'application/json', 'x-provider-key': platform.providerKey('sakura-prepaid') };
  const text = body === null ? null : JSON.stringify(body);
  return platform.exchange({ method, path, headers, body: text, signal: new AbortController().signal });
};
const report = (one: Report) => ask('POST', '/v1/providers/sakura-prepaid/reports', { reports: [one] });
const charge = (id: string, n: number, yen: number) =>
  report({ id, kind: 'charge', account: sakuraAccount(n), yen, at: new Date().toISOString() });
const claimed = async () => {
  const { text } = await ask('POST', '/v1/providers/sakura-prepaid/claims', { month: '2099-12' });
  return (JSON.parse(text) as { points: number }).points;
};

test('two services: the first goes on, the second earns no more, and the operator is shown both', async () => {
  await send(old, signUpContent());
  await renewUnseen();
  expect(await send(renewed, signUpContent({ account: sakuraAccount(2) }))).toMatchObject({ outcome: 'accepted' });
  await charge('1', 1, 4000);
  await charge('2', 2, 8000);
  await tellTheRenewal();
  // Whatever comes next with this card.
  expect(await send(renewed, signUpContent({ account: sakuraAccount(3) }))).toMatchObject({ code: 'already-signed-up' });
  expect(await status()).toMatchObject({
    granted: 1000,
    linked: { account: expect.stringContaining(sakuraAccount(1).slice(-4)) },
  });
  await charge('3', 1, 4000);
  await charge('4', 2, 4000);
  expect(await status()).toMatchObject({ granted: 2000 });
  // What was charged wrongly is still taken back, and does not come again.
  await report({ id: '5', kind: 'reversal', reverses: '2', at: new Date().toISOString() });
  await charge('6', 2, 8000);
  expect(await claimed()).toBe(2000 + 1000);
  const [first, second] = platform.people();
  expect((await ask('GET', '/sandbox/case')).text).toContain(`${first?.myKeyId} と同じ人です`);
  expect((await ask('GET', `/sandbox/case/${second?.myKeyId}`)).text).toContain('ふたつ目の申し込み');
  expect((await ask('GET', `/sandbox/case/${first?.myKeyId}`)).text).not.toContain('ふたつ目の申し込み');
});

test('the older ID had no service: the younger one’s comes over with its points, and there is no second', async () => {
  await send(old);
  await renewUnseen();
  await send(renewed, signUpContent());
  await charge('1', 1, 4000);
  await tellTheRenewal();
  expect(await status()).toMatchObject({ granted: 1000, counted: 4000 });
  expect(await send(renewed, signUpContent({ account: sakuraAccount(2) }))).toMatchObject({ code: 'already-signed-up' });
  await charge('2', 1, 4000);
  expect(await status()).toMatchObject({ granted: 2000 });
});

test('the older ID’s service is the later one: it is the later that earns no more', async () => {
  await send(old);
  await renewUnseen();
  await send(renewed, signUpContent());
  await send(old, signUpContent({ account: sakuraAccount(2), makeId: false }));
  await charge('1', 1, 4000);
  await charge('2', 2, 8000);
  await tellTheRenewal();
  expect(await status()).toMatchObject({
    granted: 1000,
    linked: { account: expect.stringContaining(sakuraAccount(1).slice(-4)) },
  });
  await charge('3', 2, 4000);
  expect(await claimed()).toBe(1000 + 2000);
});

test('municipal points of the one are points of the other', async () => {
  await send(old, signUpContent());
  await renewUnseen();
  await send(renewed, signUpContent({ account: sakuraAccount(2) }));
  expect(await send(renewed, municipalContent())).toMatchObject({ outcome: 'accepted' });
  await tellTheRenewal();
  expect(await send(renewed, municipalContent())).toMatchObject({ code: 'already-granted' });
});
