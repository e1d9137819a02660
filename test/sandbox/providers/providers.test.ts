import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkField } from '../../../main/core/catalogue/field-check.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { signUpContent, statusContent } from '../../support/sign-up-acts.ts';
import { ensureTestPki, type PersonName, personOf, type TestPki } from '../pki/index.ts';
import { sampleCatalogue } from '../platform/catalogue-desk.ts';
import { type Counter, createCounter } from '../platform/counter.ts';
import { type Platform, startPlatform } from '../platform/start.ts';
import { accountOf, SIMULATED, type Simulated } from './accounts.ts';
import { type ProviderWorld, startProviders } from './start.ts';

let scratch: string;
let pki: TestPki;
let clock: ManualClock;
let world: ProviderWorld;
let platform: Platform;
let counter: Counter;
let runs = 0;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'madoguchi-providers-'));
  pki = await ensureTestPki();
});
beforeEach(async () => {
  clock = createManualClock(Date.now());
  world = startProviders(clock);
  platform = await startPlatform({
    data: join(scratch, `${++runs}`),
    port: null,
    memory: true,
    pki,
    clock,
    providers: world.providers,
  });
  world.connect(platform);
  counter = await createCounter(platform, 'K-TEST-1', clock.now);
});
afterEach(() => platform.close());
afterAll(() => rm(scratch, { recursive: true }));

const ON = { 'sakura-prepaid': 'charge', 'mint-pay': 'purchase', 'keyaki-credit': 'purchase' } as const;
const actOf = (name: PersonName, content: Parameters<Counter['actWith']>[1]) => {
  const { authCertDer, authKey } = personOf(pki, name);
  return counter.actWith({ certDer: authCertDer, key: authKey }, content);
};
const signUp = async (service: Simulated, n = 1, name: PersonName = 'fresh') => {
  const { account, codes } = accountOf(service, n);
  const content = signUpContent({ service, account, codes: [...codes], on: ON[service] });
  return counter.send((await actOf(name, { content })).item);
};
const status = async () => {
  const act = await actOf('fresh', { content: statusContent() });
  const result = await counter.ask(act.item);
  const opened = await act.replyKey.open('reply' in result ? (result.reply ?? '') : '');
  if (!opened.ok || opened.value.kind !== 'status') throw new Error(JSON.stringify(result));
  return opened.value;
};
const DAY = 24 * 60 * 60 * 1000;

test.each(SIMULATED)('%s: its accounts fit the catalogue’s rules, and each is another', (service) => {
  const rules = sampleCatalogue().services.find(({ id }) => id === service);
  if (rules === undefined) throw new Error(service);
  const seen = new Set<string>();
  for (let n = 0; n < 50; n++) {
    const { account, codes } = accountOf(service, n);
    seen.add(account);
    expect(checkField(account, rules.account)).toBeNull();
    expect(codes.map((code, at) => checkField(code, rules.codes[at] ?? rules.account))).toEqual(rules.codes.map(() => null));
  }
  expect(seen.size).toBe(50);
});

test.each(SIMULATED)('%s: signed up, used, points; a reversal takes them back; the person sees it', async (service) => {
  expect(await signUp(service)).toMatchObject({ outcome: 'accepted' });
  clock.advance(2 * DAY);
  const provider = world.of[service];
  const { account } = accountOf(service, 1);
  const first = await provider.use(ON[service], account, 8000);
  await provider.use(ON[service], account, 4000);
  await provider.settle();
  expect(provider.waiting).toBe(0);
  expect(await status()).toMatchObject({ counted: 12_000, granted: 3000, remaining: 2000 });
  await provider.reverse(first);
  await provider.settle();
  expect(await status()).toMatchObject({ counted: 4000, granted: 1000, remaining: 4000 });
});

test('each tells in its own way: at once; late, twice and backwards; a month together', async () => {
  for (const service of SIMULATED) await world.of[service].use('charge', accountOf(service, 1).account, 1000);
  expect(SIMULATED.map((service) => world.of[service].waiting)).toEqual([0, 1, 1]);
});

test('unknown account or code: refused; a provider that is away: later', async () => {
  const { account } = accountOf('sakura-prepaid', 1);
  const wrong = signUpContent({ account, codes: ['0000'] });
  expect(await counter.send((await actOf('fresh', { content: wrong })).item)).toMatchObject({ code: 'account-refused' });
  world.of['sakura-prepaid'].away = true;
  expect(await signUp('sakura-prepaid')).toMatchObject({ outcome: 'retry' });
});

test('a wrong key reports nothing', async () => {
  const { status: code } = await platform.exchange({
    method: 'POST',
    path: '/v1/providers/mint-pay/reports',
    headers: { 'content-type': 'application/json', 'x-provider-key': platform.providerKey('sakura-prepaid') },
    body: JSON.stringify({ reports: [{ id: '1', kind: 'charge', account: 'A', yen: 1, at: '2026-11-23T00:00:00Z' }] }),
    signal: new AbortController().signal,
  });
  expect(code).toBe(403);
});

test('the operator’s page: eight steps, what has happened in words, the account masked', async () => {
  await signUp('sakura-prepaid');
  await world.of['sakura-prepaid'].use('charge', accountOf('sakura-prepaid', 1).account, 20_000);
  const [person] = platform.people();
  const get = async (path: string) =>
    platform.exchange({ method: 'GET', path, headers: {}, body: null, signal: new AbortController().signal });
  const { text } = await get(`/sandbox/case/${person?.myKeyId}`);
  for (const word of ['①', '⑧', 'さくら坂プリペイド', '20,000円', '5,000ポイント', '••••']) expect(text).toContain(word);
  expect(text).not.toContain(accountOf('sakura-prepaid', 1).account);
  expect(text).not.toContain('<script');
  expect((await get('/sandbox/case')).text).toContain(person?.myKeyId ?? '-');
  expect((await get('/sandbox/case/AAAAAAAA')).status).toBe(404);
});
