import { createECDH, type KeyObject, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** Order of the group of secp384r1 (SEC 2, section 2.5.1). */
const N = 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n;
const BYTES = 48;
const Private = z.object({ d: z.base64url() });

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const bytesOf = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(BYTES * 2, '0'), 'hex');
const mod = (value: bigint): bigint => ((value % N) + N) % N;

function inverse(value: bigint): bigint {
  let [a, b, x, y] = [mod(value), N, 1n, 0n];
  while (a > 1n) {
    const q = a / b;
    [a, b] = [b, a % b];
    [x, y] = [y, x - q * y];
  }
  return mod(x);
}

/**
 * ECDSA over a digest that is handed in ready, as a card gets it: node:crypto would hash it once more. For test keys only; it takes no care of time.
 * @param digest 48 bytes @returns r and s, 48 bytes each
 */
export function signP384(key: KeyObject, digest: Uint8Array): Buffer {
  const d = numberOf(Buffer.from(Private.parse(key.export({ format: 'jwk' })).d, 'base64url'));
  for (;;) {
    const k = mod(numberOf(randomBytes(BYTES)));
    if (k === 0n) continue;
    const curve = createECDH('secp384r1');
    curve.setPrivateKey(bytesOf(k));
    // The point begins with 04, then x.
    const r = mod(numberOf(curve.getPublicKey().subarray(1, 1 + BYTES)));
    const s = mod(inverse(k) * (numberOf(digest) + r * d));
    if (r !== 0n && s !== 0n) return Buffer.concat([bytesOf(r), bytesOf(s)]);
  }
}
