import { compactDecrypt, exportJWK, generateKeyPair } from 'jose';
import { PersonalReply } from '../../contract/platform.ts';
import { err, ok } from '../../contract/result.ts';
import { ReplyKey } from '../../contract/submission.ts';
import type { ReplyKeyPair } from '../ports.ts';

export const REPLY_TYPE = 'madoguchi-reply+jwe';

/**
 * A P-256 pair for one session. The private half is a non-extractable key in memory; when the session is gone,
 * so is the only key that opens the platform's personal answer.
 */
export async function createReplyKey(): Promise<ReplyKeyPair> {
  const pair = await generateKeyPair('ECDH-ES', { crv: 'P-256', extractable: false });
  const { kty, crv, x, y } = await exportJWK(pair.publicKey);
  const publicJwk = ReplyKey.parse({ kty, crv, x, y });
  let privateKey: typeof pair.privateKey | null = pair.privateKey;
  return {
    publicJwk,
    async open(jwe) {
      if (privateKey === null) return err('unreadable');
      try {
        const { plaintext, protectedHeader } = await compactDecrypt(jwe, privateKey, {
          keyManagementAlgorithms: ['ECDH-ES'],
          contentEncryptionAlgorithms: ['A256GCM'],
        });
        if (protectedHeader.typ !== REPLY_TYPE) return err('unreadable');
        const reply = PersonalReply.safeParse(JSON.parse(new TextDecoder().decode(plaintext)));
        plaintext.fill(0);
        return reply.success ? ok(reply.data) : err('unreadable');
      } catch {
        return err('unreadable');
      }
    },
    destroy() {
      privateKey = null;
    },
  };
}
