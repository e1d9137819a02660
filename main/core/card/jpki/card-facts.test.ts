import 'reflect-metadata';
import { generateKeyPairSync } from 'node:crypto';
import { X509CertificateGenerator } from '@peculiar/x509';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureTestPki, personOf } from '../../../../test/sandbox/pki/index.ts';
import { runs } from '../../../../test/support/runs.ts';
import type { CardChannel } from '../../ports.ts';
import { RSA_2048 } from '../card-key.ts';
import { cardFacts } from './card-facts.ts';
import { readCard } from './read-card.ts';

const NOT_BEFORE = Date.parse('2025-10-27T01:37:00Z');
/** The end of 17 February 2030 in Japan, as the observed test card has it (SOURCES.md, Card: validity). */
const NOT_AFTER = Date.parse('2030-02-17T14:59:59Z');

type Alg = RsaHashedKeyGenParams | EcKeyGenParams;
const rsa = (modulusLength: number): RsaHashedKeyGenParams => ({
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength,
  publicExponent: Uint8Array.of(1, 0, 1),
});

async function certificate(alg: Alg, notBefore = NOT_BEFORE, notAfter = NOT_AFTER): Promise<Uint8Array> {
  const keys = (await crypto.subtle.generateKey(alg, true, ['sign', 'verify'])) as CryptoKeyPair;
  const made = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=nobody',
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
    keys,
    signingAlgorithm: 'modulusLength' in alg ? alg : { name: 'ECDSA', hash: 'SHA-256' },
  });
  return new Uint8Array(made.rawData);
}

let der: Uint8Array;
beforeAll(async () => {
  der = await certificate(rsa(2048));
});

const at = (instant: string | number) => cardFacts(der, 3, typeof instant === 'string' ? Date.parse(instant) : instant);
const validity = (instant: string | number) => {
  const facts = at(instant);
  return facts.ok ? facts.value.facts.validity : facts.error.code;
};

describe('validity', () => {
  test.each([
    [NOT_BEFORE - 1, 'future'],
    [NOT_BEFORE, 'valid'],
    ['2029-11-17T14:59:58Z', 'valid'],
    ['2029-11-17T14:59:59Z', 'expiring'],
    [NOT_AFTER, 'expiring'],
    [NOT_AFTER + 1, 'expired'],
  ])('at %s: %s', (instant, expected) => {
    expect(validity(instant)).toBe(expected);
  });

  test('three months before the end of May is the end of February', async () => {
    const may = await certificate(rsa(2048), NOT_BEFORE, Date.parse('2030-05-31T14:59:59Z'));
    const seen = ['2030-02-28T14:59:58Z', '2030-02-28T14:59:59Z'].map((instant) => cardFacts(may, 3, Date.parse(instant)));
    expect(seen.map((facts) => facts.ok && facts.value.facts.validity)).toEqual(['valid', 'expiring']);
  });
});

test('recently issued: from the first instant to 48 hours', () => {
  const hours = (h: number) => {
    const facts = at(NOT_BEFORE + h * 3_600_000);
    return facts.ok && facts.value.facts.recentlyIssued;
  };
  expect([-1, 0, 47.99, 48].map(hours)).toEqual([false, true, true, false]);
});

test('dates leave as instants, and nothing else of the certificate leaves', () => {
  expect(at(NOT_BEFORE)).toEqual({
    ok: true,
    value: {
      facts: {
        triesLeft: 3,
        notBefore: '2025-10-27T01:37:00.000Z',
        notAfter: '2030-02-17T14:59:59.000Z',
        validity: 'valid',
        recentlyIssued: true,
        renewal: null,
      },
      key: RSA_2048,
    },
  });
});

// C8
describe('keys of other cards: by what the certificate says', () => {
  const keyOf = async (alg: Alg, provisional: boolean) => {
    const known = cardFacts(await certificate(alg), 3, NOT_BEFORE, provisional);
    return known.ok ? known.value.key : known.error;
  };
  const ec = (namedCurve: string): Alg => ({ name: 'ECDSA', namedCurve });
  test.each([
    [3072, 384],
    [4096, 512],
  ])('RSA-%i: a signature of %i bytes', async (bits, signatureBytes) => {
    expect(await keyOf(rsa(bits), false)).toEqual({ kind: 'rsa', hash: 'sha256', signatureBytes });
  });
  test('P-384: newer than this program, but with the provisional switch', async () => {
    expect(await keyOf(ec('P-384'), false)).toEqual({ code: 'newer-card' });
    expect(await keyOf(ec('P-384'), true)).toEqual({ kind: 'p384', hash: 'sha384', signatureBytes: 96 });
  });
  test.each([ec('P-256'), ec('P-521'), rsa(5120)])('%o: newer than this program, with the switch too', async (alg) => {
    expect(await keyOf(alg, true)).toEqual({ code: 'newer-card' });
  });
});

