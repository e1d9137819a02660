import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Settings } from '../../contract/config.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';

/** The kiosk's identity and the only authority it believes, as PEM. */
export interface TlsFiles {
  readonly ca: Buffer;
  readonly cert: Buffer;
  readonly key: Buffer;
}

/**
 * Reads the files of `platform.tls` and tries them: a file that is no certificate would make a kiosk that is silently offline for ever.
 * @returns sentences that name file and key
 */
export function loadTls({ caFile, certFile, keyFile }: NonNullable<Settings['platform']['tls']>): Result<TlsFiles, string[]> {
  const problems: string[] = [];
  const read = (file: string, key: string, fits: (pem: Buffer) => void): Buffer => {
    try {
      const pem = readFileSync(file);
      fits(pem);
      return pem;
    } catch {
      problems.push(`${file}: cannot be read, or is not PEM of the right kind (platform.tls.${key})`);
      return Buffer.alloc(0);
    }
  };
  const wantCertificate = (pem: Buffer) => {
    if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw new Error('no certificate');
  };
  const ca = read(caFile, 'caFile', (pem) => {
    wantCertificate(pem);
    createSecureContext({ ca: pem });
  });
  const cert = read(certFile, 'certFile', (pem) => {
    wantCertificate(pem);
    createSecureContext({ cert: pem });
  });
  const key = read(keyFile, 'keyFile', (pem) => void createSecureContext({ key: pem }));
  if (problems.length > 0) return err(problems);
  try {
    createSecureContext({ ca, cert, key });
  } catch {
    return err([`${keyFile}: not the key of ${certFile} (platform.tls.keyFile)`]);
  }
  return ok({ ca, cert, key });
}
