import 'reflect-metadata';
import { PemConverter, Pkcs10CertificateRequestGenerator } from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A new P-256 key and what a platform signs to make it known. PEM texts: PKCS#8, PKCS#10. */
export interface KeyRequest {
  readonly key: string;
  readonly csr: string;
}

/** @param terminal becomes the name in the request (CN) */
export async function makeKeyRequest(terminal: string): Promise<KeyRequest> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const request = await Pkcs10CertificateRequestGenerator.create({ name: `CN=${terminal}`, keys, signingAlgorithm: algorithm });
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { key: PemConverter.encode(key, 'PRIVATE KEY'), csr: request.toString('pem') };
}
