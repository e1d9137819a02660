import { CompactEncrypt, type CryptoKey, importJWK } from 'jose';
import type { ReplyKey } from '../../../main/contract/content.ts';
import type { PersonalReply } from '../../../main/contract/platform.ts';
import { padded } from '../../../main/core/seal/padding.ts';
import { REPLY_TYPE } from '../../../main/core/seal/reply-key.ts';

/** @returns null when the session's key is no point of the curve: nothing could be answered to it */
export async function readReplyKey(jwk: ReplyKey): Promise<CryptoKey | null> {
  const key = await importJWK({ ...jwk }, 'ECDH-ES').catch(() => null);
  return key instanceof Uint8Array ? null : key;
}

/** The personal answer, sealed to the session that asked; of one size, whatever it says. @returns JWE compact */
export function sealReply(reply: PersonalReply, key: CryptoKey): Promise<string> {
  return new CompactEncrypt(padded(JSON.stringify(reply)))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', typ: REPLY_TYPE })
    .encrypt(key);
}
