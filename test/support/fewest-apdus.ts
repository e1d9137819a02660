import type { CardProblem } from '../../main/contract/card.ts';
import { ok, type Result } from '../../main/contract/result.ts';
import { guarded } from '../../main/core/card/jpki/allow-list.ts';
import { readAuthCertificate } from '../../main/core/card/jpki/certificate-file.ts';
import { readTries } from '../../main/core/card/jpki/identify.ts';
import type { ReadOptions } from '../../main/core/card/jpki/read-card.ts';
import { selectApplication } from '../../main/core/card/jpki/select.ts';
import { verifyAndSign } from '../../main/core/card/jpki/verify-and-sign.ts';
import type { CardChannel } from '../../main/core/ports.ts';

/**
 * The kiosk's own parts without the label, which tells a phone and an old card from a My Number Card and costs one APDU more: what those
 * numbers are counted for (SOURCES.md, Card: command sequences).
 */

/** The certificate alone, DER: SELECT and reads; 8 APDUs short or 2 extended for 1,583 bytes. */
export async function readCertificate(
  channel: CardChannel,
  { extended, log }: ReadOptions,
): Promise<Result<Uint8Array, CardProblem>> {
  const gate = guarded(channel, log);
  const selected = await selectApplication(gate);
  return selected.ok ? readAuthCertificate(gate, extended) : selected;
}

/** The whole sign-in: SELECT, counter, certificate, VERIFY, sign: 11 short or 5 extended. */
export async function signIn(
  channel: CardChannel,
  pin: Uint8Array,
  digest: Uint8Array,
  { extended, log }: ReadOptions,
): Promise<Result<{ readonly certificate: Uint8Array; readonly signature: Uint8Array }, CardProblem>> {
  const gate = guarded(channel, log);
  const selected = await selectApplication(gate);
  if (!selected.ok) return selected;
  const tries = await readTries(gate);
  if (!tries.ok) return tries;
  const certificate = await readAuthCertificate(gate, extended);
  if (!certificate.ok) return certificate;
  const signature = await verifyAndSign(gate, pin, digest, log === undefined ? {} : { log });
  return signature.ok ? ok({ certificate: certificate.value, signature: signature.value }) : signature;
}
