import 'reflect-metadata';
import { createPrivateKey, createPublicKey, sign, verify, X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  copyTestPki,
  ensureTestPki,
  loadTestPki,
  personNames,
  personOf,
  readRenewals,
  renewPerson,
  revoke,
  type TestPki,
} from './index.ts';

let pki: TestPki;
let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'madoguchi-pki-'));
  pki = await ensureTestPki();
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

const crlSerials = (crl: Uint8Array): string[] =>
  new x509.X509Crl(Uint8Array.from(crl)).entries.map((entry) => entry.serialNumber);
const extension = (cert: Uint8Array, id: string): x509.Extension | null =>
  new x509.X509Certificate(Uint8Array.from(cert)).getExtension(id);
const bytesOf = (one: x509.Extension | null): Buffer => (one === null ? Buffer.alloc(0) : Buffer.from(one.value));

describe('profile (SOURCES.md, Card: holder certificates)', () => {
  test('every authentication certificate is of the size seen on a real card, and begins 30 82', () => {
    // Two have keys that no card of today has.
    const others: readonly string[] = ['long-key', 'next-card'];
    const today = pki.persons.filter(({ name }) => !others.includes(name));
    expect(today.map(({ authCertDer }) => authCertDer.length)).toEqual(today.map(() => 1583));
    expect(today).toHaveLength(personNames.length - others.length);
    expect(personOf(pki, 'fresh').authCertDer.subarray(0, 4).toString('hex')).toBe('3082062b');
  });

  test('certificates chain to their CA, and not to the other one', () => {
    const auth = new X509Certificate(pki.caAuthDer);
    const signing = new X509Certificate(pki.caSignDer);
    for (const { authCertDer, signCertDer } of pki.persons) {
      const cert = new X509Certificate(authCertDer);
      expect(cert.checkIssued(auth) && cert.verify(auth.publicKey)).toBe(true);
      expect(cert.verify(signing.publicKey)).toBe(false);
      if (signCertDer !== null) expect(new X509Certificate(signCertDer).verify(signing.publicKey)).toBe(true);
    }
  });

  test('names are marked as test, subjects are opaque and each person is another one', () => {
    const subjects = pki.persons.map(({ authCertDer }) => new X509Certificate(authCertDer).subject);
    for (const subject of subjects) expect(subject).toMatch(/^C=JP\nCN=[A-Z0-9]{23}$/);
    expect(new Set(subjects).size).toBe(personNames.length);
    expect(new X509Certificate(pki.caAuthDer).subject).toContain('O=MADOGUCHI-TEST\n');
    expect(new Set(pki.persons.map(({ authSerial }) => authSerial)).size).toBe(personNames.length);
  });

  test('policies and keyUsage are critical; the CRL distribution point is a directory name', () => {
    const { authCertDer, signCertDer } = personOf(pki, 'fresh');
    if (signCertDer === null) throw new Error('fresh has no signature certificate');
    expect(extension(authCertDer, '2.5.29.15')).toMatchObject({ critical: true });
    expect(bytesOf(extension(signCertDer, '2.5.29.15')).toString('hex')).toBe('030206c0');
    for (const [der, policy] of [
      [authCertDer, '1.2.392.200149.8.5.1.3.30'],
      [signCertDer, '1.2.392.200149.8.5.1.1.20'],
    ] as const) {
      const policies = new x509.X509Certificate(Uint8Array.from(der)).getExtension(x509.CertificatePolicyExtension);
      expect([policies?.critical, policies?.policies]).toEqual([true, [policy]]);
    }
    expect(bytesOf(extension(authCertDer, '2.5.29.31')).includes('CRL Distribution Points')).toBe(true);
  });

  test('certificates end at 23:59:59 Japan time', () => {
    for (const { authCertDer } of pki.persons)
      expect(new X509Certificate(authCertDer).validToDate.toISOString()).toMatch(/T14:59:59\.000Z$/);
  });

  test('the private key belongs to the certificate', () => {
    for (const { authCertDer, authKey } of pki.persons) {
      const signature = sign('sha256', Buffer.from('x'), createPrivateKey({ key: authKey, format: 'der', type: 'pkcs8' }));
      expect(verify('sha256', Buffer.from('x'), new X509Certificate(authCertDer).publicKey, signature)).toBe(true);
    }
  });
});

