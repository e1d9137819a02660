import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactEncrypt, importJWK } from 'jose';
import { v7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Catalogue, PaymentService } from '../../../main/contract/catalogue.ts';
import type { RefusalCode } from '../../../main/contract/platform.ts';
import type { MunicipalContent, SealedPayload, SignUpContent } from '../../../main/contract/submission.ts';
import { japanDay } from '../../../main/core/time.ts';
import { createManualClock, type ManualClock } from '../../support/manual-clock.ts';
import { municipalContent, sakuraAccount, signUpContent, statusContent } from '../../support/sign-up-acts.ts';
import {
  copyTestPki,
  ensureTestPki,
  issueCa,
  issueCertificate,
  issueCrl,
  personOf,
  renewPerson,
  revoke,
  type TestPki,
} from '../pki/index.ts';
import { readIssued } from '../pki/load.ts';
import { readManifest } from '../pki/manifest.ts';
import { sampleCatalogue } from './catalogue-publisher.ts';
import { type Act, type ActOptions, type Counter, createCounter, type Signer } from './counter.ts';
import { type Platform, startPlatform } from './start.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let scratch: string;
let pki: TestPki;
let platform: Platform;
let counter: Counter;
let clock: ManualClock;

let runs = 0;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'madoguchi-refusals-'));
});
// Each test moves its own clock and spoils its own PKI.
beforeEach(async () => {
  runs += 1;
  pki = await copyTestPki(await ensureTestPki(), join(scratch, `pki-${runs}`));
  clock = createManualClock(Date.now());
  platform = await startPlatform({
    data: join(scratch, `data-${runs}`),
    port: null,
    memory: true,
    pki,
    clock,
    // The revocation list of the test PKI ends after 30 days.
    deliveryWindowMs: 20 * DAY,
    catalogue: sampleCatalogue(),
    providers: { check: async (_service, _account, codes) => (codes.includes('0000') ? 'unknown' : 'known') },
    terms: [
      { id: 'programme', version: '2026-10-01' },
      { id: 'programme', version: '2025-10-01', until: new Date(clock.now() - DAY).toISOString() },
      { id: 'my-key-id', version: '2026-10-01' },
    ],
  });
  counter = await createCounter(platform, 'K-TEST-1', clock.now);
});
afterEach(() => platform.close());
afterAll(() => rm(scratch, { recursive: true }));

const signer = (name: Parameters<typeof personOf>[1]): Signer => {
  const { authCertDer, authKey } = personOf(pki, name);
  return { certDer: authCertDer, key: authKey };
};
const fresh = (options: ActOptions = {}): Promise<Act> => counter.actWith(signer('fresh'), options);
const around = (days: number) => ({
  notBefore: new Date(clock.now() - days * DAY),
  notAfter: new Date(clock.now() + days * DAY),
});
const authCa = async () => {
  const manifest = await readManifest(pki.dir);
  if (manifest === null) throw new Error('no manifest');
  return readIssued(pki.dir, manifest.ca.auth);
};
/** Seals anything, with any header, as an attacker could: the sealing key is public. */
async function sealAnything(header: object, text: string): Promise<string> {
  const { kty, crv, x, y } = platform.publicJwk;
  return new CompactEncrypt(Buffer.from(text, 'utf8'))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', ...header })
    .encrypt(await importJWK({ kty, crv, x, y }, 'ECDH-ES'));
}
const headerOf = ({ item }: Act) => ({
  kid: platform.publicJwk.kid,
  typ: 'madoguchi-submission+jwe',
  id: item.id,
  terminal: item.terminal,
});
const resealed = async (act: Act, header: object, text = JSON.stringify(act.payload)): Promise<Act> => ({
  ...act,
  item: { ...act.item, sealed: await sealAnything({ ...headerOf(act), ...header }, text) },
});
const withItem = (act: Act, change: Partial<Act['item']>): Act => ({ ...act, item: { ...act.item, ...change } });
const signatureOf = (change: (bytes: Buffer) => Buffer) => (payload: SealedPayload) => ({
  ...payload,
  signature: change(Buffer.from(payload.signature, 'base64')).toString('base64'),
});

