import { createCipheriv, createECDH, createHash, randomBytes } from 'node:crypto';
import type { PersonalReply } from '../../../main/contract/platform.ts';
import type { ReplyKey } from '../../../main/contract/submission.ts';
import { padded } from '../../../main/core/seal/padding.ts';
import { REPLY_TYPE } from '../../../main/core/seal/reply-key.ts';

/** Seals one personal answer to the session that asked; of one size, whatever it says. @returns JWE compact */
export type SealReply = (reply: PersonalReply) => string;

const CURVE = 'prime256v1';
/** Of a coordinate on P-256. */
const COORDINATE_BYTES = 32;
/** Before an uncompressed point (SEC 1 section 2.3.3). */
const UNCOMPRESSED = Buffer.of(4);
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

/** base64url of exactly one coordinate (RFC 7518 section 6.2.1.2). */
function coordinate(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === COORDINATE_BYTES && bytes.toString('base64url') === text ? bytes : null;
}

/** A new pair's public point, and what it agrees on with the session's key; null: that is no point of the curve. */
function agree({ x, y }: ReplyKey): { readonly point: Buffer; readonly secret: Buffer } | null {
  const [left, right] = [coordinate(x), coordinate(y)];
  if (left === null || right === null) return null;
  const own = createECDH(CURVE);
  const point = own.generateKeys();
  try {
    return { point, secret: own.computeSecret(Buffer.concat([UNCOMPRESSED, left, right])) };
  } catch {
    return null;
  }
}

/**
 * Everything that sealing an answer takes beside the answer: JWE (RFC 7516) with ECDH-ES on P-256 and A256GCM, as the library makes it on the
 * kiosk's side, but in two steps and without waiting. What is said is known only inside the transaction that also keeps it; the key agreement, which
 * takes longest, is done before. @returns null when nothing can be answered to this key
 */
export function prepareReply(jwk: ReplyKey): SealReply | null {
  const agreed = agree(jwk);
  if (agreed === null) return null;
  const key = contentKey(agreed.secret);
  const [x, y] = [agreed.point.subarray(1, 1 + COORDINATE_BYTES), agreed.point.subarray(1 + COORDINATE_BYTES)];
  const epk = { kty: 'EC', crv: 'P-256', x: x.toString('base64url'), y: y.toString('base64url') };
  const header = Buffer.from(JSON.stringify({ alg: 'ECDH-ES', enc: ENC, typ: REPLY_TYPE, epk }), 'utf8').toString('base64url');
  return (reply) => {
    // A new one each time: one key never meets the same twice.
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(header, 'ascii'));
    const text = Buffer.concat([cipher.update(padded(JSON.stringify(reply))), cipher.final()]);
    return [header, '', ...[iv, text, cipher.getAuthTag()].map((bytes) => bytes.toString('base64url'))].join('.');
  };
}
