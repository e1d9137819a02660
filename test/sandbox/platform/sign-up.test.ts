import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PersonalReply } from '../../../main/contract/platform.ts';
import { createVerifier } from '../../../main/core/catalogue/verify-catalogue.ts';
import { municipalContent, sakuraAccount, signUpContent, statusContent } from '../../support/sign-up-acts.ts';
import { smallCatalogue } from '../../support/small-catalogue.ts';
import { copyTestPki, ensureTestPki, type PersonName, personOf, renewPerson, type TestPki } from '../pki/index.ts';
import { sampleCatalogue } from './catalogue-publisher.ts';
import { type Act, type ActOptions, type Counter, createCounter } from './counter.ts';
import { startPlatform } from './start.ts';

let scratch: string;
let pki: TestPki;
let runs = 0;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'madoguchi-sign-up-'));
  pki = await ensureTestPki();
});
afterAll(() => rm(scratch, { recursive: true }));

async function setting(from: TestPki = pki, memory = true, data = join(scratch, `data-${++runs}`)) {
  const platform = await startPlatform({ data, port: null, memory, pki: from });
  return { platform, counter: await createCounter(platform), data };
}

const actOf = (counter: Counter, name: PersonName, content: ActOptions['content'] = {}, from = pki): Promise<Act> => {
  const { authCertDer, authKey } = personOf(from, name);
  return counter.actWith({ certDer: authCertDer, key: authKey }, { content });
};

async function replyTo({ replyKey }: Act, result: object): Promise<PersonalReply> {
  const opened = await replyKey.open('reply' in result ? String(result.reply) : '');
  if (!opened.ok) throw new Error(JSON.stringify(result));
  return opened.value;
}

async function statusOf(counter: Counter, name: PersonName, from = pki) {
  const act = await actOf(counter, name, statusContent(), from);
  const reply = await replyTo(act, await counter.ask(act.item));
  if (reply.kind !== 'status') throw new Error(reply.kind);
  return reply;
}

test('one sign-up: the ID is made along, the account comes back masked, and is nowhere on the platform', async () => {
  const { platform, counter } = await setting();
  const act = await actOf(counter, 'fresh', signUpContent());
  const result = await counter.send(act.item);
  const reply = await replyTo(act, result);
  expect(reply).toMatchObject({
    kind: 'sign-up',
    linked: { account: `${'•'.repeat(12)}${sakuraAccount(1).slice(-4)}`, on: 'charge' },
  });
  expect(platform.people()).toHaveLength(1);
  expect(JSON.stringify(platform.links())).not.toContain(sakuraAccount(1));
  const again = await counter.send(act.item);
  expect(again).toEqual({ ...result, outcome: 'duplicate' });
  expect(platform.links()).toHaveLength(1);
});

test('set up first, then signed up: the same person, the same ID', async () => {
  const { platform, counter } = await setting();
  const first = await actOf(counter, 'fresh');
  const { myKeyId } = (await replyTo(first, await counter.send(first.item))) as { myKeyId: string };
  const second = await actOf(counter, 'fresh', signUpContent({ makeId: false }));
  expect(await replyTo(second, await counter.send(second.item))).toMatchObject({ kind: 'sign-up', myKeyId });
  expect(platform.people()).toHaveLength(1);
});

test('who has signed up is told with which service, and only that session can read it', async () => {
  const { counter } = await setting();
  await counter.send((await actOf(counter, 'fresh', signUpContent())).item);
  const act = await actOf(counter, 'fresh', signUpContent({ account: sakuraAccount(2) }));
  const result = await counter.send(act.item);
  expect(result).toMatchObject({ outcome: 'refused', code: 'already-signed-up' });
  expect(await replyTo(act, result)).toMatchObject({
    kind: 'already',
    linked: { account: expect.stringContaining(sakuraAccount(1).slice(-4)) },
  });
  const other = await actOf(counter, 'fresh-2', signUpContent({ account: sakuraAccount(3) }));
  await expect(replyTo(other, result)).rejects.toThrow();
});

