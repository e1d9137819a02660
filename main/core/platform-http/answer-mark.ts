import { createHash } from 'node:crypto';
import type { RandomBytes } from '../ports.ts';
import { RequestId } from './wire.ts';

const VERSION = 'v1';
const REQUEST_ID_BYTES = 16;

/** A request id that no other request has: 128 random bits, base64url, 22 characters. */
export function newRequestId(random: RandomBytes): string {
  return Buffer.from(random(REQUEST_ID_BYTES)).toString('base64url');
}

/**
 * The mark of an answer (main/contract/platform.ts): `v1 <request id> <status> <base64url SHA-256 of the body>`.
 * @param body decoded: as it is before the content coding. A string stands for its UTF-8 bytes.
 */
export function makeMark(requestId: string, status: number, body: string | Uint8Array): string {
  return `${VERSION} ${requestId} ${status} ${createHash('sha256').update(body).digest('base64url')}`;
}

/**
 * Whether this answer is the platform's own, to this very request, and as it left there. Strict: a header that came twice or in another
 * form does not fit. It proves nothing against somebody who forges it on purpose; TLS does that.
 */
export function markFits(
  header: string | readonly string[] | undefined,
  requestId: string,
  status: number,
  body: string | Uint8Array,
): boolean {
  return RequestId.safeParse(requestId).success && header === makeMark(requestId, status, body);
}
