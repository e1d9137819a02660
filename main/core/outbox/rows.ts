import { z } from 'zod';
import { Challenge, ReceiptNumber, SubmissionId, SubmissionKind } from '../../contract/content.ts';
import { RefusalCode } from '../../contract/platform.ts';

/**
 * A row's life. `pending`: never sent. `sending`: handed to the network at least once, outcome unknown; it is sent again until
 * the platform answers, and can no longer be cancelled. The others are final.
 */
export const RowState = z.enum(['pending', 'sending', 'accepted', 'refused', 'parked', 'cancelled']);
export type RowState = z.infer<typeof RowState>;

/** A row that waits for the platform. */
export const WaitingRow = z
  .object({
    seq: z.number().int(),
    id: SubmissionId,
    kind: SubmissionKind,
    receipt: ReceiptNumber,
    sealed: z.string().min(1),
    attempts: z.number().int().min(0),
    state: z.enum(['pending', 'sending']),
    /** The platform fails at it: it is tried alone and rarely. */
    alone: z.boolean().default(false),
  })
  .strict();
export type WaitingRow = z.infer<typeof WaitingRow>;

export const ChallengeRow = z.object({ challenge: Challenge, expires_at: z.number().int() }).strict();

export const CountRow = z.object({ state: RowState, count: z.number().int() }).strict();

export const HashRow = z.object({ hash: z.instanceof(Uint8Array), state: RowState }).strict();

/** A row as its receipt shows it to a person. `code`: why it was refused; null in every other state. */
export const LookRow = z
  .object({ kind: SubmissionKind, state: RowState, created_at: z.number().int(), code: RefusalCode.nullable() })
  .strict();
export type LookRow = z.infer<typeof LookRow>;

/** A row that is parked, as staff see it. */
export const ParkedStored = z
  .object({
    id: SubmissionId,
    receipt: ReceiptNumber,
    kind: SubmissionKind,
    created_at: z.number().int(),
    attempts: z.number().int().min(0),
    code: z.string().nullable(),
  })
  .strict();
export type ParkedStored = z.infer<typeof ParkedStored>;