describe('both uniqueness rules under concurrency', () => {
  const names = ['fresh', 'fresh-2', 'child', 'slow'] as const;
  test('whatever comes at the same time: one person has one account at most, one account one person', async () => {
    const acts = fc.array(
      fc.record({ who: fc.constantFrom(...names), account: fc.integer({ min: 1, max: 3 }), twice: fc.boolean() }),
      {
        minLength: 2,
        maxLength: 8,
      },
    );
    await fc.assert(
      fc.asyncProperty(acts, async (wanted) => {
        const { platform, counter } = await setting();
        const made = await Promise.all(
          wanted.map(({ who, account }) => actOf(counter, who, signUpContent({ account: sakuraAccount(account) }))),
        );
        const results = await Promise.all(
          made.flatMap(({ item }, at) =>
            wanted[at]?.twice === true ? [counter.send(item), counter.send(item)] : [counter.send(item)],
          ),
        );
        const links = platform.links();
        expect(new Set(links.map(({ person }) => person)).size).toBe(links.length);
        expect(new Set(links.map(({ account }) => Buffer.from(account).toString('hex'))).size).toBe(links.length);
        expect(results.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(links.length);
        // Somebody gets each account that anybody wanted, unless its wanters took another one.
        for (const result of results) {
          if (result.outcome === 'refused') expect(['already-signed-up', 'account-in-use']).toContain(result.code);
        }
        expect(links.length).toBeGreaterThan(0);
        await platform.close();
      }),
      { numRuns: 25 },
    );
  });
});

test('a provider that cannot be asked: the item is to come again, and nothing is spent', async () => {
  let away = true;
  const platform = await startPlatform({
    data: join(scratch, `data-${++runs}`),
    port: null,
    memory: true,
    pki,
    providers: { check: async () => (away ? 'away' : 'known') },
  });
  const counter = await createCounter(platform);
  const act = await actOf(counter, 'fresh', signUpContent());
  expect(await counter.send(act.item)).toMatchObject({ outcome: 'retry' });
  away = false;
  expect(await counter.send(act.item)).toMatchObject({ outcome: 'accepted' });
});

test('a service that wants a registration first: it says itself who has one, and who has goes through', async () => {
  const registered = sakuraAccount(1);
  const platform = await startPlatform({
    data: join(scratch, `data-${++runs}`),
    port: null,
    memory: true,
    pki,
    catalogue: smallCatalogue,
    providers: { check: async (_service, account) => (account === registered ? 'known' : 'unknown') },
  });
  const counter = await createCounter(platform);
  const signUp = async (account: string) => {
    const { item } = await actOf(counter, 'fresh', signUpContent({ service: 'tsubaki-credit', account }));
    return counter.send(item);
  };
  expect(await signUp(sakuraAccount(2))).toMatchObject({ outcome: 'refused', code: 'account-refused' });
  expect(await signUp(registered)).toMatchObject({ outcome: 'accepted' });
  await platform.close();
});

test('a municipality’s budget: set with the policy, used up by others, never above it', async () => {
  const platform = await startPlatform({
    data: join(scratch, `data-${++runs}`),
    port: null,
    memory: true,
    pki,
    budgetFor: ({ amount }) => amount * 2 - 1,
  });
  const counter = await createCounter(platform);
  const apply = async (name: PersonName, n: number) => {
    await counter.send((await actOf(counter, name, signUpContent({ account: sakuraAccount(n) }))).item);
    return counter.send((await actOf(counter, name, municipalContent())).item);
  };
  expect(await apply('fresh', 1)).toMatchObject({ outcome: 'accepted' });
  expect(await apply('fresh-2', 2)).toMatchObject({ outcome: 'refused', code: 'policy-budget' });
  // A newer catalogue does not fill it again; the municipality does.
  await platform.publish({ ...sampleCatalogue(), version: 2 });
  expect(await apply('fresh-2', 2)).toMatchObject({ outcome: 'refused', code: 'policy-budget' });
  platform.budget('990202-health', 2000);
  expect(await apply('fresh-2', 2)).toMatchObject({ outcome: 'accepted' });
});

test('rounding is the platform’s to choose', async () => {
  for (const [rounding, granted] of [
    ['down', 0],
    ['nearest', 1],
    ['up', 1],
  ] as const) {
    const platform = await startPlatform({ data: join(scratch, `data-${++runs}`), port: null, memory: true, pki, rounding });
    const counter = await createCounter(platform);
    await counter.send((await actOf(counter, 'fresh', signUpContent())).item);
    await platform.exchange({
      method: 'POST',
      path: '/v1/providers/sakura-prepaid/reports',
      headers: { 'content-type': 'application/json', 'x-provider-key': platform.providerKey('sakura-prepaid') },
      body: JSON.stringify({
        reports: [{ id: '1', kind: 'charge', account: sakuraAccount(1), yen: 3, at: new Date().toISOString() }],
      }),
      signal: new AbortController().signal,
    });
    expect(await statusOf(counter, 'fresh')).toMatchObject({ counted: 3, granted });
    await platform.close();
  }
});

test('status: nobody yet, set up, signed up, municipal points; a question leaves no row and its challenge is spent', async () => {
  const { platform, counter } = await setting();
  expect(await statusOf(counter, 'fresh')).toMatchObject({ myKeyId: null, linked: null, granted: 0, cap: 5000, history: [] });
  await counter.send((await actOf(counter, 'fresh', signUpContent())).item);
  await counter.send((await actOf(counter, 'fresh', municipalContent())).item);
  const status = await statusOf(counter, 'fresh');
  expect(status).toMatchObject({ linked: { on: 'charge' }, granted: 0, remaining: 5000 });
  expect(status.history.map(({ what, amount }) => [what, amount])).toEqual([
    ['municipal', 1000],
    ['sign-up', 0],
  ]);
  expect(platform.submissions()).toHaveLength(2);
  const act = await actOf(counter, 'fresh', statusContent());
  await counter.ask(act.item);
  expect(await counter.ask(act.item)).toMatchObject({ outcome: 'refused', code: 'challenge-used' });
  const setUp = await actOf(counter, 'fresh');
  expect(await counter.ask(setUp.item)).toMatchObject({ outcome: 'refused', code: 'content-refused' });
});

test('the link survives a renewed card and a restart of the platform', async () => {
  const own = await copyTestPki(pki, join(scratch, `pki-${++runs}`));
  const { platform, counter, data } = await setting(own, false);
  await counter.send((await actOf(counter, 'fresh', signUpContent(), own)).item);
  await platform.close();
  const renewed = await renewPerson(own.dir, 'fresh');
  const next = await setting(renewed, false, data);
  expect(await statusOf(next.counter, 'fresh', renewed)).toMatchObject({ linked: { on: 'charge' } });
  const again = await actOf(next.counter, 'fresh', signUpContent({ account: sakuraAccount(2) }), renewed);
  expect(await next.counter.send(again.item)).toMatchObject({ code: 'already-signed-up' });
  const thief = await actOf(next.counter, 'fresh-2', signUpContent(), renewed);
  expect(await next.counter.send(thief.item)).toMatchObject({ code: 'account-in-use' });
  await next.platform.close();
});

test('the catalogue: signed, null for who has it, a newer one when published', async () => {
  const { platform } = await setting();
  const get = async (known: number) => {
    const answer = await platform.exchange({
      method: 'GET',
      path: `/v1/catalogue?known=${known}`,
      headers: { 'x-kiosk-id': 'K-TEST-1' },
      body: null,
      signal: new AbortController().signal,
    });
    return (JSON.parse(answer.text) as { catalogue: string | null }).catalogue;
  };
  const verify = await createVerifier(platform.catalogueJwk, 'K-TEST-1');
  const first = await get(0);
  const read = await verify?.(first ?? '');
  expect(read).toMatchObject({ ok: true, value: { catalogue: sampleCatalogue() } });
  expect(await get(1)).toBeNull();
  await platform.publish({ ...sampleCatalogue(), version: 2 });
  expect(await verify?.((await get(1)) ?? '')).toMatchObject({ ok: true, value: { catalogue: { version: 2 } } });
  await expect(platform.publish(sampleCatalogue())).rejects.toThrow(/not newer/);
  platform.faults({ type: 'forged-catalogue', times: 1 });
  expect(await verify?.((await get(0)) ?? '')).toEqual({ ok: false, error: 'signature' });
});
