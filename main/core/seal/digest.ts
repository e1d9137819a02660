import { createHash } from 'node:crypto';
import type { SubmissionContent } from '../../contract/submission.ts';
import { signedText } from '../../contract/submission.ts';
import type { CardKey } from '../card/card-key.ts';

/** What the card signs: the hash of its key over the UTF-8 of the signed text, 32 or 48 bytes. */
export function signedDigest(content: SubmissionContent, hash: CardKey['hash'] = 'sha256'): Uint8Array {
  return createHash(hash).update(signedText(content), 'utf8').digest();
}
