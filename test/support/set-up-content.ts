import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { receiptNumber } from '../../main/contract/receipt.ts';
import { SubmissionContent } from '../../main/contract/submission.ts';

/** A receipt number as a kiosk draws it. */
export const newReceipt = (): string => receiptNumber(String(randomBytes(4).readUInt32BE() % 1_000_000_000).padStart(9, '0'));

/**
 * What a person signs who sets a My Key ID up for themselves.
 * @param made what each submission has of its own; `now`: epoch ms @param given takes the place of what is usual
 */
export function setUpContent(
  made: Pick<SubmissionContent, 'terminal' | 'challenge' | 'replyKey'> & { readonly now: number },
  given: Partial<SubmissionContent> = {},
): SubmissionContent {
  const { terminal, challenge, replyKey, now } = made;
  return SubmissionContent.parse({
    v: 1,
    kind: 'set-up',
    id: v7(),
    receipt: newReceipt(),
    ...{ terminal, challenge, replyKey },
    at: new Date(now).toISOString(),
    whose: 'self',
    terms: [
      { id: 'programme', version: '2026-10-01' },
      { id: 'my-key-id', version: '2026-10-01' },
    ],
    helped: false,
    ...given,
  });
}
