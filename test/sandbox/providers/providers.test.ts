import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { GrantOn } from '../../../main/contract/catalogue.ts';
import { checkField } from '../../../main/core/catalogue/field-check.ts';
import { japanDay } from '../../../main/core/time.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { municipalContent, signUpContent, statusContent } from '../../support/sign-up-acts.ts';
import { ensureTestPki, type PersonName, personOf, type TestPki } from '../pki/index.ts';
import { sampleCatalogue } from '../platform/catalogue-publisher.ts';
import { type Counter, createCounter } from '../platform/counter.ts';
import type { Report } from '../platform/scheme/reports.ts';
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
/** Reports as they arrive, request by request. */
let heard: { readonly service: string; readonly ids: readonly string[] }[] = [];
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
  heard = [];
  const { exchange } = platform;
  world.connect({
    ...platform,
    exchange(ask) {
      const [, service = ''] = /providers\/([^/]+)\/reports$/.exec(ask.path) ?? [];
      const reports = service === '' ? [] : (JSON.parse(ask.body ?? '') as { reports: Report[] }).reports;
      if (service !== '') heard.push({ service, ids: reports.map(({ id }) => id) });
      return exchange(ask);
    },
  });
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

const use = async (service: Simulated, yen: number, kind: GrantOn = ON[service], n = 1) => {
  const used = await world.of[service].use(kind, accountOf(service, n).account, yen);
  if (!used.ok) throw new Error(used.error);
  return used.value;
};

test.each(SIMULATED)('%s: signed up, used, points; a reversal takes them back; the person sees it', async (service) => {
  expect(await signUp(service)).toMatchObject({ outcome: 'accepted' });
  clock.advance(2 * DAY);
  const provider = world.of[service];
  const first = await use(service, 8000);
  await use(service, 4000);
  await provider.settle();
  expect(provider.waiting).toBe(0);
  expect(await status()).toMatchObject({ counted: 12_000, granted: 3000, remaining: 2000 });
  await provider.reverse(first);
  await provider.settle();
  expect(await status()).toMatchObject({ counted: 4000, granted: 1000, remaining: 4000 });
});

test('a card that is not known, cannot do it, or goes over its ceiling is declined, and nothing is reported', async () => {
  const { account } = accountOf('sakura-prepaid', 1);
  const sakura = world.of['sakura-prepaid'];
  expect(await sakura.use('charge', account, 10_001)).toEqual({ ok: false, error: 'above-ceiling' });
  expect(await sakura.use('charge', '6900000000000000', 1)).toEqual({ ok: false, error: 'unknown-account' });
  const credit = accountOf('keyaki-credit', 1).account;
  expect(await world.of['keyaki-credit'].use('charge', credit, 1)).toEqual({ ok: false, error: 'not-this-kind' });
  expect(await world.of['mint-pay'].use('charge', accountOf('mint-pay', 1).account, 50_000)).toMatchObject({ ok: true });
  expect(heard).toEqual([]);
});

describe('each tells in its own way', () => {
  const numbers = (service: Simulated) => heard.filter((one) => one.service === service).map(({ ids }) => ids);

  test('the prepaid card: each report at once, alone', async () => {
    const first = await use('sakura-prepaid', 1000);
    const second = await use('sakura-prepaid', 1000);
    expect(numbers('sakura-prepaid')).toEqual([[first], [second]]);
  });

  test('the QR wallet: late, twice and backwards; the points are as if once and in order', async () => {
    await signUp('mint-pay');
    clock.advance(2 * DAY);
    const first = await use('mint-pay', 8000);
    const second = await use('mint-pay', 4000);
    expect([numbers('mint-pay'), world.of['mint-pay'].waiting]).toEqual([[], 2]);
    await world.of['mint-pay'].settle();
    expect(numbers('mint-pay')).toEqual([[second, first, second, first]]);
    expect(await status()).toMatchObject({ counted: 12_000, granted: 3000 });
    // Nor does it matter to it that what is reversed comes after the reversal.
    const third = await use('mint-pay', 2000);
    await world.of['mint-pay'].reverse(third);
    await world.of['mint-pay'].settle();
    expect(numbers('mint-pay')[1]?.at(-1)).toBe(third);
    expect(await status()).toMatchObject({ counted: 12_000, granted: 3000 });
  });

  test('the credit card: a month together, when the next one begins', async () => {
    const inMonth = japanDay(clock.now()).slice(0, 7);
    const month = [await use('keyaki-credit', 1000), await use('keyaki-credit', 2000)];
    expect(numbers('keyaki-credit')).toEqual([]);
    while (japanDay(clock.now()).startsWith(inMonth)) clock.advance(DAY);
    const next = await use('keyaki-credit', 3000);
    expect(numbers('keyaki-credit')).toEqual([month]);
    await world.of['keyaki-credit'].settle();
    expect(numbers('keyaki-credit')).toEqual([month, [next]]);
  });
});

