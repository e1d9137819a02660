import { type KeyObject, verify, X509Certificate } from 'node:crypto';

/**
 * What the certificate says of the card's key: how a digest is made for it and how long its signature is. `rsa`: PKCS#1 v1.5 over SHA-256.
 * `p384`: ECDSA over SHA-384, r and s of 48 bytes each; the next card's (SOURCES.md, Card: next generation), whose commands are
 * not published.
 */
export type CardKey =
  | { readonly kind: 'rsa'; readonly hash: 'sha256'; readonly signatureBytes: 256 | 384 | 512 }
  | { readonly kind: 'p384'; readonly hash: 'sha384'; readonly signatureBytes: 96 };

/** The key of every card of this generation (SOURCES.md, Card: holder certificates). */
export const RSA_2048 = { kind: 'rsa', hash: 'sha256', signatureBytes: 256 } as const satisfies CardKey;
const P_384: CardKey = { kind: 'p384', hash: 'sha384', signatureBytes: 96 };

/** @returns `newer`: a kind that this program does not know; `none`: one that no card of the state has had, or will have */
export function cardKey({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): CardKey | 'newer' | 'none' {
  if (asymmetricKeyType === 'ec') return asymmetricKeyDetails?.namedCurve === 'secp384r1' ? P_384 : 'newer';
  if (asymmetricKeyType !== 'rsa') return 'newer';
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits === 2048) return RSA_2048;
  if (bits === 3072) return { ...RSA_2048, signatureBytes: 384 };
  if (bits === 4096) return { ...RSA_2048, signatureBytes: 512 };
  return bits > 2048 ? 'newer' : 'none';
}

/** DER of the object identifiers that say of a key what it is: rsaEncryption; id-ecPublicKey and the curves P-256, P-384 and P-521 (RFC 3279, RFC 5480). */
const RSA_KEY = '2a864886f70d010101';
const EC_KEY = '2a8648ce3d0201';
const CURVES = ['2a8648ce3d030107', '2b81040022', '2b81040023'];

/**
 * What to think of a certificate that can be read, but not its key: one of a kind that is known is damaged, any other is a later card's.
 * @param certificate X.509 DER
 */
export function unreadableKey(certificate: Uint8Array): 'newer' | 'none' {
  const bytes = Buffer.from(certificate.buffer, certificate.byteOffset, certificate.byteLength);
  const holds = (identifier: string) => bytes.includes(Buffer.from(identifier, 'hex'));
  return holds(RSA_KEY) || (holds(EC_KEY) && CURVES.some(holds)) ? 'none' : 'newer';
}

/**
 * Whether a card's signature fits the certificate that it came with. It says nothing about the certificate itself (invariant 8).
 * @param text what was signed @param certificate X.509 DER
 */
export function signatureFits(text: string, signature: Uint8Array, certificate: Uint8Array): boolean {
  try {
    const { publicKey } = new X509Certificate(certificate);
    const key = cardKey(publicKey);
    if (key === 'newer' || key === 'none' || signature.length !== key.signatureBytes) return false;
    return verify(key.hash, Buffer.from(text, 'utf8'), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    // node:crypto throws on what it cannot parse; its text may quote the certificate and goes nowhere.
    return false;
  }
}
