import {
  createCipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPair,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { promisify } from 'node:util';
import { ReplyKey } from '../../../main/contract/content.ts';
import type { PersonalReply } from '../../../main/contract/platform.ts';
import { padded } from '../../../main/core/seal/padding.ts';
import { REPLY_TYPE } from '../../../main/core/seal/reply-key.ts';

/** Seals one personal answer to the session that asked; of one size, whatever it says. @returns JWE compact */
export type SealReply = (reply: PersonalReply) => string;

const newPair = promisify(generateKeyPair);
const ENC = 'A256GCM';
const KEY_BITS = 256;
const IV_BYTES = 12;

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** Concat KDF of one round (RFC 7518 section 4.6.2), without party information. */
function contentKey(secret: Buffer): Buffer {
  const nobody = uint32(0);
  const parts = [uint32(1), secret, uint32(ENC.length), Buffer.from(ENC, 'ascii'), nobody, nobody, uint32(KEY_BITS)];
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

/** @returns null when the session's key is no point of the curve: nothing could be answered to it */
function readReplyKey({ kty, crv, x, y }: ReplyKey): KeyObject | null {
  try {
    return createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
  } catch {
    return null;
  }
}

/**
 * Everything that sealing an answer takes beside the answer: JWE (RFC 7516) with ECDH-ES on P-256 and A256GCM, as the library makes it on the
 * kiosk's side, but in two steps. What is said is known only inside the transaction that also keeps it, where nothing can be waited for; the
 * key agreement is done before, for all items of a batch at once. @returns null when nothing can be answered to this key
 */
export async function prepareReply(jwk: ReplyKey): Promise<SealReply | null> {
  const theirs = readReplyKey(jwk);
  if (theirs === null) return null;
  const own = await newPair('ec', { namedCurve: 'P-256' });
  const key = contentKey(diffieHellman({ privateKey: own.privateKey, publicKey: theirs }));
  const epk = ReplyKey.parse(own.publicKey.export({ format: 'jwk' }));
  const header = Buffer.from(JSON.stringify({ alg: 'ECDH-ES', enc: ENC, typ: REPLY_TYPE, epk }), 'utf8').toString('base64url');
  return (reply) => {
    // A new one each time: one key never meets the same twice.
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(header, 'ascii'));
    const text = Buffer.concat([cipher.update(padded(JSON.stringify(reply))), cipher.final()]);
    return [header, '', ...[iv, text, cipher.getAuthTag()].map((bytes) => bytes.toString('base64url'))].join('.');
  };
}
