import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { serialOfProfile } from './certificate-profile.ts';

/** What the platform takes from a certificate that the CA issued for user authentication. Instants in epoch ms. */
export interface Holder {
  readonly publicKey: KeyObject;
  /** Lower-case hex. */
  readonly serial: string;
  readonly notBefore: number;
  readonly notAfter: number;
}

/** RSA from 2048 bits, as every card has it, or P-384, as the next one is said to have it. */
const isStrong = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean =>
  asymmetricKeyType === 'rsa'
    ? (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048
    : asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'secp384r1';

/**
 * Chain and profile (SOURCES.md, Card: holder certificates), without dates and revocation: those depend on the time of the act.
 * @param der X.509 DER, nothing before or after @param ca the authentication CA @returns null when it is no such certificate
 */
export function readHolder(der: Uint8Array, ca: X509Certificate): Holder | null {
  try {
    const certificate = new X509Certificate(der);
    const { raw, publicKey, validFromDate, validToDate } = certificate;
    if (!raw.equals(der) || !certificate.checkIssued(ca) || !certificate.verify(ca.publicKey)) return null;
    const serial = serialOfProfile(raw);
    if (serial === null || !isStrong(publicKey)) return null;
    return { publicKey, serial, notBefore: validFromDate.getTime(), notAfter: validToDate.getTime() };
  } catch {
    return null;
  }
}

/**
 * The key of a certificate in the platform's person table: SHA-256 over the issuer's name and the serial, hex.
 * It keeps numbers out of sight; it is no secret, because serials are short.
 */
export function certificateKey(ca: X509Certificate, serial: string): string {
  return createHash('sha256').update(`${ca.subject}\n${serial}`, 'utf8').digest('hex');
}