describe('a key of which not even the name is known', () => {
  /** With the last byte of an object identifier changed to one that nobody has given out. */
  const renamed = (bytes: Uint8Array, identifier: string) => {
    const at = Buffer.from(bytes).indexOf(Buffer.from(identifier, 'hex'));
    expect(at).toBeGreaterThan(0);
    const other = Uint8Array.from(bytes);
    other[at + identifier.length / 2 - 1] = 0x63;
    return other;
  };
  const P_384: Alg = { name: 'ECDSA', namedCurve: 'P-384' };
  test('another algorithm, another curve: newer than this program', async () => {
    const newer = { ok: false, error: { code: 'newer-card' } };
    expect(cardFacts(renamed(der, '2a864886f70d010101'), 3, NOT_BEFORE)).toEqual(newer);
    expect(cardFacts(renamed(await certificate(P_384), '2b81040022'), 3, NOT_BEFORE)).toEqual(newer);
  });
  test('a known one that is damaged: unreadable', async () => {
    const unreadable = { ok: false, error: { code: 'certificate-unreadable' } };
    const modulus = Buffer.from(der).indexOf(Buffer.from('2a864886f70d010101', 'hex')) + 9 + 2 + 5;
    expect(cardFacts(der.with(modulus, 0x99), 3, NOT_BEFORE)).toEqual(unreadable);
    const ec = await certificate(P_384);
    const point = Buffer.from(ec).indexOf(Buffer.from('2b81040022', 'hex')) + 5 + 12;
    expect(cardFacts(ec.with(point, (ec[point] ?? 0) ^ 1), 3, NOT_BEFORE, true)).toEqual(unreadable);
  });
});

describe('unreadable', () => {
  const unreadable = { ok: false, error: { code: 'certificate-unreadable' } };
  test('a key shorter than any card has had', async () => {
    expect(cardFacts(await certificate(rsa(1024)), 3, NOT_BEFORE)).toEqual(unreadable);
  });

  test('a key is no certificate', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(cardFacts(publicKey.export({ type: 'spki', format: 'der' }), 3, NOT_BEFORE)).toEqual(unreadable);
  });

  test('cut or changed anywhere: a result, never an exception', () => {
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(255), fc.nat(der.length), (place, value, length) => {
        const broken = der.slice(0, length);
        if (place < length) broken[place] = value;
        const facts = cardFacts(broken, 3, NOT_BEFORE);
        expect(facts.ok || ['certificate-unreadable', 'newer-card'].includes(facts.error.code)).toBe(true);
      }),
      { numRuns: runs(1000) },
    );
  });
});

test('a card that answers anything at all: a result, never an exception', async () => {
  const real = personOf(await ensureTestPki(), 'fresh').authCertDer;
  const sw = fc.constantFrom('9000', '6120', '6100', '6C20', '6C00', '63C3', '6A82', '6982', '6F00', '6700', '');
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.constant(new Uint8Array(Buffer.from('JPKIAPICCTOKEN2'.padEnd(32)))),
    fc.constant(new Uint8Array(real)),
    fc.constant(Uint8Array.of(0x30, 0x82, 0x01, 0x10)),
  );
  const answer = fc.tuple(body, sw).map(([data, status]) => Uint8Array.from([...data, ...Buffer.from(status, 'hex')]));
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 12 }), fc.boolean(), async (answers, extended) => {
      let turn = 0;
      const channel: CardChannel = {
        session: 1,
        transmit: async () => ({ ok: true, value: answers[turn++ % answers.length] ?? new Uint8Array() }),
        close: async () => {},
      };
      const result = await readCard(channel, { extended: extended ? 'auto' : 'never', now: NOT_BEFORE });
      expect(result.ok || result.error.code.length > 0).toBe(true);
      expect(turn).toBeLessThan(200);
    }),
    { numRuns: runs(2000) },
  );
});
