import 'reflect-metadata';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

/** PEM texts of an HTTPS server that asks every client for a certificate of `ca`. */
export interface TlsFiles {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
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

async function issue(ca: Pair, name: string, purpose: keyof typeof usage, hosts: readonly string[], now: number): Promise<Pair> {
  const keys = await newKeys();
  const names = hosts.map((host) => ({ type: /^[\d.]+$|:/.test(host) ? 'ip' : 'dns', value: host }) as const);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: `CN=${name}`,
    issuer: ca.certificate.subject,
    ...validity(now),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: ca.keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([usage[purpose]], false),
      ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
      await x509.AuthorityKeyIdentifierExtension.create(ca.keys.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, keys };
}

async function keyPem(keys: CryptoKeyPair): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
}

async function write(dir: string, name: string, pair: Pair): Promise<void> {
  await writeFile(join(dir, `${name}.cert.pem`), `${pair.certificate.toString('pem')}\n`);
  await writeFile(join(dir, `${name}.key.pem`), `${await keyPem(pair.keys)}\n`, { mode: 0o600 });
}

/**
 * A CA of our own, a server certificate, and one client certificate for each kiosk (CN = its id), made anew at every start:
 * the CA's key is thrown away, so nobody can make more. In `dir`: ca.pem, server.*.pem, kiosk-ID.cert.pem, kiosk-ID.key.pem.
 * @param host address that the server listens on @param now epoch ms
 */
export async function makeTls(dir: string, host: string, kiosks: readonly string[], now: number): Promise<TlsFiles> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const ca = await makeCa(now);
  const hosts = [...new Set(['localhost', '127.0.0.1', '::1', host])];
  await write(dir, 'server', await issue(ca, 'Madoguchi sandbox platform', 'server', hosts, now));
  for (const kiosk of kiosks) await write(dir, `kiosk-${kiosk}`, await issue(ca, kiosk, 'client', [], now));
  await writeFile(join(dir, 'ca.pem'), `${ca.certificate.toString('pem')}\n`);
  const read = (name: string): Promise<string> => readFile(join(dir, name), 'utf8');
  return { ca: await read('ca.pem'), cert: await read('server.cert.pem'), key: await read('server.key.pem') };
}
