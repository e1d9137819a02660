import type { SubmissionKind } from '../../contract/submission.ts';
import type { RowState } from './rows.ts';

/**
 * A row as a queue's file holds it, database or journal, whatever version wrote it. What is out of form is null. `settled`: of a journal, which
 * does not say how. `named`: what names it (id, kind, receipt, place, time) is what was written. `good`: named, and settled or with its payload.
 * `sealed`: only where it is what was written.
 */
export interface FileRow {
  /** Its place in that queue. */
  readonly seq: number;
  readonly id: string | null;
  readonly kind: SubmissionKind | null;
  readonly receipt: string | null;
  readonly state: RowState | 'settled' | null;
  /** Epoch ms of its commit. */
  readonly at: number | null;
  readonly attempts: number;
  /** Epoch ms; null: it is not settled, or the file does not say. */
  readonly settledAt: number | null;
  readonly reference: string | null;
  readonly code: string | null;
  readonly sealed: string | null;
  readonly named: boolean;
  readonly good: boolean;
}

/** A row that can be put back: not settled, and whole. */
export type UnsentRow = { readonly [K in 'id' | 'receipt' | 'sealed']: string } & {
  readonly kind: SubmissionKind;
  readonly seq: number;
  /** Epoch ms. */
  readonly at: number;
};

const SETTLED: ReadonlySet<FileRow['state']> = new Set(['accepted', 'refused', 'cancelled', 'settled']);
/** Nothing more is to be done with it: the platform has answered, or its person took it back. */
export const isSettled = ({ state }: Pick<FileRow, 'state'>): boolean => SETTLED.has(state);

const UNSENT: ReadonlySet<FileRow['state']> = new Set(['pending', 'sending', 'parked']);
export const isUnsent = ({ state }: Pick<FileRow, 'state'>): boolean => UNSENT.has(state);

/** @returns the row when it can be put back */
export function unsentRow(row: FileRow): UnsentRow | null {
  const { seq, id, kind, receipt, sealed, at } = row;
  if (!row.good || !isUnsent(row) || id === null || kind === null || receipt === null || sealed === null || at === null)
    return null;
  return { seq, id, kind, receipt, sealed, at };
}
