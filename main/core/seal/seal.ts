import { CompactEncrypt, importJWK } from 'jose';
import { z } from 'zod';
import type { SealedApplication } from '../../contract/application.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import type { SealedPayload } from '../../contract/submission.ts';
import type { Sealer } from '../ports.ts';
import { PHOTO_SIZE_CLASS, padded, SIZE_CLASS } from './padding.ts';

/** The platform's public sealing key, as its operator hands it out. A private key in here would be a mistake: refused. */
export const SealingKey = z
  .object({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string(),
    y: z.string(),
    kid: z.string().min(1).max(64),
    use: z.literal('enc').optional(),
  })
  .strict();
export type SealingKey = z.infer<typeof SealingKey>;

/** `typ` of a sealed submission; the header carries `id` and `terminal` too, so that an envelope cannot be swapped. */
export const SUBMISSION_TYPE = 'madoguchi-submission+jwe';

/**
 * Seals to the platform (SOURCES.md, Queue: sealing): JWE compact (RFC 7516), ECDH-ES direct on P-256, A256GCM.
 * @param publicJwk what the key file holds, unchecked
 */
export async function createSealer(publicJwk: unknown): Promise<Result<Sealer, 'bad-key'>> {
  const parsed = SealingKey.safeParse(publicJwk);
  if (!parsed.success) return err('bad-key');
  const { kty, crv, x, y, kid } = parsed.data;
  const key = await importJWK({ kty, crv, x, y, kid }, 'ECDH-ES').catch(() => null);
  if (key === null) return err('bad-key');
  return ok({
    async seal(payload: SealedPayload | SealedApplication) {
      const { id, terminal, kind } = payload.content;
      const plain = padded(JSON.stringify(payload), kind === 'card-application' ? PHOTO_SIZE_CLASS : SIZE_CLASS);
      const sealed = await new CompactEncrypt(plain)
        .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid, typ: SUBMISSION_TYPE, id, terminal })
        .encrypt(key);
      plain.fill(0);
      return sealed;
    },
  });
}
