import type { CardProblem } from '../../../contract/card.ts';
import type { CardHostError } from '../../../contract/card-host.ts';
import type { Log } from '../../../contract/log-events.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CardChannel } from '../../ports.ts';
import { problemOf } from '../problem-of.ts';
import { guarded, type JpkiChannel } from './allow-list.ts';
import { DIGEST_BYTES, isPin, signDigest, verifyPin } from './commands.ts';
import { exchange, send, unexpected } from './exchange.ts';
import { SIGNATURE_BYTES } from './files.ts';
import { readTries } from './identify.ts';
import { selectApplication } from './select.ts';
import { SW, triesOf } from './status.ts';

/**
 * The link broke under VERIFY, so nobody knows whether the card has seen the PIN. It is never sent again: the counter
 * is asked (a reset may have ended the selection), and only "none left" says more than "the reader failed".
 */
async function afterBrokenVerify(channel: JpkiChannel, error: CardHostError): Promise<CardProblem> {
  const problem = problemOf(error);
  if (problem.code !== 'reader-failed') return problem;
  const selected = await selectApplication(channel);
  if (!selected.ok) return selected.error.code === 'removed' ? selected.error : problem;
  const tries = await readTries(channel);
  if (!tries.ok) return tries.error.code === 'removed' ? tries.error : problem;
  return tries.value === 0 ? { code: 'pin-locked' } : problem;
}

async function verify(channel: JpkiChannel, pin: Uint8Array): Promise<Result<null, CardProblem>> {
  if (!isPin(pin)) throw new Error('a PIN of another form than four ASCII digits must not reach the card');
  const apdu = verifyPin(pin);
  pin.fill(0);
  let reply: Awaited<ReturnType<typeof send>>;
  try {
    reply = await send(channel, apdu);
  } finally {
    apdu.fill(0);
  }
  if (!reply.ok) return err(await afterBrokenVerify(channel, reply.error));
  const { sw } = reply.value;
  const tries = triesOf(sw);
  if (sw === SW.done) return ok(null);
  if (tries === 0 || sw === SW.referenceLocked || sw === SW.blocked) return err({ code: 'pin-locked' });
  return tries === null ? unexpected('verify', sw) : err({ code: 'pin-wrong', triesLeft: tries });
}

function checkDigest(digest: Uint8Array): void {
  if (digest.length !== DIGEST_BYTES) throw new Error('a SHA-256 digest has 32 bytes');
}

/**
 * One signature with the authentication key: 1 APDU. Needs a VERIFY since the card got power; one VERIFY allows many.
 * @param digest SHA-256, 32 bytes @returns RSA-2048 PKCS#1 v1.5 signature, 256 bytes
 */
export async function sign(channel: CardChannel, digest: Uint8Array, log?: Log): Promise<Result<Uint8Array, CardProblem>> {
  checkDigest(digest);
  const reply = await exchange(guarded(channel, log), signDigest(digest));
  if (!reply.ok) return err(problemOf(reply.error));
  const { sw, data } = reply.value;
  if (sw !== SW.done) return unexpected('sign', sw);
  // Success with too few bytes: the card did its work, the reader lost a part of it.
  return data.length === SIGNATURE_BYTES ? ok(data.slice()) : err({ code: 'reader-failed' });
}

/**
 * VERIFY, then sign, in the connection that `readCard` left open: 2 APDUs. VERIFY is sent once and never again.
 * @param pin four ASCII digits; overwritten with zeros on every path, as is the APDU that held it
 * @param digest SHA-256, 32 bytes
 * @returns the signature, 256 bytes. Ends the caller's PIN, not the card's: close with `unpower` (section 3.4)
 */
export async function verifyAndSign(
  channel: CardChannel,
  pin: Uint8Array,
  digest: Uint8Array,
  log?: Log,
): Promise<Result<Uint8Array, CardProblem>> {
  try {
    checkDigest(digest);
    const verified = await verify(guarded(channel, log), pin);
    return verified.ok ? await sign(channel, digest, log) : verified;
  } finally {
    pin.fill(0);
  }
}
