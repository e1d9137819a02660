import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SubmissionContent } from '../../../main/contract/content.ts';
import { NASTY } from '../../support/nasty.ts';
import { municipalContent, signUpContent } from '../../support/sign-up-acts.ts';
import { ensureTestPki, personOf } from '../pki/index.ts';
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

describe('text of the worst kind in every field of what a kiosk sends', () => {
  test.each([
    ['sign-up', signUpContent()],
    ['municipal', municipalContent()],
  ] as const)('%s: refused with a code, and nothing of it is believed', async (_, content) => {
    const { payload } = await counter.actWith(signer, { content: content as Partial<SubmissionContent> });
    const outcomes = new Set<string>();
    for (const text of NASTY) {
      for (const bad of spoilt(payload.content as unknown as Record<string, unknown>, text)) {
        const act = await counter.actWith(signer, {
          content: content as Partial<SubmissionContent>,
          payload: (good) => ({ ...good, content: { ...bad, id: good.content.id } as unknown as SubmissionContent }),
        });
        const { status, text: reply } = await counter.post('/v1/batches', { items: [act.item] });
        // Where the envelope itself is spoilt the request is refused as a whole.
        outcomes.add(status === 200 ? (JSON.parse(reply).results[0].code ?? JSON.parse(reply).results[0].outcome) : `${status}`);
        if (text.length > 8) expect(reply).not.toContain(JSON.stringify(text).slice(1, -1));
      }
    }
    expect([...outcomes].filter((outcome) => !/^4\d\d$/.test(outcome)).sort()).toEqual(['signature-invalid', 'unreadable']);
    expect(platform.links()).toEqual([]);
    expect(platform.people()).toEqual([]);
  });

  test('signed as it is: what the schema lets through and the service’s own rule does not', async () => {
    for (const account of ['1', '9'.repeat(32), 'ア'.repeat(16), 'ABCDEF123456', '6900000000000000']) {
      const act = await counter.actWith(signer, { content: signUpContent({ account }) as Partial<SubmissionContent> });
      expect(await counter.send(act.item)).toMatchObject({ outcome: 'refused', code: 'content-refused' });
    }
    expect(platform.links()).toEqual([]);
  });
});