test('unknown account or code: refused; a provider that is away: later', async () => {
  const { account } = accountOf('sakura-prepaid', 1);
  const wrong = signUpContent({ account, codes: ['0000'] });
  expect(await counter.send((await actOf('fresh', { content: wrong })).item)).toMatchObject({ code: 'account-refused' });
  world.of['sakura-prepaid'].away = true;
  expect(await signUp('sakura-prepaid')).toMatchObject({ outcome: 'retry' });
});

const get = async (path: string, headers: Record<string, string> = {}) =>
  platform.exchange({ method: 'GET', path, headers, body: null, signal: new AbortController().signal });

test.each([
  ['POST', 'reports', { reports: [{ id: '1', kind: 'charge', account: 'A', yen: 1, at: '2026-11-23T00:00:00Z' }] }],
  ['POST', 'claims', { month: '2026-11' }],
  ['GET', 'statements/2026-11', null],
] as const)('%s %s with the key of another provider: refused', async (method, path, body) => {
  const { status: code } = await platform.exchange({
    method,
    path: `/v1/providers/mint-pay/${path}`,
    headers: { 'content-type': 'application/json', 'x-provider-key': platform.providerKey('sakura-prepaid') },
    body: body === null ? null : JSON.stringify(body),
    signal: new AbortController().signal,
  });
  expect(code).toBe(403);
});

describe('steps 7 and 8: monthly claims, subsidies, statements', () => {
  const monthNow = () => japanDay(clock.now()).slice(0, 7);

  test('a month is claimed once, paid once, and the statement says both; what came later is in the next one', async () => {
    const sakura = world.of['sakura-prepaid'];
    await signUp('sakura-prepaid');
    await use('sakura-prepaid', 8000);
    const month = monthNow();
    expect(await sakura.statement(month)).toBeNull();
    expect(await sakura.claim(month)).toEqual({ service: 'sakura-prepaid', month, points: 2000, municipal: 0, paid: false });
    await use('sakura-prepaid', 4000);
    expect(await sakura.claim(month)).toMatchObject({ points: 2000, paid: false });
    expect(await sakura.statement(month)).toMatchObject({ subsidy: { people: 1, points: 2000, paidAt: null }, municipal: [] });
    expect(platform.paySubsidies()).toBe(2000);
    expect(platform.paySubsidies()).toBe(0);
    expect(await sakura.statement(month)).toMatchObject({ subsidy: { paidAt: new Date(clock.now()).toISOString() } });
    clock.advance(31 * DAY);
    expect(await sakura.claim(monthNow())).toMatchObject({ points: 1000 });
    // Each only its own.
    expect(await world.of['mint-pay'].claim(month)).toMatchObject({ points: 0 });
  });

  test('municipal points stand on the statement with where they may be spent; the municipality owes them', async () => {
    await signUp('sakura-prepaid');
    expect(await counter.send((await actOf('fresh', { content: municipalContent() })).item)).toMatchObject({
      outcome: 'accepted',
    });
    clock.advance(1);
    expect(await world.of['sakura-prepaid'].claim(monthNow())).toMatchObject({ points: 0, municipal: 1000 });
    expect(await world.of['sakura-prepaid'].statement(monthNow())).toMatchObject({
      subsidy: { people: 0, points: 0 },
      municipal: [{ policy: '990202-health', area: 'shops', people: 1, yen: 1000 }],
    });
    expect(platform.paySubsidies()).toBe(0);
    clock.advance(31 * DAY);
    expect(await world.of['sakura-prepaid'].claim(monthNow())).toMatchObject({ municipal: 0 });
  });

  test('a new measure begins: a late report and a reversal of the old one still count, by the old one’s numbers', async () => {
    await signUp('mint-pay');
    clock.advance(2 * DAY);
    const first = await use('mint-pay', 8000);
    await world.of['mint-pay'].settle();
    await use('mint-pay', 4000);
    const catalogue = sampleCatalogue();
    const measure = { ...catalogue.measure, id: 'mynapoint-next', percent: 10, from: japanDay(clock.now() + 3 * DAY) };
    await platform.publish({ ...catalogue, version: 2, measure });
    await world.of['mint-pay'].settle();
    expect(await world.of['mint-pay'].claim(monthNow())).toMatchObject({ points: 3000 });
    await world.of['mint-pay'].reverse(first);
    clock.advance(31 * DAY);
    expect(await world.of['mint-pay'].claim(monthNow())).toMatchObject({ points: -2000 });
  });
});