const signUp = (content: Partial<SignUpContent> = {}): Promise<Act> => fresh({ content: signUpContent(content) });
const municipal = (content: Partial<MunicipalContent> = {}): Promise<Act> => fresh({ content: municipalContent(content) });
/** What must have been accepted before. */
const accepted = async (act: Act): Promise<void> => {
  expect(await counter.send(act.item)).toMatchObject({ outcome: 'accepted' });
};
/** A newer catalogue in which the service of `signUp` is another one. */
const changed = (change: Partial<PaymentService>): Catalogue => {
  const { services, ...rest } = sampleCatalogue();
  return { ...rest, version: 2, services: services.map((one) => (one.id === 'sakura-prepaid' ? { ...one, ...change } : one)) };
};

/** Codes that nothing signed by a card meets: applications.test.ts has their ways. */
type ApplicationCode = 'form-unknown' | 'already-applied' | 'photo-refused';
type CardCode = Exclude<RefusalCode, ApplicationCode>;

/** Every way that we know to each code. A code without one does not compile. */
const ways: Record<CardCode, Record<string, () => Promise<Act>>> = {
  unreadable: {
    'no JWE': async () => withItem(await fresh(), { sealed: 'nothing at all, really' }),
    'changed bytes': async () => {
      const act = await fresh();
      const at = act.item.sealed.length - 60;
      const other = act.item.sealed[at] === 'A' ? 'B' : 'A';
      return withItem(act, { sealed: act.item.sealed.slice(0, at) + other + act.item.sealed.slice(at + 1) });
    },
    'another key': async () => resealed(await fresh(), { kid: 'another' }),
    'another type': async () => resealed(await fresh(), { typ: 'madoguchi-reply+jwe' }),
    'a header with more in it': async () => resealed(await fresh(), { cty: 'x' }),
    'no id in the header': async () => resealed(await fresh(), { id: undefined }),
    'not JSON': async () => resealed(await fresh(), {}, '{"v":1,'),
    'an unknown key': async () => {
      const act = await fresh();
      return resealed(act, {}, JSON.stringify({ ...act.payload, more: 1 }));
    },
    'a content of another shape': async () => {
      const act = await fresh();
      return resealed(act, {}, JSON.stringify({ ...act.payload, content: { ...act.payload.content, kind: 'sign-up' } }));
    },
  },
  'binding-mismatch': {
    'another id outside': async () => withItem(await fresh(), { id: v7() }),
    'another id in the header': async () => resealed(await fresh(), { id: v7() }),
    'another terminal in the header': async () => resealed(await fresh(), { terminal: 'K-TEST-2' }),
    'another receipt outside': async () => withItem(await fresh(), { receipt: '1234567897' }),
    'another terminal inside': async () => {
      const act = await fresh();
      return resealed(act, {}, JSON.stringify({ ...act.payload, content: { ...act.payload.content, terminal: 'K-TEST-2' } }));
    },
    'another id inside': async () => {
      const act = await fresh();
      return resealed(act, {}, JSON.stringify({ ...act.payload, content: { ...act.payload.content, id: v7() } }));
    },
    'delivered by another kiosk': async () => withItem(await fresh(), { terminal: 'K-TEST-2' }),
  },
  'signature-invalid': {
    'another content': () => fresh({ payload: (payload) => ({ ...payload, content: { ...payload.content, helped: true } }) }),
    'another key': async () => counter.actWith({ certDer: signer('fresh').certDer, key: signer('fresh-2').key }, {}),
    'one bit': () => fresh({ payload: signatureOf((bytes) => Buffer.from(bytes.map((byte, i) => (i === 9 ? byte ^ 1 : byte)))) }),
    'no bytes': () => fresh({ payload: signatureOf(() => Buffer.alloc(0)) }),
    'half of it': () => fresh({ payload: signatureOf((bytes) => bytes.subarray(0, 128)) }),
  },
  'certificate-invalid': {
    'another CA of the same name': async () => {
      const ca = await issueCa('auth', around(1000));
      return counter.actWith(await issueCertificate('auth', ca, around(100)));
    },
    'made with another key in the name of the real CA': async () => {
      const { key } = await issueCa('auth', around(1000));
      return counter.actWith(await issueCertificate('auth', { ...(await authCa()), key }, around(100)));
    },
    'a signature certificate': async () => {
      const { signCertDer, signKey } = personOf(pki, 'fresh');
      if (signCertDer === null || signKey === null) throw new Error('no signature certificate');
      return counter.actWith({ certDer: signCertDer, key: signKey });
    },
    'the signature profile under the authentication CA': async () =>
      counter.actWith(await issueCertificate('sign', await authCa(), around(100))),
    'the CA itself': async () => counter.actWith(await authCa()),
    'bytes after the certificate': () =>
      fresh({
        payload: (p) => ({ ...p, certificate: Buffer.concat([signer('fresh').certDer, Buffer.of(0xff)]).toString('base64') }),
      }),
    'no certificate': () => fresh({ payload: (p) => ({ ...p, certificate: '' }) }),
    'not yet valid': async () =>
      counter.actWith(
        await issueCertificate('auth', await authCa(), {
          notBefore: new Date(clock.now() + DAY),
          notAfter: new Date(clock.now() + 9 * DAY),
        }),
      ),
  },
  'certificate-expired': {
    'the expired card': () => counter.actWith(signer('expired')),
    'half an hour ago, and a kiosk clock an hour slow does not help': async () => {
      const over = { notBefore: new Date(clock.now() - DAY), notAfter: new Date(clock.now() - HOUR / 2) };
      const at = new Date(clock.now() - HOUR).toISOString();
      return counter.actWith(await issueCertificate('auth', await authCa(), over), { content: { at } });
    },
  },
  'certificate-revoked': {
    'the revoked card': () => counter.actWith(signer('revoked')),
    'revoked while the platform runs': async () => {
      const act = await counter.actWith(signer('slow'), { content: { at: new Date(clock.now()).toISOString() } });
      await revoke(pki.dir, personOf(pki, 'slow').authSerial, new Date(clock.now() - 1000));
      return act;
    },
    'a minute ago, and a kiosk clock an hour slow does not help': async () => {
      await revoke(pki.dir, personOf(pki, 'slow').authSerial, new Date(clock.now() - 60_000));
      return counter.actWith(signer('slow'), { content: { at: new Date(clock.now() - HOUR).toISOString() } });
    },
  },
  'challenge-unknown': {
    invented: () => fresh({ content: { challenge: 'A'.repeat(32) } }),
    "another kiosk's": async () => {
      const other = await createCounter(platform, 'K-TEST-2', clock.now);
      return fresh({ content: { challenge: await other.challenge() } });
    },
  },
  'challenge-used': {
    'by an accepted act': async () => {
      const act = await fresh();
      expect(await counter.send(act.item)).toMatchObject({ outcome: 'accepted' });
      return fresh({ content: { challenge: act.payload.content.challenge } });
    },
    'by a refused act': async () => {
      const act = await counter.actWith(signer('revoked'));
      expect(await counter.send(act.item)).toMatchObject({ code: 'certificate-revoked' });
      return fresh({ content: { challenge: act.payload.content.challenge } });
    },
  },
  'challenge-expired': {
    'signed after its end': async () => {
      const challenge = await counter.challenge();
      clock.advance(72 * HOUR + 3 * HOUR);
      return fresh({ content: { challenge } });
    },
    'delivered weeks late': async () => {
      const act = await fresh();
      clock.advance(72 * HOUR + 21 * DAY);
      return act;
    },
  },
  'terms-changed': {
    'a version nobody knows': () =>
      fresh({
        content: {
          terms: [
            { id: 'programme', version: '2031-01-01' },
            { id: 'my-key-id', version: '2026-10-01' },
          ],
        },
      }),
    'a version that has ended': () =>
      fresh({
        content: {
          terms: [
            { id: 'programme', version: '2025-10-01' },
            { id: 'my-key-id', version: '2026-10-01' },
          ],
        },
      }),
  },
  'content-refused': {
    'a document is missing': () => fresh({ content: { terms: [{ id: 'programme', version: '2026-10-01' }] } }),
    'a document twice': () =>
      fresh({ content: { terms: ['programme', 'my-key-id', 'programme'].map((id) => ({ id, version: '2026-10-01' })) } }),
    'from the future': () => fresh({ content: { at: new Date(clock.now() + 3 * HOUR).toISOString() } }),
    'from before its challenge': () => fresh({ content: { at: new Date(clock.now() - 3 * HOUR).toISOString() } }),
    'no key to answer to': () => fresh({ content: { replyKey: { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' } } }),
    'a question in the queue': () => fresh({ content: statusContent() }),
    'a catalogue that never was': () => signUp({ catalogue: 7 }),
    'a service that never was': () => signUp({ service: 'no-such-service', terms: signUpContent().terms?.slice(0, 2) ?? [] }),
    'another measure': () => signUp({ measure: 'mynapoint-2020' }),
    'points on what it does not grant on': () => signUp({ on: 'purchase' }),
    'a wrong check digit': () =>
      signUp({ account: `${sakuraAccount(1).slice(0, -1)}${(Number(sakuraAccount(1).at(-1)) + 1) % 10}` }),
    'a code too many': () => signUp({ codes: ['1234', '1234'] }),
    'a code of another length': () => signUp({ codes: ['12345'] }),
    'without the terms of the ID it makes': () => signUp({ makeId: true, terms: signUpContent({ makeId: false }).terms ?? [] }),
    'without the conditions of the service': () => signUp({ terms: signUpContent().terms?.slice(0, 2) ?? [] }),
    'an answer too few': () => fresh({ content: municipalContent({ answers: [{ question: 'lives-here', answer: 'yes' }] }) }),
  },
  'certificate-unknown': {
    'so new that the verifier has not heard of it': async () => {
      platform.faults({ type: 'certificate-unknown', times: 1 });
      return fresh();
    },
  },
  'not-set-up': { 'no ID, and none wanted': () => signUp({ makeId: false }) },
  'already-signed-up': {
    'with the same account': async () => {
      await accepted(await signUp());
      return signUp();
    },
    'with another service': async () => {
      await accepted(await signUp());
      return signUp({ service: 'mint-pay', account: 'ABCDEF123456', codes: ['123456'], on: 'purchase' });
    },
    'with a renewed card': async () => {
      await accepted(await signUp());
      const renewed = await renewPerson(pki.dir, 'fresh');
      const { authCertDer, authKey } = personOf(renewed, 'fresh');
      return counter.actWith({ certDer: authCertDer, key: authKey }, { content: signUpContent({ account: sakuraAccount(2) }) });
    },
  },
  'account-in-use': {
    "another person's": async () => {
      await accepted(await counter.actWith(signer('fresh-2'), { content: signUpContent() }));
      return signUp();
    },
  },
  'service-closed': {
    'after its last day': async () => {
      await platform.publish(changed({ lastDay: japanDay(clock.now() - DAY) }));
      return signUp();
    },
    'gone from the catalogue': async () => {
      const { services, ...rest } = sampleCatalogue();
      await platform.publish({ ...rest, version: 2, services: services.filter(({ id }) => id !== 'sakura-prepaid') });
      return signUp({ catalogue: 1 });
    },
  },
  'service-not-here': {
    'only in its app': async () => {
      await platform.publish(changed({ appOnly: true }));
      return signUp();
    },
    "a minor's card": async () => {
      await platform.publish(changed({ minors: false }));
      return signUp({ whose: 'child-under-15' });
    },
  },
  'account-refused': { 'the provider does not know the code': () => signUp({ codes: ['0000'] }) },
  'policy-closed': {
    'after its last day': async () => {
      await accepted(await signUp());
      return municipal({ policy: { id: '990101-health', version: '2026-10-01' } });
    },
    unknown: () => municipal({ policy: { id: '990101-nothing', version: '2026-10-01' } }),
  },
  'policy-budget': {
    'used up by others': async () => {
      platform.budget('990202-health', 1500);
      await accepted(await counter.actWith(signer('fresh-2'), { content: signUpContent({ account: sakuraAccount(2) }) }));
      await accepted(await counter.actWith(signer('fresh-2'), { content: municipalContent() }));
      await accepted(await signUp());
      return municipal();
    },
  },
  'not-eligible': {
    'lives elsewhere': async () => {
      await accepted(await signUp());
      return municipal({
        answers: [
          { question: 'lives-here', answer: 'no' },
          { question: 'had-check', answer: 'yes' },
        ],
      });
    },
  },
  'already-granted': {
    'a second time': async () => {
      await accepted(await signUp());
      await accepted(await municipal());
      return municipal();
    },
  },
  'not-signed-up': {
    'nobody knows the person': () => municipal(),
    'an ID, and no service': async () => {
      await accepted(await fresh());
      return municipal();
    },
  },
};

describe.each(Object.keys(ways) as CardCode[])('%s', (code) => {
  test.each(Object.keys(ways[code]))('%s', async (name) => {
    const make = ways[code][name];
    if (make === undefined) throw new Error(name);
    const act = await make();
    const before = { accepted: platform.summary().accepted, people: platform.people(), links: platform.links() };
    const result = await counter.send(act.item);
    const reference = expect.stringMatching(/^MP-[A-Z2-9]{12}$/);
    const reply = code === 'already-signed-up' ? { reply: expect.any(String) } : {};
    expect(result).toEqual({ outcome: 'refused', id: act.item.id, code, reference, ...reply });
    expect({ accepted: platform.summary().accepted, people: platform.people(), links: platform.links() }).toEqual(before);
    // The same bytes again: the same refusal. Another kiosk's item is refused anew each time, and leaves no trace.
    const again = await counter.send(act.item);
    if (act.item.terminal === 'K-TEST-1') expect(again).toEqual(result);
    else expect(platform.summary().perId[act.item.id]).toBeUndefined();
  });
});

test('a refused signature does not use up the challenge: who cannot sign cannot spend', async () => {
  const forged = await ways['signature-invalid']['another content']?.();
  if (forged === undefined) throw new Error('no forgery');
  expect(await counter.send(forged.item)).toMatchObject({ code: 'signature-invalid' });
  const honest = await fresh({ content: { challenge: forged.payload.content.challenge } });
  expect(await counter.send(honest.item)).toMatchObject({ outcome: 'accepted' });
});

test('an old act keeps the terms and the certificate of its time', async () => {
  const soon = await issueCertificate('auth', await authCa(), {
    notBefore: new Date(clock.now() - DAY),
    notAfter: new Date(clock.now() + HOUR),
  });
  const act = await counter.actWith(soon);
  clock.advance(2 * DAY);
  expect(await counter.send(act.item)).toMatchObject({ outcome: 'accepted' });
  const late = await counter.actWith(soon);
  expect(await counter.send(late.item)).toMatchObject({ code: 'certificate-expired' });
});

describe('no verification, no verdict: the item is to come again', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['the list is over', async () => clock.advance(40 * DAY)],
    ["the list is another CA's", async () => writeFile(join(pki.dir, 'crl.der'), await foreignList())],
    ['the list is garbage', () => writeFile(join(pki.dir, 'crl.der'), 'x')],
    ['there is none', () => rm(join(pki.dir, 'crl.der'))],
  ])('%s', async (_name, spoil) => {
    const act = await fresh();
    await spoil();
    expect(await counter.send(act.item)).toEqual({ outcome: 'retry', id: act.item.id, afterMs: 60_000 });
    expect(platform.summary()).toMatchObject({ accepted: 0, refused: 0, challenges: { used: 0 } });
  });

  const foreignList = async () => issueCrl(await issueCa('auth', around(1000)), [], new Date(clock.now()));
});
