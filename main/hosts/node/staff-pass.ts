import { StaffKey } from '../../contract/staff.ts';

/**
 * A device's key in its browser, in two halves, so that it is nowhere as a whole: in no address (and so in no history), in no file of the
 * browser's profile, in nothing that the page holds or another local server is sent.
 *
 * - the **page's half**: random, given once for the key at `POST /enter`; the page keeps it for its own origin and lists it as a subprotocol.
 * - the **cookie's half**: the key XOR the other. HttpOnly, SameSite=Strict, gone with the browser, sent to the WebSocket's path only.
 */
export interface KeyHalves {
  readonly page: string;
  readonly cookie: string;
}

const BYTES = 32;
const bytesOf = (text: string): Buffer | null => (StaffKey.safeParse(text).success ? Buffer.from(text, 'base64url') : null);
const xor = (one: Uint8Array, other: Uint8Array): string =>
  Buffer.from(one.map((byte, at) => byte ^ (other[at] ?? 0))).toString('base64url');

/** @param random cryptographic @returns null: not the form of a key */
export function splitKey(key: string, random: (bytes: number) => Uint8Array): KeyHalves | null {
  const whole = bytesOf(key);
  if (whole === null) return null;
  const half = random(BYTES);
  return { page: Buffer.from(half).toString('base64url'), cookie: xor(whole, half) };
}

/** @returns null: one of them is missing, or is no half */
export function joinKey({ page, cookie }: KeyHalves): string | null {
  const [one, other] = [bytesOf(page), bytesOf(cookie)];
  return one === null || other === null ? null : xor(one, other);
}
