import type { CardProblem } from '../../../contract/card.ts';
import type { CardHostError } from '../../../contract/card-host.ts';
import type { Log } from '../../../contract/log-events.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CardChannel } from '../../ports.ts';
import { type CardKey, RSA_2048 } from '../card-key.ts';
import { problemOf } from '../problem-of.ts';
import { guarded, type JpkiChannel } from './allow-list.ts';
import { isPin, signDigest, verifyPin } from './commands.ts';
import { exchange, send, unexpected } from './exchange.ts';
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

/** The PIN cannot be used: blocked by what the counter did not tell, never set, or not there. Nobody has seen three mistakes. */
const UNUSABLE: readonly number[] = [SW.referenceLocked, SW.blocked, SW.referenceNotFound];

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
  if (tries === 0) return err({ code: 'pin-locked' });
  if (UNUSABLE.includes(sw)) return err({ code: 'pin-unusable' });
  return tries === null ? unexpected('verify', sw) : err({ code: 'pin-wrong', triesLeft: tries });
}

const DIGEST_BYTES = { sha256: 32, sha384: 48 } as const;

function checkDigest(digest: Uint8Array, { hash }: CardKey): void {
  if (digest.length !== DIGEST_BYTES[hash]) throw new Error(`a ${hash} digest has ${DIGEST_BYTES[hash]} bytes`);
}

export interface SignOptions {
  /** The card's key, as its certificate says; default RSA-2048. */
  readonly key?: CardKey;
  readonly log?: Log;
}

/**
 * One signature with the authentication key: 1 APDU, and one for each 256 bytes of a longer signature. Needs a VERIFY since the card got power;
 * one VERIFY allows many.
 * @param digest of the key's hash, 32 or 48 bytes @returns the signature (card-key.ts), 256 bytes from a card of today
 */
export async function sign(
  channel: CardChannel,
  digest: Uint8Array,
  { key = RSA_2048, log }: SignOptions = {},
): Promise<Result<Uint8Array, CardProblem>> {
  checkDigest(digest, key);
  const reply = await exchange(guarded(channel, log), signDigest(digest), key.signatureBytes);
  if (!reply.ok) return err(problemOf(reply.error));
  const { sw, data } = reply.value;
  if (sw !== SW.done) return unexpected('sign', sw);
  // Success with too few bytes: the card did its work, the reader lost a part of it.
  return data.length === key.signatureBytes ? ok(data.slice()) : err({ code: 'reader-failed' });
}

/**
 * VERIFY, then sign, in the connection that `readCard` left open: 2 APDUs. VERIFY is sent once and never again.
 * @param pin four ASCII digits; overwritten with zeros on every path, as is the APDU that held it
 * @param digest of the key's hash
 * @returns the signature. Ends the caller's PIN, not the card's: close with `unpower` (SOURCES.md, Card: PIN and VERIFY)
 */
export async function verifyAndSign(
  channel: CardChannel,
  pin: Uint8Array,
  digest: Uint8Array,
  options: SignOptions = {},
): Promise<Result<Uint8Array, CardProblem>> {
  try {
    checkDigest(digest, options.key ?? RSA_2048);
    const verified = await verify(guarded(channel, options.log), pin);
    return verified.ok ? await sign(channel, digest, options) : verified;
  } finally {
    pin.fill(0);
  }
}
