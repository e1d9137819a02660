import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { dropFolder, newFolder } from '../folders.ts';
import { profileOf } from '../profile.ts';
import { against, interleaved, timeOf } from '../rounds.ts';
import { atMost, type BenchOptions, type BenchRow, judgedRow } from '../row.ts';
import { BYTES } from './commit.ts';
import { enqueued, openQueue, rowOf, sealedOf } from './store.ts';

const ROWS = 5000;

/** Every file in and below a folder. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Reads the same bytes, and opens a database of the same rows with nothing of ours around it. */
function bareOpening(folder: string): void {
  for (const file of filesIn(folder)) readFileSync(file);
  const db = new Database(join(folder, 'queue', 'outbox.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.prepare('SELECT 1 FROM outbox LIMIT 1').get();
  db.close();
}

/** From nothing to a queue that serves, 5,000 rows waiting. Files are in the machine's cache, as after a restart of the core. */
export async function opening({ rounds }: BenchOptions): Promise<BenchRow[]> {
  const folder = newFolder('disk');
  const store = openQueue(folder);
  const sealed = sealedOf(BYTES);
  for (let n = 0; n < ROWS; n++) enqueued(store, rowOf(n, sealed));
  store.close();
  const open = async (): Promise<number> => {
    let opened: ReturnType<typeof openQueue> | null = null;
    const ms = await timeOf(() => {
      opened = openQueue(folder);
    });
    (opened as ReturnType<typeof openQueue> | null)?.close();
    return ms;
  };
  const times = await interleaved(rounds, { bare: () => timeOf(() => bareOpening(folder)), ours: open });
  const row = await judgedRow(
    {
      bench: 'queue',
      what: `opening at ${ROWS.toLocaleString('en')} rows of ${BYTES / 1000} KB, to reading their bytes and opening bare`,
      unit: 'ms',
      ...against(times.ours, times.bare),
      spread: [Math.min(...times.ours), Math.max(...times.ours)],
    },
    atMost(150, 'ms'),
    () => profileOf(open),
  );
  dropFolder(folder);
  return [row];
}
