import { setImmediate as pause } from 'node:timers/promises';
import { err, ok, type Result } from '../../../contract/result.ts';
import { isSettled, type UnsentRow, unsentRow } from '../../outbox/file-row.ts';
import type { OutboxStore } from '../../outbox/outbox.ts';
import { openQueueFile } from '../../outbox/queue-file.ts';

export interface SalvageFrom {
  readonly path: string;
  /** Other files of the same queue: what was settled in one of them, above all what its person took back, does not come back. */
  readonly others: readonly string[];
  /** Folder for copies. */
  readonly scratch: string;
}

/** `known`: unsent there, but in the queue already or settled since. `unreadable`: receipts of rows that cannot be saved. */
export interface Salvaged {
  readonly restored: number;
  readonly known: number;
  readonly unreadable: readonly string[];
}

/** One transaction, and one turn of the core's loop. */
const SLICE_ROWS = 50;
const SLICE_BYTES = 1024 * 1024;

/**
 * Puts the unsent rows of a file back into the queue, slice by slice. Ended in the middle it is begun again: what came back is known then.
 * @returns `unreadable`: not a queue's file; `storage`: the queue could not be written, and what came back before stays
 */
export async function salvageFile(
  staff: Pick<OutboxStore['staff'], 'putBack'>,
  { path, others, scratch }: SalvageFrom,
): Promise<Result<Salvaged, 'unreadable' | 'storage'>> {
  const settled = await settledIn(others, scratch);
  const opened = await openQueueFile(path, scratch);
  if (!opened.ok) return err('unreadable');
  const file = opened.value;
  const unreadable: string[] = [];
  let restored = 0;
  let known = 0;
  let slice: UnsentRow[] = [];
  let bytes = 0;
  const flush = (): boolean => {
    const done = staff.putBack(slice);
    slice = [];
    bytes = 0;
    if (!done.ok) return false;
    restored += done.value.restored.length;
    known += done.value.known;
    return true;
  };
  try {
    for (const found of file.rows()) {
      const row = unsentRow(found);
      if (row === null) {
        if (!found.good && !isSettled(found) && found.receipt !== null) unreadable.push(found.receipt);
      } else if (settled.has(row.id)) known += 1;
      else {
        slice.push(row);
        bytes += row.sealed.length;
      }
      if (slice.length < SLICE_ROWS && bytes < SLICE_BYTES) continue;
      if (!flush()) return err('storage');
      await pause();
    }
    if (slice.length > 0 && !flush()) return err('storage');
    return ok({ restored, known, unreadable });
  } finally {
    await file.close();
  }
}

/** Ids that one of these files knows as settled. A file that cannot be read says nothing. */
export async function settledIn(paths: readonly string[], scratch: string): Promise<ReadonlySet<string>> {
  const settled = new Set<string>();
  for (const path of paths) {
    const opened = await openQueueFile(path, scratch);
    if (!opened.ok) continue;
    try {
      let read = 0;
      for (const row of opened.value.rows()) {
        if (row.id !== null && isSettled(row)) settled.add(row.id);
        read += 1;
        if (read % SLICE_ROWS === 0) await pause();
      }
    } finally {
      await opened.value.close();
    }
  }
  return settled;
}
