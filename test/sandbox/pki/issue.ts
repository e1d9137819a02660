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
  /** PKCS#8 DER, RSA-2048, e = 65537. */
  readonly key: Buffer;
}

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const importKey = (key: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey('pkcs8', Uint8Array.from(key), algorithm, false, ['sign']);
const importPublic = (spki: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey('spki', Uint8Array.from(spki), algorithm, true, ['verify']);
/** RFC 5280 section 4.2.1.2 method 1: SHA-1 of the bits of the public key. In an RSA-2048 SPKI they follow 24 bytes. */
const keyIdOf = (spki: Uint8Array): Buffer => createHash('sha1').update(spki.subarray(24)).digest();

const newKeys = async (): Promise<{ key: Buffer; spki: Buffer }> => {
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: 2048, publicExponent: 0x10001 });
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
  const { key, spki } = await newKeys();
  const serial = newSerial();
  const name = caName(purpose);
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serial,
    subject: name,
    issuer: name,
    ...validity,
    signingAlgorithm: algorithm,
    publicKey: await importPublic(spki),
    signingKey: await importKey(key),
    extensions: caExtensions(purpose, keyIdOf(spki)),
  });
  return { serial, certDer: Buffer.from(cert.rawData), key };
}

const caKeyId = (ca: Issued): Buffer =>
  keyIdOf(Buffer.from(new x509.X509Certificate(Uint8Array.from(ca.certDer)).publicKey.rawData));

/** A holder's certificate with a new key. */
export async function issueCertificate(purpose: Purpose, ca: Issued, validity: Validity): Promise<Issued> {
  const { key, spki } = await newKeys();
  const serial = newSerial();
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serial,
    // 23 characters: opaque, then 00000 where J-LIS writes a municipality code (no municipality has it).
    subject: purpose === 'auth' ? authSubject(`${opaque(14)}00000001A`) : signSubject(`00000000000000${opaque(9)}`),
    issuer: caName(purpose),
    ...validity,
    signingAlgorithm: algorithm,
    publicKey: await importPublic(spki),
    signingKey: await importKey(ca.key),
    extensions: endEntityExtensions(
      purpose,
      { subjectKeyId: keyIdOf(spki), caKeyId: caKeyId(ca), caSerial: ca.serial },
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
