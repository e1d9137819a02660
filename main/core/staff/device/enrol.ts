import { createPrivateKey, X509Certificate } from 'node:crypto';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { StaffError } from '../../../contract/staff.ts';
import type { IssuedIdentity, Platform } from '../../ports.ts';
import { writeIdentity } from './identity.ts';

export interface EnrolDeps {
  /** Everything the core writes lies below it. */
  readonly data: string;
  readonly terminal: string;
  readonly client: Pick<Platform, 'enrol'>;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * Makes this device known to the platform by a one-time code. The key is made here, leaves the kiosk never, and is written only
 * together with a certificate that fits it: whatever fails, the identity that was there before stays.
 */
export async function enrolDevice(
  { data, terminal, client, now }: EnrolDeps,
  code: string,
): Promise<Result<null, Extract<StaffError, 'code-refused' | 'platform-away' | 'storage'>>> {
  // Only now: nobody else needs the library, and the kiosk starts faster without it.
  const { makeKeyRequest } = await import('./key-request.ts');
  const { key, csr } = await makeKeyRequest(terminal);
  const answer = await client.enrol({ code, csr }, new AbortController().signal);
  if (!answer.ok) return err(answer.error.kind === 'denied' ? 'code-refused' : 'platform-away');
  const { certificate, ca } = answer.value.body;
  if (!fits({ certificate, ca }, key, terminal, now)) return err('platform-away');
  return writeIdentity(data, { terminal, key, certificate, ca }) ? ok(null) : err('storage');
}

/** Whether the certificate is for this key and this terminal, of that authority, and good now. */
function fits({ certificate, ca }: IssuedIdentity, key: string, terminal: string, now: number): boolean {
  try {
    const mine = new X509Certificate(certificate);
    const authority = new X509Certificate(ca);
    return (
      mine.checkPrivateKey(createPrivateKey(key)) &&
      mine.subject === `CN=${terminal}` &&
      authority.ca &&
      mine.checkIssued(authority) &&
      mine.verify(authority.publicKey) &&
      mine.validToDate.getTime() > now
    );
  } catch {
    return false;
  }
}
