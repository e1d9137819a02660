import type { SubmissionKind } from '../../contract/submission.ts';
import { type FileRow, isUnsent, type QueueFile } from './file-row.ts';

/** What is in a queue's file: counts, times and receipts, never content. */
export interface QueueFileReport {
  readonly form: QueueFile['form'];
  readonly version: number | null;
  readonly rows: number;
  readonly states: ReadonlyMap<NonNullable<FileRow['state']>, number>;
  readonly kinds: ReadonlyMap<SubmissionKind, number>;
  /** Epoch ms of the oldest and the newest row; null: no row says. */
  readonly oldest: number | null;
  readonly newest: number | null;
  /** Rows that are not settled and can be saved. */
  readonly unsent: readonly Pick<FileRow, 'receipt' | 'kind' | 'state' | 'at'>[];
  /** Rows whose own check fails. A receipt that is out of form is null. */
  readonly bad: readonly (string | null)[];
  /** Places that cannot be read. */
  readonly gaps: number;
}

export function reportOf(file: QueueFile): QueueFileReport {
  const states = new Map<NonNullable<FileRow['state']>, number>();
  const kinds = new Map<SubmissionKind, number>();
  const unsent: QueueFileReport['unsent'][number][] = [];
  const bad: (string | null)[] = [];
  let rows = 0;
  let oldest: number | null = null;
  let newest: number | null = null;
  for (const row of file.rows()) {
    const { receipt, kind, state, at, good } = row;
    rows += 1;
    if (state !== null) states.set(state, (states.get(state) ?? 0) + 1);
    if (kind !== null) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (at !== null) {
      oldest = Math.min(at, oldest ?? at);
      newest = Math.max(at, newest ?? at);
    }
    if (!good) bad.push(receipt);
    else if (isUnsent(row)) unsent.push({ receipt, kind, state, at });
  }
  return { form: file.form, version: file.version, rows, states, kinds, oldest, newest, unsent, bad, gaps: file.gaps };
}
