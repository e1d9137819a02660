import { compactDecrypt, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { SealedApplication } from '../../../main/contract/application.ts';
import type { BatchItem, RefusalCode } from '../../../main/contract/platform.ts';
import { err, ok, type Result } from '../../../main/contract/result.ts';
import { SealedPayload, type SubmissionContent } from '../../../main/contract/submission.ts';
import { SUBMISSION_TYPE } from '../../../main/core/seal/seal.ts';
import type { PlatformKey } from './sealing-key.ts';

/** The only header a submission may have (main/core/seal/seal.ts). Strict: no compression, no key by address. */
const Header = z
  .object({
    alg: z.literal('ECDH-ES'),
    enc: z.literal('A256GCM'),
    typ: z.literal(SUBMISSION_TYPE),
    kid: z.string(),
    id: z.string(),
    terminal: z.string(),
    epk: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }).strict(),
  })
  .strict();

async function decrypt(sealed: string, key: PlatformKey): Promise<{ header: z.infer<typeof Header>; payload: unknown } | null> {
  try {
    const header = Header.parse(decodeProtectedHeader(sealed));
    if (header.kid !== key.publicJwk.kid) return null;
    const { plaintext } = await compactDecrypt(sealed, key.privateKey, {
      keyManagementAlgorithms: ['ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return { header, payload: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plaintext)) };
  } catch {
    return null;
  }
}

/**
 * Opens one item and holds envelope, header and content against each other. The header is authenticated by the decryption
 * (RFC 7516 section 5.2 step 15), so it cannot have been changed after sealing.
 */
export const openSealed = (item: BatchItem, key: PlatformKey): Promise<Result<SealedPayload, RefusalCode>> =>
  open(item, key, SealedPayload);

/** The same for an application: no signature is in there. */
export const openApplication = (item: BatchItem, key: PlatformKey): Promise<Result<SealedApplication, RefusalCode>> =>
  open(item, key, SealedApplication);

type Envelope = { readonly content: Pick<SubmissionContent, 'id' | 'receipt' | 'terminal'> & { readonly kind: string } };

async function open<T extends Envelope>(
  item: BatchItem,
  key: PlatformKey,
  schema: z.ZodType<T>,
): Promise<Result<T, RefusalCode>> {
  const opened = await decrypt(item.sealed, key);
  if (opened === null) return err('unreadable');
  const payload = schema.safeParse(opened.payload);
  if (!payload.success) return err('unreadable');
  const { content } = payload.data;
  const { header } = opened;
  const bound =
    header.id === item.id &&
    header.terminal === item.terminal &&
    content.id === item.id &&
    content.receipt === item.receipt &&
    content.terminal === item.terminal &&
    content.kind === item.kind;
  return bound ? ok(payload.data) : err('binding-mismatch');
}
