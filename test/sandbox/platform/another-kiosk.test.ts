import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BatchItem } from '../../../main/contract/platform.ts';
import { PROMISE } from '../../support/promises.ts';
import { ensureTestPki, personOf, type TestPki } from '../pki/index.ts';
import { type Act, type Counter, createCounter } from './counter.ts';
import { type Platform, startPlatform } from './start.ts';

/** A kiosk that means another one harm, and has got hold of what that one sends. */
const MINE = 'K-TEST-1';
const THEIRS = 'K-TEST-2';
let folder: string;
let pki: TestPki;
let platform: Platform;
let mine: Counter;
let theirs: Counter;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-another-'));
  pki = await ensureTestPki();
  platform = await startPlatform({ data: folder, port: null, memory: true, pki });
  mine = await createCounter(platform, MINE);
  theirs = await createCounter(platform, THEIRS);
});
afterAll(async () => {
  await platform.close();
  await rm(folder, { recursive: true });
});

const signer = (name: 'fresh' | 'fresh-2') => {
  const { authCertDer, authKey } = personOf(pki, name);
  return { certDer: authCertDer, key: authKey };
};

test.each<[string, (act: Act) => Promise<BatchItem> | BatchItem, string]>([
  ['the sealed row under their own name', ({ item }) => ({ ...item, terminal: THEIRS }), 'binding-mismatch'],
  ['the sealed row under my name', ({ item }) => item, 'binding-mismatch'],
  [
    'rubbish under the id',
    ({ item }) => ({ ...item, terminal: THEIRS, sealed: `${item.sealed.slice(0, -4)}AAAA` }),
    'unreadable',
  ],
  [
    'an act of their own, sealed for the id, with a signature that is none',
    async ({ item }) =>
      (
        await theirs.actWith(signer('fresh-2'), {
          content: { id: item.id, receipt: item.receipt },
          payload: (payload) => ({ ...payload, signature: Buffer.alloc(256).toString('base64') }),
        })
      ).item,
    'signature-invalid',
  ],
  [
    'an act of their own that is in order, made for the id',
    async ({ item }) => (await theirs.actWith(signer('fresh-2'), { content: { id: item.id, receipt: item.receipt } })).item,
    'accepted',
  ],
])('another kiosk comes first with %s: mine is taken all the same, once', async (_, make, wanted) => {
  const act = await mine.actWith(signer('fresh'));
  const first = await theirs.send(await make(act));
  expect(first.outcome === 'refused' ? first.code : first.outcome).toBe(wanted);
  const answer = await mine.send(act.item);
  expect(answer.outcome, PROMISE).toBe('accepted');
  expect((await mine.send(act.item)).outcome).toBe('duplicate');
  // Nor can they have mine answered to them, afterwards.
  const after = await theirs.send({ ...act.item, terminal: MINE });
  expect(after).toMatchObject({ outcome: 'refused', code: 'binding-mismatch' });
  expect(after).not.toHaveProperty('reply');
});