describe('the operator’s page', () => {
  /** Which of the eight steps the newest picture shows as done. */
  const done = async (id: string) => {
    const { text } = await get(`/sandbox/case/${id}`);
    const [picture = ''] = text.match(/<svg[\s\S]*?<\/svg>/) ?? [];
    return [...picture.matchAll(/>([①-⑧])[^<]*<\/text>\n<text[^>]*>(✓|・)/g)]
      .filter(([, , mark]) => mark === '✓')
      .map(([, step]) => step)
      .join('');
  };

  test('a case before and after each of the eight steps; another person’s claim is not theirs', async () => {
    await counter.send((await actOf('fresh', { content: {} })).item);
    const id = platform.people()[0]?.myKeyId ?? '';
    expect(await done(id)).toBe('①');
    await signUp('sakura-prepaid');
    expect(await done(id)).toBe('①②③');
    // Too little for a point: reported and computed, nothing granted.
    await use('sakura-prepaid', 3);
    expect(await done(id)).toBe('①②③④⑤');
    // Somebody else of the same service is granted, claimed and paid.
    await signUp('sakura-prepaid', 2, 'fresh-2');
    await use('sakura-prepaid', 8000, 'charge', 2);
    await world.of['sakura-prepaid'].claim(japanDay(clock.now()).slice(0, 7));
    platform.paySubsidies();
    await use('sakura-prepaid', 8000);
    expect(await done(id)).toBe('①②③④⑤⑥');
    expect(await done(platform.people()[1]?.myKeyId ?? '')).toBe('①②③④⑤⑥⑦⑧');
    clock.advance(31 * DAY);
    await world.of['sakura-prepaid'].claim(japanDay(clock.now()).slice(0, 7));
    expect(await done(id)).toBe('①②③④⑤⑥⑦');
    await platform.exchange({
      method: 'POST',
      path: '/sandbox/subsidies',
      headers: {},
      body: null,
      signal: new AbortController().signal,
    });
    expect(await done(id)).toBe('①②③④⑤⑥⑦⑧');
  });

  test('a new measure gives everybody a new right, and an empty case', async () => {
    await signUp('sakura-prepaid');
    const id = platform.people()[0]?.myKeyId ?? '';
    const catalogue = sampleCatalogue();
    await platform.publish({ ...catalogue, version: 2, measure: { ...catalogue.measure, id: 'mynapoint-next' } });
    expect(await done(id)).toBe('①');
    expect((await get(`/sandbox/case/${id}`)).text).toContain('さくら坂プリペイド');
  });

  test('what has happened in words, the account masked, no script', async () => {
    await signUp('sakura-prepaid');
    for (let n = 0; n < 2; n++) await use('sakura-prepaid', 10_000);
    const [person] = platform.people();
    const { text } = await get(`/sandbox/case/${person?.myKeyId}`);
    for (const word of ['さくら坂プリペイド', '20,000円', '5,000ポイント', '••••']) expect(text).toContain(word);
    expect(text).not.toContain(accountOf('sakura-prepaid', 1).account);
    expect(text).not.toContain('<script');
    expect((await get('/sandbox/case')).text).toContain(person?.myKeyId ?? '-');
    expect((await get('/sandbox/case/AAAAAAAA')).status).toBe(404);
  });
});
