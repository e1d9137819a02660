import 'reflect-metadata';
import { createHash, generateKeyPair, randomBytes, randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import * as x509 from '@peculiar/x509';
import {
  authorityKey,
  authSubject,
  caExtensions,
  caName,
  endEntityExtensions,
  inventedAttributes,
  type Purpose,
  signSubject,
} from './profile.ts';

const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
const generate = promisify(generateKeyPair);

/** A certificate and its private key. */
export interface Issued {
  /** Lower-case hex. */
  readonly serial: string;
  /** X.509 DER. */
  readonly certDer: Buffer;
  /** PKCS#8 DER. */
  readonly key: Buffer;
}

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const importKey = (key: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey('pkcs8', Uint8Array.from(key), algorithm, false, ['sign']);
/** Of a holder's key. */
export type KeyKind = 'rsa2048' | 'rsa4096' | 'p384';
const p384 = { name: 'ECDSA', namedCurve: 'P-384' } as const;
const importPublic = (spki: Uint8Array, kind: KeyKind): Promise<CryptoKey> =>
  crypto.subtle.importKey('spki', Uint8Array.from(spki), kind === 'p384' ? p384 : algorithm, true, ['verify']);
/** Where the bits of the public key begin in an SPKI: behind the algorithm, the lengths and the count of unused bits. */
const BITS_AT: Readonly<Record<KeyKind, number>> = { rsa2048: 24, rsa4096: 24, p384: 23 };
/** RFC 5280 section 4.2.1.2 method 1: SHA-1 of the bits of the public key. */
const keyIdOf = (spki: Uint8Array, kind: KeyKind): Buffer => createHash('sha1').update(spki.subarray(BITS_AT[kind])).digest();

const pairOf = (kind: KeyKind) =>
  kind === 'p384'
    ? generate('ec', { namedCurve: 'P-384' })
    : generate('rsa', { modulusLength: kind === 'rsa4096' ? 4096 : 2048, publicExponent: 0x10001 });

const newKeys = async (kind: KeyKind): Promise<{ key: Buffer; spki: Buffer }> => {
  const { privateKey, publicKey } = await pairOf(kind);
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'der' }),
    spki: publicKey.export({ type: 'spki', format: 'der' }),
  };
};

/**
 * Eight bytes that begin `7E`: longer than J-LIS's 3 to 4 bytes, so never equal to one of theirs, and long enough
 * that a search for it through files finds no accident.
 */
const newSerial = (): string => `7e${randomBytes(7).toString('hex')}`;

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';
const opaque = (length: number): string => Array.from({ length }, () => letters[randomInt(letters.length)]).join('');

/** A self-signed test CA. */
export async function issueCa(purpose: Purpose, validity: Validity): Promise<Issued> {
  const { key, spki } = await newKeys('rsa2048');
  const serial = newSerial();
  const name = caName(purpose);
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serial,
    subject: name,
    issuer: name,
    ...validity,
    signingAlgorithm: algorithm,
    publicKey: await importPublic(spki, 'rsa2048'),
    signingKey: await importKey(key),
    extensions: caExtensions(purpose, keyIdOf(spki, 'rsa2048')),
  });
  return { serial, certDer: Buffer.from(cert.rawData), key };
}

const caKeyId = (ca: Issued): Buffer =>
  keyIdOf(Buffer.from(new x509.X509Certificate(Uint8Array.from(ca.certDer)).publicKey.rawData), 'rsa2048');

/** A holder's certificate with a new key. */
export async function issueCertificate(
  purpose: Purpose,
  ca: Issued,
  validity: Validity,
  kind: KeyKind = 'rsa2048',
): Promise<Issued> {
  const { key, spki } = await newKeys(kind);
  const serial = newSerial();
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serial,
    // 23 characters: opaque, then 00000 where J-LIS writes a municipality code (no municipality has it).
    subject: purpose === 'auth' ? authSubject(`${opaque(14)}00000001A`) : signSubject(`00000000000000${opaque(9)}`),
    issuer: caName(purpose),
    ...validity,
    signingAlgorithm: algorithm,
    publicKey: await importPublic(spki, kind),
    signingKey: await importKey(ca.key),
    extensions: endEntityExtensions(
      purpose,
      { subjectKeyId: keyIdOf(spki, kind), caKeyId: caKeyId(ca), caSerial: ca.serial },
      purpose === 'sign' ? inventedAttributes() : [],
    ),
  });
  return { serial, certDer: Buffer.from(cert.rawData), key };
}

export interface Revocation {
  readonly serial: string;
  readonly at: Date;
  /** `superseded`: renewed; `ended`: the holder's certificate was revoked. */
  readonly reason: 'superseded' | 'ended';
}

const reasons = { superseded: x509.X509CrlReason.superseded, ended: x509.X509CrlReason.cessationOfOperation } as const;

/** The revocation list (DER) of the authentication CA. `thisUpdate` lies two hours back: test clocks may be an hour off. */
export async function issueCrl(ca: Issued, revoked: readonly Revocation[], now: Date): Promise<Buffer> {
  const crl = await x509.X509CrlGenerator.create({
    issuer: caName('auth'),
    thisUpdate: new Date(now.getTime() - 2 * 3_600_000),
    nextUpdate: new Date(now.getTime() + 30 * 86_400_000),
    signingAlgorithm: algorithm,
    signingKey: await importKey(ca.key),
    extensions: [authorityKey('auth', caKeyId(ca), ca.serial)],
    entries: revoked.map(({ serial, at, reason }) => ({ serialNumber: serial, revocationDate: at, reason: reasons[reason] })),
  });
  return Buffer.from(crl.rawData);
}
