import 'reflect-metadata';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import type { EnrolmentReply } from '../../../main/core/platform-http/wire.ts';
import { writeWhole } from './sealing-key.ts';

/** PEM texts of an HTTPS server that asks every client for a certificate of `ca`. */
export interface TlsFiles {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

export interface Tls {
  readonly files: TlsFiles;
  /** Signs what a kiosk asks for at its enrolment. null: not as it must be. */
  signDevice(csr: string, terminal: string, now: number): Promise<EnrolmentReply | null>;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const YEAR = 365 * 86_400_000;
const { digitalSignature, keyCertSign, cRLSign } = x509.KeyUsageFlags;
const usage = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const;

interface Pair {
  readonly certificate: x509.X509Certificate;
  readonly keys: CryptoKeyPair;
}

const newKeys = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
const serial = (): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(16)))
    .toString('hex')
    .replace(/^./, '4');
const validity = (now: number) => ({ notBefore: new Date(now - 86_400_000), notAfter: new Date(now + YEAR) });

async function makeCa(now: number): Promise<Pair> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: 'CN=Madoguchi sandbox transport CA',
    ...validity(now),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, keys };
}

type Purpose = keyof typeof usage;

async function issue(ca: Pair, name: string, purpose: Purpose, hosts: readonly string[], now: number): Promise<Pair> {
  const keys = await newKeys();
  return { ...(await issueFor(ca, keys.publicKey, name, purpose, hosts, now)), keys };
}

async function issueFor(
  ca: Pair,
  publicKey: CryptoKey,
  name: string,
  purpose: Purpose,
  hosts: readonly string[],
  now: number,
): Promise<Pick<Pair, 'certificate'>> {
  const names = hosts.map((host) => ({ type: /^[\d.]+$|:/.test(host) ? 'ip' : 'dns', value: host }) as const);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${name}`,
    issuer: ca.certificate.subject,
    ...validity(now),
    signingAlgorithm: algorithm,
    publicKey,
    signingKey: ca.keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([usage[purpose]], false),
      ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
      await x509.AuthorityKeyIdentifierExtension.create(ca.keys.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
    ],
  });
  return { certificate };
}

async function keyPem(keys: CryptoKeyPair): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
}

async function write(dir: string, name: string, pair: Pair): Promise<void> {
  await writeFile(join(dir, `${name}.cert.pem`), `${pair.certificate.toString('pem')}\n`);
  await writeFile(join(dir, `${name}.key.pem`), `${await keyPem(pair.keys)}\n`, { mode: 0o600 });
}

/** The CA of this data directory, made at first use. Its key stays, so that a kiosk enrolled yesterday gets in today. */
async function keptCa(dir: string, now: number): Promise<Pair> {
  const read = (name: string) => readFile(join(dir, name), 'utf8').catch(() => null);
  const [kept, key] = [await read('ca.pem'), await read('ca.key.pem')];
  if (kept !== null && key !== null) {
    const certificate = new x509.X509Certificate(kept);
    const privateKey = await crypto.subtle.importKey(
      'pkcs8',
      x509.PemConverter.decode(key)[0] ?? new ArrayBuffer(0),
      algorithm,
      true,
      ['sign'],
    );
    if (certificate.notAfter.getTime() > now)
      return { certificate, keys: { privateKey, publicKey: await certificate.publicKey.export() } };
  }
  const ca = await makeCa(now);
  await writeWhole(join(dir, 'ca.key.pem'), `${await keyPem(ca.keys)}\n`, 0o600);
  await writeWhole(join(dir, 'ca.pem'), `${ca.certificate.toString('pem')}\n`, 0o644);
  return ca;
}

/**
 * A CA of our own, a server certificate, one client certificate for each kiosk (CN = its id), and one for the operator of the
 * sandbox's routes; all but the CA made anew at every start. In `dir`: ca.pem, ca.key.pem, server.*.pem, operator.*.pem,
 * kiosk-ID.cert.pem, kiosk-ID.key.pem.
 * @param host address that the server listens on @param now epoch ms
 */
export async function makeTls(dir: string, host: string, kiosks: readonly string[], now: number): Promise<Tls> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const ca = await keptCa(dir, now);
  const hosts = [...new Set(['localhost', '127.0.0.1', '::1', host])];
  await write(dir, 'server', await issue(ca, 'Madoguchi sandbox platform', 'server', hosts, now));
  // No terminal can be called so: a TerminalId is in capitals.
  await write(dir, 'operator', await issue(ca, 'operator', 'client', [], now));
  for (const kiosk of kiosks) await write(dir, `kiosk-${kiosk}`, await issue(ca, kiosk, 'client', [], now));
  const read = (name: string): Promise<string> => readFile(join(dir, name), 'utf8');
  const files = { ca: await read('ca.pem'), cert: await read('server.cert.pem'), key: await read('server.key.pem') };
  return { files, signDevice: (csr, terminal, at) => signDevice(ca, csr, terminal, at) };
}

/** @returns PEM texts; null: the request is not a P-256 key's own, or names another terminal */
async function signDevice(ca: Pair, csr: string, terminal: string, now: number): Promise<EnrolmentReply | null> {
  let request: x509.Pkcs10CertificateRequest;
  try {
    request = new x509.Pkcs10CertificateRequest(csr);
    if (!(await request.verify()) || request.subject !== `CN=${terminal}`) return null;
    const key = await request.publicKey.export();
    if (JSON.stringify(key.algorithm) !== JSON.stringify({ name: 'ECDSA', namedCurve: 'P-256' })) return null;
    const { certificate } = await issueFor(ca, key, terminal, 'client', [], now);
    return { certificate: `${certificate.toString('pem')}\n`, ca: `${ca.certificate.toString('pem')}\n` };
  } catch {
    return null;
  }
}
