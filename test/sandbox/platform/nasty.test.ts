import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SubmissionContent } from '../../../main/contract/submission.ts';
import { NASTY } from '../../support/nasty.ts';
import { municipalContent, signUpContent, statusContent } from '../../support/sign-up-acts.ts';
import { ensureTestPki, personOf } from '../pki/index.ts';
import { accountOf } from '../providers/accounts.ts';
import { serveProviders } from '../providers/server.ts';
import { startProviders } from '../providers/start.ts';
import { type Counter, createCounter, type Signer } from './counter.ts';
import { type Platform, startPlatform } from './start.ts';

let scratch: string;
let platform: Platform;
let counter: Counter;
let signer: Signer;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'madoguchi-nasty-'));
  const pki = await ensureTestPki();
  platform = await startPlatform({ data: scratch, port: null, memory: true, pki });
  counter = await createCounter(platform);
  const { authCertDer, authKey } = personOf(pki, 'fresh');
  signer = { certDer: authCertDer, key: authKey };
});
afterAll(async () => {
  await platform.close();
  await rm(scratch, { recursive: true });
});

/** Every place of a content where text stands, each with this text in it. */
function spoilt(content: Record<string, unknown>, text: string): Record<string, unknown>[] {
  return Object.entries(content).flatMap(([name, value]) => {
    if (typeof value === 'string') return [{ ...content, [name]: text }];
    if (!Array.isArray(value)) return [];
    const items = value.map((item) =>
      typeof item === 'string' ? text : Object.fromEntries(Object.keys(item as object).map((key) => [key, text])),
    );
    return [
      { ...content, [name]: items },
      { ...content, [name]: [] },
    ];
  });
}

const outcomeOf = ({ status, text }: { status: number; text: string }): string => {
  if (status !== 200) return `${status}`;
  const told = JSON.parse(text) as { results?: [{ code?: string; outcome: string }]; code?: string; outcome: string };
  const one = told.results?.[0] ?? told;
  return one.code ?? one.outcome;
};
/** Never given back: what is short may stand in an answer by itself. */
const neverRepeats = (text: string, reply: string) => {
  if (text.length > 8) expect(reply).not.toContain(JSON.stringify(text).slice(1, -1));
};
const refusedWhole = (outcomes: ReadonlySet<string>) => [...outcomes].filter((outcome) => !/^4\d\d$/.test(outcome)).sort();

describe('text of the worst kind in every field of what a kiosk sends', () => {
  test.each([
    ['sign-up', signUpContent()],
    ['municipal', municipalContent()],
    ['set-up', {}],
    ['status', statusContent()],
  ] as const)('%s: refused with a code, and nothing of it is believed', async (kind, content) => {
    const { payload } = await counter.actWith(signer, { content: content as Partial<SubmissionContent> });
    const outcomes = new Set<string>();
    for (const text of NASTY) {
      for (const bad of spoilt(payload.content as unknown as Record<string, unknown>, text)) {
        const act = await counter.actWith(signer, {
          content: content as Partial<SubmissionContent>,
          payload: (good) => ({ ...good, content: { ...bad, id: good.content.id } as unknown as SubmissionContent }),
        });
        const answer =
          kind === 'status'
            ? await counter.post('/v1/questions', act.item)
            : await counter.post('/v1/batches', { items: [act.item] });
        // Where the envelope itself is spoilt the request is refused as a whole.
        outcomes.add(outcomeOf(answer));
        neverRepeats(text, answer.text);
      }
    }
    expect(refusedWhole(outcomes)).toEqual(['signature-invalid', 'unreadable']);
    expect(platform.links()).toEqual([]);
    expect(platform.people()).toEqual([]);
  });

  test.each([
    ['an account', ['1', '9'.repeat(32), 'ア'.repeat(16), 'ABCDEF123456', '6900000000000000'].map((account) => ({ account }))],
    ['a code', ['1', '12345', 'abcd', 'アアアア', '9'.repeat(32)].map((code) => ({ codes: [code] }))],
    ['too many codes', [{ codes: ['1234', '1234'] }, { codes: ['1234', '1', '1'] }]],
    ['what is not granted on', [{ on: 'purchase' as const }]],
    ['a measure', [{ measure: 'nobody-knows-this' }, { measure: '00' }]],
    ['a catalogue of the future', [{ catalogue: 2 }, { catalogue: Number.MAX_SAFE_INTEGER }]],
  ])('signed as it is, %s that the schema lets through and the service’s own rule does not', async (_, contents) => {
    for (const content of contents) {
      const act = await counter.actWith(signer, { content: signUpContent(content) as Partial<SubmissionContent> });
      expect(await counter.send(act.item)).toMatchObject({ outcome: 'refused', code: 'content-refused' });
    }
    expect(platform.links()).toEqual([]);
  });

  test.each([
    ['one answer too few', { answers: [{ question: 'lives-here', answer: 'yes' as const }] }, 'content-refused'],
    [
      'the same question twice',
      {
        answers: ['lives-here', 'lives-here'].map((question) => ({ question, answer: 'yes' as const })),
      },
      'content-refused',
    ],
    [
      'a question that was not asked',
      { answers: ['lives-here', '00'].map((question) => ({ question, answer: 'yes' as const })) },
      'not-eligible',
    ],
    ['a policy that is none', { policy: { id: '00', version: '2026-10-01' } }, 'policy-closed'],
  ])('signed as it is, municipal points with %s', async (_, content, code) => {
    const act = await counter.actWith(signer, { content: municipalContent(content) as Partial<SubmissionContent> });
    expect(await counter.send(act.item)).toMatchObject({ outcome: 'refused', code });
  });
});

