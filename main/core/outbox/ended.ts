import { RefusalCode } from '../../contract/platform.ts';
import { ReceiptNumber, SubmissionId, SubmissionKind } from '../../contract/submission.ts';
import type { Journal } from './journal.ts';
import { readJournal } from './journal-content.ts';
import type { QueueFiles } from './journal-files.ts';
import type { PutRecord } from './journal-record.ts';
import { isCancelled, placeholder } from './restored.ts';
import type { EndedRow } from './row-changes.ts';
import { payloadHash, rowHash } from './row-hash.ts';
import { RowState } from './rows.ts';

/** A damaged row of the database and what is known of it elsewhere. */
export interface Doubtful {
  /** Its header as SQLite gave it. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly marks: { readonly code: unknown; readonly reference: unknown };
  /** What the journal says of its place; null: nothing any more. */
  readonly put: PutRecord | null;
  readonly seq: number;
  readonly journal: Pick<Journal, 'cancelled'>;
  readonly files: QueueFiles;
  readonly journalFolder: string;
}

/**
 * How a row has ended: as the database says, or as the journal says where the database cannot be read. What has ended must never be sent again.
 * @returns null: it waits, or is parked; `refused-act`: nobody was promised it
 */
export function endOf({
  raw,
  marks,
  put,
  seq,
  journal,
  files,
  journalFolder,
}: Doubtful): EndedRow['state'] | 'refused-act' | null {
  const known = RowState.safeParse(raw.state).data;
  if (known === 'accepted' || known === 'refused' || known === 'cancelled' || known === 'lost') return known;
  const receipt = put?.receipt ?? raw.receipt;
  if (typeof receipt === 'string' && isCancelled(journal, receipt, seq)) return 'cancelled';
  if (known !== undefined) return null;
  // Not a word that any state has: the rest of the row and the journal must tell.
  const answered = RefusalCode.safeParse(marks.code).success ? 'refused' : 'accepted';
  if (typeof marks.reference === 'string') return answered;
  const { done, withdrawn } = readJournal(files, journalFolder);
  const id = put?.id ?? String(raw.id);
  if (withdrawn.has(id)) return 'refused-act';
  return done.has(id) ? answered : null;
}

/** The row as it stays: named by the journal where that has it, else as it stands. @returns null: not even its receipt can be read */
export function endedRow(raw: Doubtful['raw'], put: PutRecord | null, seq: number, state: EndedRow['state']): EndedRow | null {
  // A place may have been another row's before: one of the two names must be the same.
  const copy = put !== null && (put.id === raw.id || put.receipt === raw.receipt) ? put : null;
  const receipt = copy?.receipt ?? ReceiptNumber.safeParse(raw.receipt).data;
  if (receipt === undefined) return null;
  const id = copy?.id ?? SubmissionId.safeParse(raw.id).data ?? placeholder(seq);
  const kind = copy?.kind ?? SubmissionKind.safeParse(raw.kind).data ?? 'set-up';
  const at = copy?.at ?? (Number.isSafeInteger(raw.created_at) ? Number(raw.created_at) : 0);
  const stands = raw.hash instanceof Uint8Array ? raw.hash : payloadHash('');
  const hash = copy === null ? stands : Buffer.from(copy.sha256, 'base64url');
  return { seq, id, kind, receipt, at, state, hash, rowHash: rowHash(seq, id, kind, receipt, at, hash) };
}
