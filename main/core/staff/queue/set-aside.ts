import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import type { SetAsideFile } from '../../../contract/staff.ts';
import { isUnsent, unsentRow } from '../../outbox/file-row.ts';
import type { OutboxStore } from '../../outbox/outbox.ts';
import { openQueueFile } from '../../outbox/queue-file.ts';
import type { RowState } from '../../outbox/rows.ts';

/** As the contract bounds the list. */
const MOST_FILES = 40;
/** The core also serves a screen: so many rows at a time. */
const SLICE = 50;

/** The set-aside files of the queue with what is in them, counted; no content leaves them. @param folder of the queue */
export async function lookAtSetAside(
  staff: Pick<OutboxStore['staff'], 'setAsideFiles' | 'stateOf'>,
  folder: string,
): Promise<SetAsideFile[]> {
  const files: SetAsideFile[] = [];
  for (const name of staff.setAsideFiles().toReversed().slice(0, MOST_FILES)) {
    files.push({ name, rows: await countRows(staff, join(folder, name), folder) });
  }
  return files;
}

async function countRows(
  staff: Pick<OutboxStore['staff'], 'stateOf'>,
  path: string,
  scratch: string,
): Promise<SetAsideFile['rows']> {
  const opened = await openQueueFile(path, scratch);
  if (!opened.ok) return null;
  const rows = { waiting: 0, parked: 0, settled: 0, missing: 0, bad: 0 };
  let read = 0;
  try {
    for (const row of opened.value.rows()) {
      read += 1;
      if (read % SLICE === 0) await pause();
      const unsent = unsentRow(row);
      if (!row.good) rows.bad += 1;
      else if (!isUnsent(row)) rows.settled += 1;
      else if (row.state === 'parked') rows.parked += 1;
      else rows.waiting += 1;
      if (unsent !== null && isMissing(staff.stateOf(unsent.id))) rows.missing += 1;
    }
    return { ...rows, bad: rows.bad + opened.value.gaps };
  } catch {
    return null;
  } finally {
    await opened.value.close();
  }
}

/** Of a row that damage has taken the queue has only the receipt left. */
const isMissing = (state: RowState | null): boolean => state === null || state === 'lost';
