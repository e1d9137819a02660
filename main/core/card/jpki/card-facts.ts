import { X509Certificate } from 'node:crypto';
import type { CardFacts, CardProblem } from '../../../contract/card.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { type CardKey, cardKey, unreadableKey } from '../card-key.ts';
import { renewalTrip } from './renewal.ts';

const HOUR = 3_600_000;
/** Japan has no summer time. */
const JST = 9 * HOUR;
const RECENT = 48 * HOUR;
const RENEWAL_MONTHS = 3;

/**
 * The instant from which the certificate may be renewed: same time of day in Japan, three months earlier (SOURCES.md, Card:
 * validity).
 */
function renewalOpens(notAfter: number): number {
  const local = new Date(notAfter + JST);
  const day = local.getUTCDate();
  local.setUTCDate(1);
  local.setUTCMonth(local.getUTCMonth() - RENEWAL_MONTHS);
  // 31 May minus three months is the last day of February.
  const lastDay = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate();
  local.setUTCDate(Math.min(day, lastDay));
  return local.getTime() - JST;
}

function validityAt(now: number, notBefore: number, notAfter: number): CardFacts['validity'] {
  if (now < notBefore) return 'future';
  if (now > notAfter) return 'expired';
  return now >= renewalOpens(notAfter) ? 'expiring' : 'valid';
}

function keyOf(certificate: X509Certificate, der: Uint8Array): ReturnType<typeof cardKey> {
  try {
    return cardKey(certificate.publicKey);
  } catch {
    return unreadableKey(der);
  }
}

/**
 * What may be shown of a certificate: its dates. Whether it is revoked, forged or somebody's nobody can tell here
 * (invariant 8): the chain is not even looked at.
 * @param der X.509 DER @param now epoch ms @param provisional keys of the next card count as known
 * @returns `certificate-unreadable` for what is no certificate, `newer-card` for one whose key this program does not know
 */
export function cardFacts(
  der: Uint8Array,
  triesLeft: number,
  now: number,
  provisional = false,
): Result<{ readonly facts: CardFacts; readonly key: CardKey }, CardProblem> {
  let certificate: X509Certificate;
  let notBefore: number;
  let notAfter: number;
  try {
    certificate = new X509Certificate(der);
    notBefore = certificate.validFromDate.getTime();
    notAfter = certificate.validToDate.getTime();
  } catch {
    // node:crypto throws on what it cannot parse; its text may quote the certificate and goes nowhere.
    return err({ code: 'certificate-unreadable' });
  }
  const key = keyOf(certificate, der);
  if (key === 'none' || !Number.isFinite(notBefore) || !Number.isFinite(notAfter)) return err({ code: 'certificate-unreadable' });
  if (key === 'newer' || (key.kind === 'p384' && !provisional)) return err({ code: 'newer-card' });
  const facts: CardFacts = {
    triesLeft,
    notBefore: new Date(notBefore).toISOString(),
    notAfter: new Date(notAfter).toISOString(),
    validity: validityAt(now, notBefore, notAfter),
    recentlyIssued: now >= notBefore && now - notBefore < RECENT,
    renewal: renewalTrip(notBefore, notAfter, now),
  };
  return ok({ facts, key });
}
