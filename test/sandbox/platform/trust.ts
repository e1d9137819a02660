import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { publicFiles, type Renewals, readCrl, readRenewals } from '../pki/index.ts';

/** What a certified verifier gets from J-LIS: the CA, the revocation list, and which certificate followed which. */
export interface Trust {
  readonly ca: X509Certificate;
  /** Serial (lower-case hex) to the instant of revocation, epoch ms. */
  readonly revoked: ReadonlyMap<string, number>;
  /** Epoch ms after which the list says nothing any more. */
  readonly listEnds: number;
  readonly renewals: Renewals;
}

/** @returns null when the list is not the CA's */
async function readList(der: Uint8Array, ca: X509Certificate): Promise<Pick<Trust, 'revoked' | 'listEnds'> | null> {
  const list = new x509.X509Crl(Uint8Array.from(der));
  const issuer = new x509.X509Certificate(Uint8Array.from(ca.raw));
  if (list.issuer !== issuer.subject || !(await list.verify({ publicKey: issuer }))) return null;
  const entries = list.entries.map(
    ({ serialNumber, revocationDate }) => [serialNumber.toLowerCase(), revocationDate.getTime()] as const,
  );
  return { revoked: new Map(entries), listEnds: list.nextUpdate?.getTime() ?? Number.NEGATIVE_INFINITY };
}

/**
 * Reads the test PKI again at every call, because the sandbox renews and revokes while the platform runs; what has not changed
 * is not parsed again. `null`: nothing can be verified now (files missing, a list that is not the CA's).
 * @param dir of a test PKI
 */
export function createTrust(dir: string): { current(): Promise<Trust | null> } {
  let last: { ca: Buffer; crl: Buffer; trust: Omit<Trust, 'renewals'> } | null = null;
  const read = async (): Promise<Trust | null> => {
    const ca = await readFile(join(dir, publicFiles.caAuth));
    const crl = await readCrl(dir);
    const renewals = await readRenewals(dir);
    if (last === null || !last.ca.equals(ca) || !last.crl.equals(crl)) {
      const certificate = new X509Certificate(ca);
      const list = await readList(crl, certificate);
      if (list === null) return null;
      last = { ca, crl, trust: { ca: certificate, ...list } };
    }
    return { ...last.trust, renewals };
  };
  return { current: () => read().catch(() => null) };
}

/** Every serial that the renewal information ties to this one, itself included, in both directions. */
export function chainOf(serial: string, renewals: Renewals): string[] {
  const chain = new Set([serial]);
  for (let size = 0; size !== chain.size; ) {
    size = chain.size;
    for (const [old, next] of Object.entries(renewals)) {
      if (chain.has(old)) chain.add(next);
      if (chain.has(next)) chain.add(old);
    }
  }
  return [...chain];
}
