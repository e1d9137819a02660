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

/** A queue's file, opened for reading; the file itself is never written. */
export interface QueueFile {
  readonly form: 'database' | 'journal';
  /** Number of the last migration; null: a journal, or it cannot be told. */
  readonly version: number | null;
  /** In the order of the queue, as far as they can be read. */
  rows(): Iterable<FileRow>;
  /** As `rows`; null after some milliseconds in which none was found. */
  turns(): Iterable<FileRow | null>;
  /** Places that could not be read so far: ask after `rows`. */
  readonly gaps: number;
  /** Rows may stand where nothing was tried so far: ask after `rows`. */
  readonly jumped: boolean;
  /** What is wrong beside single rows, in plain words: pages and indexes of a database, the chain of a journal. Slow. */
  faults(): string[];
  close(): Promise<void>;
}

/** `unknown`: neither form of a queue. `unreadable`: the disk refuses. */
export type QueueFileFault = 'missing' | 'unknown' | 'unreadable';

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