describe('text of the worst kind in everything that a provider sends', () => {
  const ask = (method: 'GET' | 'POST', path: string, body: unknown, key = platform.providerKey('mint-pay')) =>
    platform.exchange({
      method,
      path,
      headers: { 'content-type': 'application/json', 'x-provider-key': key },
      body: body === null ? null : JSON.stringify(body),
      signal: new AbortController().signal,
    });
  const AT = '2026-11-23T00:00:00Z';

  test.each([
    ['reports', { id: 'r1', kind: 'charge', account: 'ABCDEF123456', yen: 1000, at: AT }],
    ['reports', { id: 'v1', kind: 'reversal', reverses: 'r1', at: AT }],
    ['claims', { month: '2026-11' }],
  ] as const)('%s, each field in turn: refused as a whole, and nothing is kept', async (path, good) => {
    for (const text of NASTY) {
      for (const field of [...Object.keys(good), text]) {
        const bad = { ...good, [field]: text };
        const { status, text: reply } = await ask(
          'POST',
          `/v1/providers/mint-pay/${path}`,
          path === 'claims' ? bad : { reports: [bad] },
        );
        // A number of a report is any short word of the provider's own, and an account what its rule says.
        const right = (field === 'id' || field === 'reverses') && /^[A-Za-z0-9-]{1,40}$/.test(text);
        const known = field === 'account' && /^[0-9A-Za-zァ-ヴー]{1,32}$/.test(text);
        expect([path, field, text, status]).toEqual([path, field, text, right || known ? 200 : 400]);
        neverRepeats(text, reply);
      }
    }
    // Whatever was taken of it is nobody's.
    expect(platform.links()).toEqual([]);
  });

  test('in the address and in the key', async () => {
    for (const text of NASTY.filter((each) => each !== '')) {
      const part = encodeURIComponent(text.toWellFormed());
      for (const path of [
        `/v1/providers/${part}/reports`,
        `/v1/providers/mint-pay/statements/${part}`,
        `/sandbox/case/${part}`,
      ]) {
        const { status, text: reply } = await ask(
          path.endsWith('reports') ? 'POST' : 'GET',
          path,
          path.endsWith('reports') ? { reports: [] } : null,
        );
        expect([path, status >= 400 && status < 500]).toEqual([path, true]);
        neverRepeats(text, reply);
      }
      if (!/^[ -~]+$/.test(text)) continue;
      expect((await ask('POST', '/v1/providers/mint-pay/claims', { month: '2026-11' }, text)).status).toBeGreaterThanOrEqual(400);
    }
  });
});

test('text of the worst kind in what the platform asks a provider: unknown, or not understood; never known', async () => {
  const world = startProviders({ now: Date.now });
  const server = await serveProviders(world.of);
  const { account, codes } = accountOf('mint-pay', 1);
  const good = { service: 'mint-pay', account, codes: [...codes] };
  const ask = async (body: unknown) => {
    const answer = await fetch(`${server.url}/check`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, text: await answer.text() };
  };
  expect(await ask(good)).toEqual({ status: 200, text: '{"answer":"known"}' });
  for (const text of NASTY) {
    for (const bad of [{ account: text }, { codes: [text] }, { codes: text }, { codes: [...codes, text] }, { [text]: text }]) {
      const { status, text: reply } = await ask({ ...good, ...bad });
      expect([bad, (status >= 400 && status < 500) || reply === '{"answer":"unknown"}']).toEqual([bad, true]);
    }
  }
  await server.close();
});
