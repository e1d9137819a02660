import 'reflect-metadata';
import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { policyOid } from '../pki/profile.ts';

/** What the platform takes from a certificate that the CA issued for user authentication. Instants in epoch ms. */
export interface Holder {
  readonly publicKey: KeyObject;
  /** Lower-case hex. */
  readonly serial: string;
  readonly notBefore: number;
  readonly notAfter: number;
}

const OID = { keyUsage: '2.5.29.15', policies: '2.5.29.32', basicConstraints: '2.5.29.19' } as const;
const { digitalSignature } = x509.KeyUsageFlags;

/** Key usage is digitalSignature and nothing else, policy is that of user authentication, and the holder is no CA. */
function hasProfile(certificate: x509.X509Certificate): boolean {
  const usage = certificate.getExtension(x509.KeyUsagesExtension);
  const policies = certificate.getExtension(x509.CertificatePolicyExtension);
  const basic = certificate.getExtension(x509.BasicConstraintsExtension);
  const known: readonly string[] = Object.values(OID);
  return (
    certificate.extensions.every(({ critical, type }) => !critical || known.includes(type)) &&
    usage?.usages === digitalSignature &&
    policies?.critical === true &&
    policies.policies.includes(policyOid.auth) &&
    basic?.ca !== true
  );
}

function isRsa2048Sha256(certificate: x509.X509Certificate, key: KeyObject): boolean {
  const { name, hash } = certificate.signatureAlgorithm;
  const bits = key.asymmetricKeyType === 'rsa' ? (key.asymmetricKeyDetails?.modulusLength ?? 0) : 0;
  return name === 'RSASSA-PKCS1-v1_5' && hash.name === 'SHA-256' && bits >= 2048;
}

/**
 * Chain and profile (my-number-card.md section 7.2), without dates and revocation: those depend on the time of the act.
 * @param der X.509 DER, nothing before or after @param ca the authentication CA @returns null when it is no such certificate
 */
export function readHolder(der: Uint8Array, ca: X509Certificate): Holder | null {
  try {
    const certificate = new X509Certificate(der);
    if (!certificate.raw.equals(der) || !certificate.checkIssued(ca) || !certificate.verify(ca.publicKey)) return null;
    const parsed = new x509.X509Certificate(Uint8Array.from(der));
    if (!hasProfile(parsed) || !isRsa2048Sha256(parsed, certificate.publicKey)) return null;
    return {
      publicKey: certificate.publicKey,
      serial: parsed.serialNumber.toLowerCase(),
      notBefore: parsed.notBefore.getTime(),
      notAfter: parsed.notAfter.getTime(),
    };
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
