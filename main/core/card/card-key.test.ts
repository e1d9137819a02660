import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { ensureTestPki, personOf, type TestPki } from '../../../test/sandbox/pki/index.ts';
import { cardKey, RSA_2048, signatureFits } from './card-key.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await ensureTestPki();
});
const TEXT = '{"v":1,"what":"the signed text"}';
const keyOf = (person: 'fresh' | 'fresh-2' | 'long-key' | 'next-card') => {
  const { authKey, authCertDer } = personOf(pki, person);
  return { certificate: authCertDer, key: createPrivateKey({ key: authKey, format: 'der', type: 'pkcs8' }) };
};
const signed = (person: Parameters<typeof keyOf>[0], hash = 'sha256', text = TEXT) =>
  sign(hash, Buffer.from(text), { key: keyOf(person).key, dsaEncoding: 'ieee-p1363' });

test.each([
  ['fresh', 'sha256', 256],
  ['long-key', 'sha256', 512],
  ['next-card', 'sha384', 96],
] as const)('%s: kind, length and fit by what the certificate says', (person, hash, signatureBytes) => {
  const { certificate } = keyOf(person);
  expect(cardKey(new X509Certificate(certificate).publicKey)).toMatchObject({ hash, signatureBytes });
  expect(signatureFits(TEXT, signed(person, hash), certificate)).toBe(true);
  expect(signatureFits(`${TEXT} `, signed(person, hash), certificate)).toBe(false);
});

// C5
test('256 bytes of 07, nothing, half, somebody else’s, another hash', () => {
  const { certificate } = keyOf('fresh');
  const bytes = RSA_2048.signatureBytes;
  for (const signature of [
    new Uint8Array(bytes).fill(7),
    new Uint8Array(0),
    signed('fresh').subarray(0, 128),
    Buffer.concat([signed('fresh'), Buffer.of(0)]),
    signed('fresh-2'),
    signed('fresh', 'sha1'),
    signed('fresh', 'sha384'),
  ])
    expect(signatureFits(TEXT, signature, certificate)).toBe(false);
});

test('a certificate with one byte altered in its key, or that is none: a result, never an exception', () => {
  const { certificate } = keyOf('fresh');
  const signature = signed('fresh');
  const { publicKey } = new X509Certificate(certificate);
  const modulus = Buffer.from(publicKey.export({ format: 'jwk' }).n ?? '', 'base64url');
  const at = certificate.indexOf(modulus);
  expect(at).toBeGreaterThan(0);
  for (const place of [at, at + 100, at + 255]) {
    const altered = Buffer.from(certificate);
    altered[place] = (altered[place] ?? 0) ^ 0x10;
    expect(signatureFits(TEXT, signature, altered)).toBe(false);
  }
  for (const none of [new Uint8Array(0), certificate.subarray(0, 300), Buffer.alloc(900, 0x30)])
    expect(signatureFits(TEXT, signature, none)).toBe(false);
});
