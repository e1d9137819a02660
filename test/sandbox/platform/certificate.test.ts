import 'reflect-metadata';
import { randomBytes, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureTestPki, type TestPki } from '../pki/index.ts';
import type { Issued } from '../pki/issue.ts';
import { readIssued } from '../pki/load.ts';
import { readManifest } from '../pki/manifest.ts';
import { authorityKey, authSubject, caName, policyOid } from '../pki/profile.ts';
import { readHolder } from './certificate.ts';
import { serialOfProfile } from './certificate-profile.ts';

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
let pki: TestPki;
let ca: Issued;
let caCertificate: X509Certificate;
let keys: CryptoKeyPair;
beforeAll(async () => {
  pki = await ensureTestPki();
  const manifest = await readManifest(pki.dir);
  if (manifest === null) throw new Error('no test PKI');
  ca = await readIssued(pki.dir, manifest.ca.auth);
  caCertificate = new X509Certificate(ca.certDer);
  keys = await crypto.subtle.generateKey({ ...RSA, modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }, true, [
    'sign',
    'verify',
  ]);
});

/** A whole library of X.509, as the second opinion. */
const { digitalSignature, nonRepudiation, keyCertSign } = x509.KeyUsageFlags;
function secondOpinion(der: Buffer): boolean {
  const certificate = new x509.X509Certificate(Uint8Array.from(der));
  const policies = certificate.getExtension(x509.CertificatePolicyExtension);
  const known = ['2.5.29.15', '2.5.29.32', '2.5.29.19'];
  return (
    certificate.extensions.every(({ critical, type }) => !critical || known.includes(type)) &&
    certificate.getExtension(x509.KeyUsagesExtension)?.usages === digitalSignature &&
    policies?.critical === true &&
    policies.policies.includes(policyOid.auth) &&
    certificate.getExtension(x509.BasicConstraintsExtension)?.ca !== true &&
    certificate.signatureAlgorithm.name === RSA.name &&
    certificate.signatureAlgorithm.hash.name === RSA.hash
  );
}

async function issue(
  extensions: x509.Extension[],
  hash = 'SHA-256',
  serial = `7e${randomBytes(7).toString('hex')}`,
): Promise<Buffer> {
  const algorithm = { ...RSA, hash };
  const signingKey = await crypto.subtle.importKey('pkcs8', Uint8Array.from(ca.key), algorithm, false, ['sign']);
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: serial,
    subject: authSubject('TEST0000000000000000001A'),
    issuer: caName('auth'),
    notBefore: new Date('2026-01-02T03:04:05Z'),
    notAfter: new Date('2055-06-07T08:09:10Z'),
    signingAlgorithm: algorithm,
    signingKey,
    publicKey: keys.publicKey,
    extensions,
  });
  return Buffer.from(made.rawData);
}

const usage = (flags: number, critical = true) => new x509.KeyUsagesExtension(flags, critical);
const policy = (ids: string[], critical = true) => new x509.CertificatePolicyExtension(ids, critical);
const good = () => [usage(digitalSignature), policy([policyOid.auth])];

describe('profiles, each by our reader and by a whole library', () => {
  test.each<[string, boolean, () => x509.Extension[], boolean?]>([
    ['as it must be', true, good],
    ['a second policy', true, () => [usage(digitalSignature), policy(['1.2.3.4', policyOid.auth])]],
    ['the key identifier of another CA', false, () => [...good(), authorityKey('auth', Buffer.alloc(20), '01')], true],
    ['no CA, said so', true, () => [...good(), new x509.BasicConstraintsExtension(false, undefined, true)]],
    ['a CA', false, () => [...good(), new x509.BasicConstraintsExtension(true, 1, true)]],
    ['for signatures', false, () => [usage(digitalSignature), policy([policyOid.sign])]],
    ['policy not critical', false, () => [usage(digitalSignature), policy([policyOid.auth], false)]],
    ['no policy', false, () => [usage(digitalSignature)]],
    ['no key usage', false, () => [policy([policyOid.auth])]],
    ['another usage', false, () => [usage(nonRepudiation), policy([policyOid.auth])]],
    ['one usage more', false, () => [usage(digitalSignature | nonRepudiation), policy([policyOid.auth])]],
    ['may sign certificates too', false, () => [usage(digitalSignature | keyCertSign), policy([policyOid.auth])]],
    ['an unknown critical extension', false, () => [...good(), new x509.Extension('1.2.3.4.5', true, Uint8Array.of(5, 0))]],
    ['an unknown one that is not', true, () => [...good(), new x509.Extension('1.2.3.4.5', false, Uint8Array.of(5, 0))]],
    ['no extension at all', false, () => []],
  ])('%s: %s', async (_name, fits, extensions, ofProfile = fits) => {
    const der = await issue(extensions());
    expect(secondOpinion(der)).toBe(ofProfile);
    expect(serialOfProfile(der) !== null).toBe(ofProfile);
    expect(readHolder(der, caCertificate) !== null).toBe(fits);
  });

  test('another hash', async () => {
    expect(readHolder(await issue(good(), 'SHA-384'), caCertificate)).toBe(null);
  });

  test('an extension that stands there twice', async () => {
    expect(readHolder(await issue([...good(), ...good()]), caCertificate)).toBe(null);
  });
});

test('serial and dates are those that a whole library reads, a leading zero included', async () => {
  const dated = [await issue(good()), await issue(good(), 'SHA-256', '00ff01'), await issue(good(), 'SHA-256', '01')];
  for (const der of [...dated, ...pki.persons.map(({ authCertDer }) => authCertDer)]) {
    const library = new x509.X509Certificate(Uint8Array.from(der));
    expect(readHolder(der, caCertificate)).toMatchObject({
      serial: library.serialNumber.toLowerCase(),
      notBefore: library.notBefore.getTime(),
      notAfter: library.notAfter.getTime(),
    });
  }
});

test('any one byte changed: never a throw, and nothing is taken that its CA did not sign', () => {
  const [person] = pki.persons;
  if (person === undefined) throw new Error('nobody');
  const der = person.authCertDer;
  for (let at = 0; at < der.length; at++) {
    for (const bit of [0x01, 0x80]) {
      const bad = Buffer.from(der);
      bad[at] = (bad[at] ?? 0) ^ bit;
      expect(readHolder(bad, caCertificate)).toBe(null);
      // The reader alone, without OpenSSL before it: some bytes do not matter to it, none make it throw.
      serialOfProfile(bad);
    }
    serialOfProfile(der.subarray(0, at));
  }
});

test('another CA of the same name', async () => {
  const other = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: caName('auth').toString(),
    signingAlgorithm: RSA,
    keys,
  });
  expect(readHolder(await issue(good()), new X509Certificate(Buffer.from(other.rawData)))).toBe(null);
});
