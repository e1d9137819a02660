import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { der, ia5, namedBits, octets, oid, sequence, utf8 } from './der.ts';

/**
 * Names and extensions of the test JPKI: the shape of SOURCES.md, Card: holder certificates, with `O=MADOGUCHI-TEST` so that
 * nothing made here can be mistaken for J-LIS's (`JPKI`) or its test hierarchy (`JPKI-TEST`).
 */
export type Purpose = 'auth' | 'sign';

export const TEST_ORGANISATION = 'MADOGUCHI-TEST';
/** SOURCES.md, Card: holder certificates. Authentication: one source; signature: two. */
export const policyOid: Record<Purpose, string> = {
  auth: '1.2.392.200149.8.5.1.3.30',
  sign: '1.2.392.200149.8.5.1.1.20',
};
const usageUnit: Record<Purpose, string> = {
  auth: 'MADOGUCHI-TEST for user authentication',
  sign: 'MADOGUCHI-TEST for digital signature',
};
const CPS_URI = 'http://madoguchi-test.invalid/certification-practice/testing/cps.html';

type Rdn = readonly [type: string, value: string];
/** C is a PrintableString, everything else a UTF8String (SOURCES.md, Card: holder certificates). */
const nameOf = (...rdns: readonly Rdn[]): x509.Name =>
  new x509.Name(rdns.map(([type, value]) => ({ [type]: [type === 'C' ? { printableString: value } : { utf8String: value }] })));
const derOf = (name: x509.Name): Buffer => Buffer.from(name.toArrayBuffer());

export const caName = (purpose: Purpose): x509.Name =>
  nameOf(
    ['C', 'JP'],
    ['O', TEST_ORGANISATION],
    ['OU', usageUnit[purpose]],
    ['OU', 'Madoguchi Test Agency for Local Authority Information Systems'],
  );

/** @param commonName the opaque 23 characters; no name, no address (SOURCES.md, Card: holder certificates) */
export const authSubject = (commonName: string): x509.Name => nameOf(['C', 'JP'], ['CN', commonName]);

/** @param commonName a timestamp-like id */
export const signSubject = (commonName: string): x509.Name =>
  nameOf(['C', 'JP'], ['L', 'Test-ken'], ['L', 'Madoguchi-shi'], ['CN', commonName]);

const extension = (id: string, critical: boolean, value: Uint8Array): x509.Extension =>
  new x509.Extension(id, critical, Uint8Array.from(value));
const directoryName = (name: x509.Name): Buffer => der(0xa4, derOf(name));
const distributionPoint = (name: x509.Name): x509.Extension =>
  extension('2.5.29.31', false, sequence(sequence(der(0xa0, der(0xa0, directoryName(name))))));
const serviceName = nameOf(['C', 'JP'], ['O', '公的個人認証サービス(窓口テスト用・本物ではない)']);

/** keyUsage bits: 0 digitalSignature, 1 nonRepudiation, 5 keyCertSign, 6 cRLSign. */
const keyUsage = (...bits: readonly number[]): x509.Extension => extension('2.5.29.15', true, namedBits(...bits));

/** Extensions of the self-signed CAs (SOURCES.md, Card: CA certificates). @param keyId SHA-1 of the public key, 20 bytes */
export const caExtensions = (purpose: Purpose, keyId: Uint8Array): x509.Extension[] => [
  keyUsage(5, 6),
  extension('2.5.29.17', false, sequence(directoryName(serviceName))),
  new x509.BasicConstraintsExtension(true, undefined, true),
  distributionPoint(caName(purpose)),
  extension('2.5.29.14', false, octets(keyId)),
];

/** What identifies the issuer's key: its key id, its name and its own serial. */
export const authorityKey = (purpose: Purpose, keyId: Uint8Array, caSerial: string): x509.Extension =>
  extension(
    '2.5.29.35',
    false,
    sequence(der(0x80, keyId), der(0xa1, directoryName(caName(purpose))), der(0x82, Buffer.from(caSerial, 'hex'))),
  );

export interface EndEntityKeys {
  /** SHA-1 of the holder's public key, 20 bytes. */
  readonly subjectKeyId: Uint8Array;
  readonly caKeyId: Uint8Array;
  /** Hex. */
  readonly caSerial: string;
}

/**
 * Extensions of a holder's certificate (SOURCES.md, Card: holder certificates). The keyUsage of the authentication certificate
 * is not
 * established there: `digitalSignature` is our assumption. The size comes out at the 1,583 bytes seen on a real card.
 */
export const endEntityExtensions = (
  purpose: Purpose,
  keys: EndEntityKeys,
  attributes: readonly Uint8Array[] = [],
): x509.Extension[] => [
  purpose === 'auth' ? keyUsage(0) : keyUsage(0, 1),
  extension(
    '2.5.29.32',
    true,
    sequence(sequence(oid(policyOid[purpose]), sequence(sequence(oid('1.3.6.1.5.5.7.2.1'), ia5(CPS_URI))))),
  ),
  ...(attributes.length === 0 ? [] : [extension('2.5.29.17', false, sequence(...attributes))]),
  extension('2.5.29.18', false, sequence(directoryName(serviceName))),
  distributionPoint(
    nameOf(
      ['C', 'JP'],
      ['O', TEST_ORGANISATION],
      ['OU', usageUnit[purpose]],
      ['OU', 'CRL Distribution Points'],
      ['OU', 'Test-ken'],
      ['CN', 'Madoguchi-shi Kakuu-cho (there is no such place) Test CRLDP'],
    ),
  ),
  authorityKey(purpose, keys.caKeyId, keys.caSerial),
  extension('2.5.29.14', false, octets(keys.subjectKeyId)),
];

/** One otherName of the signature certificate; `arc` 1 to 6 of 1.2.392.200149.8.5.5 (SOURCES.md, Card: holder certificates). */
const attribute = (arc: number, text: string): Buffer => der(0xa0, oid(`1.2.392.200149.8.5.5.${arc}`), der(0xa0, utf8(text)));

/** The six attributes of an invented holder, in the order seen: 1, 4, 3, 5, 2, 6. */
export const inventedAttributes = (): Buffer[] => [
  attribute(1, '試験　太郎'),
  attribute(4, '419900101'),
  attribute(3, '1'),
  attribute(5, '試験県窓口市架空町0丁目0番0号'),
  attribute(2, '00000'),
  attribute(6, '000000000000000'),
];
