import { createHash } from 'node:crypto';
import type { SubmissionContent } from '../../contract/content.ts';
import { signedText } from '../../contract/content.ts';

/** What the card signs: SHA-256 over the UTF-8 of the signed text, 32 bytes. */
export function signedDigest(content: SubmissionContent): Uint8Array {
  return createHash('sha256').update(signedText(content), 'utf8').digest();
}