describe('people', () => {
  const days = (name: (typeof personNames)[number], edge: 'validFromDate' | 'validToDate'): number =>
    (new X509Certificate(personOf(pki, name).authCertDer)[edge].getTime() - Date.now()) / 86_400_000;

  test('dates tell the states apart', () => {
    expect(days('expired', 'validToDate')).toBeLessThan(0);
    expect(days('expiring-soon', 'validToDate')).toBeGreaterThan(0);
    expect(days('expiring-soon', 'validToDate')).toBeLessThan(88);
    expect(days('fresh', 'validToDate')).toBeGreaterThan(365);
    expect(days('renewed-today', 'validFromDate')).toBeGreaterThan(-1);
    expect(days('fresh', 'validFromDate')).toBeLessThan(-2);
  });

  test('a child has no signature certificate', () => {
    expect(personOf(pki, 'child').signCertDer).toBeNull();
    expect(personOf(pki, 'fresh').signCertDer).not.toBeNull();
  });

  test('the list holds the revoked person and the superseded certificate, and verifies under the CA', async () => {
    const renewed = personOf(pki, 'renewed-today');
    const [old] = renewed.previousAuth;
    expect(crlSerials(pki.crlDer).toSorted()).toEqual([personOf(pki, 'revoked').authSerial, old?.serial].toSorted());
    expect(pki.renewals).toEqual({ [old?.serial ?? '']: renewed.authSerial });
    const crl = new x509.X509Crl(Uint8Array.from(pki.crlDer));
    const spki = createPublicKey(new X509Certificate(pki.caAuthDer).publicKey.export({ type: 'spki', format: 'pem' }));
    const key = await crypto.subtle.importKey(
      'spki',
      Uint8Array.from(spki.export({ type: 'spki', format: 'der' })),
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
      true,
      ['verify'],
    );
    expect(await crl.verify({ publicKey: key })).toBe(true);
  });
});

describe('life of a directory', () => {
  test('asked again, it answers the same PKI; asked by several at once, it is made once', async () => {
    const dir = join(scratch, 'many');
    const made = await Promise.all([1, 2, 3].map(() => ensureTestPki(dir)));
    expect(new Set(made.map(({ caAuthDer }) => caAuthDer.toString('hex'))).size).toBe(1);
    expect((await ensureTestPki(dir)).caAuthDer.equals(made[0]?.caAuthDer ?? Buffer.alloc(0))).toBe(true);
    expect((await readdir(scratch)).filter((name) => name.startsWith('many'))).toEqual(['many']);
  });

  test('a damaged manifest, or one of a month ago, is replaced', async () => {
    const dir = join(scratch, 'damaged');
    const before = await copyTestPki(pki, dir);
    await writeFile(join(dir, 'manifest.json'), '{"v":1');
    const after = await ensureTestPki(dir);
    expect(after.caAuthDer.equals(before.caAuthDer)).toBe(false);
    const later = await ensureTestPki(dir, new Date(Date.now() + 31 * 86_400_000));
    expect(later.caAuthDer.equals(after.caAuthDer)).toBe(false);
  });

  test('a day later "renewed today" was renewed today again, with the chain kept, and the list is new', async () => {
    const dir = join(scratch, 'tomorrow');
    await copyTestPki(pki, dir);
    const tomorrow = new Date(Date.now() + 86_400_000);
    const later = await ensureTestPki(dir, tomorrow);
    const person = personOf(later, 'renewed-today');
    expect(new X509Certificate(person.authCertDer).validFromDate.getTime()).toBeGreaterThan(tomorrow.getTime() - 4 * 3_600_000);
    expect(person.previousAuth.map(({ serial }) => later.renewals[serial])).toEqual([
      person.previousAuth[1]?.serial,
      person.authSerial,
    ]);
    expect(personOf(later, 'fresh').authSerial).toBe(personOf(pki, 'fresh').authSerial);
    expect(later.crlDer.equals(pki.crlDer)).toBe(false);
  });

  test('a renewal gives a new key and serial, supersedes the old certificate and is told to verifiers', async () => {
    const dir = join(scratch, 'renewal');
    await copyTestPki(pki, dir);
    const old = personOf(pki, 'fresh');
    const after = await renewPerson(dir, 'fresh');
    const fresh = personOf(after, 'fresh');
    expect(fresh.authSerial).not.toBe(old.authSerial);
    expect(fresh.authKey.equals(old.authKey)).toBe(false);
    expect(fresh.pin).toBe(old.pin);
    expect(await readRenewals(dir)).toMatchObject({ [old.authSerial]: fresh.authSerial });
    expect(crlSerials(after.crlDer)).toContain(old.authSerial);
    expect(new X509Certificate(fresh.authCertDer).verify(new X509Certificate(after.caAuthDer).publicKey)).toBe(true);
    expect(personOf(await loadTestPki(dir), 'fresh').authSerial).toBe(fresh.authSerial);
  });

  test('revoke puts a serial on the list, once', async () => {
    const dir = join(scratch, 'revocation');
    await copyTestPki(pki, dir);
    const { authSerial } = personOf(pki, 'child');
    await revoke(dir, authSerial);
    const after = await revoke(dir, authSerial);
    expect(crlSerials(after.crlDer).filter((serial) => serial === authSerial)).toEqual([authSerial]);
  });

  test('keys are readable by the owner only, and nothing lies in a tracked folder', async () => {
    const keys = (await readdir(pki.dir)).filter((name) => name.endsWith('.key'));
    expect(keys.length).toBeGreaterThan(20);
    for (const key of keys) expect((await stat(join(pki.dir, key))).mode & 0o077).toBe(0);
    expect(await readFile(join(pki.dir, '../../../.gitignore'), 'utf8')).toContain('.cache/');
  });
});
