import type { SubmissionKind } from '../../contract/submission.ts';
import type { Journal } from './journal.ts';
import type { JournalContent } from './journal-content.ts';
import { payloadHash, rowHash } from './row-hash.ts';
import type { RowState } from './rows.ts';
import type { SalvagedRow } from './salvage.ts';
import type { Statements } from './statements.ts';

/** A row that has to be written into the database. `sealed` null: lost, or taken back. */
export interface Restored {
  readonly seq: number;
  readonly id: string;
  readonly kind: SubmissionKind;
  readonly receipt: string;
  readonly at: number;
  readonly state: RowState;
  readonly sealed: string | null;
  readonly attempts: number;
  readonly segment: number | null;
  readonly code: string | null;
  readonly reference: string | null;
  readonly settledAt: number | null;
}

/** An id for a row of which nothing but the receipt could be read. */
export const PLACEHOLDER = '00000000-0000-7000-8000-';
export const placeholder = (seq: number): string => `${PLACEHOLDER}${seq.toString(16).padStart(12, '0')}`;

/** All that is left of a row whose receipt alone could be read. */
export const lostRow = (seq: number, receipt: string): Restored => ({
  ...{ seq, id: placeholder(seq), kind: 'set-up', receipt, at: 0, state: 'lost', sealed: null },
  ...{ attempts: 0, segment: null, code: null, reference: null, settledAt: 0 },
});

/** The row's person took it back, whatever an older copy says. */
export const isCancelled = ({ cancelled }: Pick<JournalContent, 'cancelled'>, receipt: string, seq: number): boolean =>
  seq <= (cancelled.get(receipt)?.upTo ?? 0);

export const asSalvaged = (row: SalvagedRow, state: RowState, sealed: string | null): Restored => ({
  ...row,
  state,
  sealed,
  segment: null,
});

/** Writes a row as it was found elsewhere; what the journal has not is written there too (and not yet forced). @returns its place */
export function writeRestored(sql: Statements, row: Restored, journal: Journal): number {
  const { sealed, id, kind, receipt, at, state, attempts, code, reference, settledAt } = row;
  // Its place may be another row's by now; then it goes to the end.
  const seq = sql.header.get(row.seq) === undefined ? row.seq : sql.newest() + 1;
  const hash = payloadHash(sealed ?? '');
  const segment = sealed === null ? null : (row.segment ?? journal.put({ seq, id, kind, receipt, at, sealed, hash }));
  sql.change.insert({
    ...{ seq, id, kind, receipt, state, head: 0, attempts, at, segment, hash, sealed, code, settledAt, reference },
    rowHash: rowHash(seq, id, kind, receipt, at, hash),
  });
  return seq;
}
