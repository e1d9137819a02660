import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { RefusalCode } from '../../contract/platform.ts';
import { FindingCode } from '../../contract/staff.ts';
import { Challenge, ReceiptNumber, SubmissionId, SubmissionKind } from '../../contract/submission.ts';
import { payloadHash, rowHash } from './row-hash.ts';

/**
 * A row's life. `pending`: never sent. `sending`: handed to the network at least once, outcome unknown; it is sent again until
 * the platform answers, and can no longer be cancelled. The others are final, but staff can let a parked row wait again.
 * `lost`: damage has taken its payload from both copies; what is left is its receipt.
 */
export const RowState = z.enum(['pending', 'sending', 'accepted', 'refused', 'parked', 'cancelled', 'lost']);
export type RowState = z.infer<typeof RowState>;

export const waitingStates = `state IN ('pending', 'sending')`;

/** A row that waits for the platform. `alone`: the platform fails at this very row; it goes by itself. */
export interface WaitingRow extends Pick<RowHeader, 'seq' | 'id' | 'kind' | 'receipt' | 'attempts'> {
  readonly sealed: string;
  readonly state: 'pending' | 'sending';
  readonly alone: boolean;
}

const bytes = z.instanceof(Uint8Array);
/** What every row says of itself, without its payload. */
export const RowHeader = z
  .object({
    seq: z.number().int().min(1),
    id: SubmissionId,
    kind: SubmissionKind,
    receipt: ReceiptNumber,
    state: RowState,
    head: z.number().int(),
    alone: z.number().int(),
    attempts: z.number().int().min(0),
    next_attempt: z.number().int(),
    created_at: z.number().int(),
    segment: z.number().int().nullable(),
    hash: bytes,
    row_hash: bytes,
  })
  .strict();
export type RowHeader = z.infer<typeof RowHeader>;
export const HEADER_COLUMNS =
  'seq, id, kind, receipt, state, head, alone, attempts, next_attempt, created_at, segment, hash, row_hash';

const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** A row as it was written, or null: something in it is not what it was. @param raw as SQLite gave it */
export function readHeader(raw: unknown): RowHeader | null {
  const parsed = RowHeader.safeParse(raw);
  if (!parsed.success) return null;
  const { seq, id, kind, receipt, created_at, hash, row_hash } = parsed.data;
  return same(row_hash, rowHash(seq, id, kind, receipt, created_at, hash)) ? parsed.data : null;
}

/** The payload belongs to its row. */
export const holdsPayload = (header: RowHeader, sealed: string): boolean => same(header.hash, payloadHash(sealed));

export const ChallengeRow = z.object({ challenge: Challenge, expires_at: z.number().int() }).strict();

export const HashRow = z.object({ seq: z.number().int(), hash: bytes, state: RowState }).strict();

/** A row as its receipt shows it to a person. `code`: why it was refused; null in every other state. */
export const LookRow = z
  .object({ kind: SubmissionKind, state: RowState, created_at: z.number().int(), code: RefusalCode.nullable() })
  .strict();
export type LookRow = z.infer<typeof LookRow>;

/** A row that is parked, or that is tried alone, as staff see it. */
const StaffRow = {
  id: SubmissionId,
  receipt: ReceiptNumber,
  kind: SubmissionKind,
  attempts: z.number().int().min(0),
};
export const ParkedStored = z.object({ ...StaffRow, created_at: z.number().int(), code: z.string().nullable() }).strict();
export type ParkedStored = z.infer<typeof ParkedStored>;
export const AloneStored = z.object({ ...StaffRow, next_attempt: z.number().int() }).strict();
export type AloneStored = z.infer<typeof AloneStored>;

export { FindingCode };
export const Finding = z.object({ at: z.number().int(), what: FindingCode, receipts: z.array(z.string()) }).strict();
export type Finding = z.infer<typeof Finding>;
