import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { readRows } from './database-rows.ts';
import type { FileRow } from './file-row.ts';
import { openMended, openPlain } from './first-page.ts';
import type { RowState } from './rows.ts';

/** A row of which at least its name could be read. */
export type SalvagedRow = FileRow & { readonly [K in 'id' | 'receipt']: string } & {
  readonly kind: NonNullable<FileRow['kind']>;
  readonly state: RowState;
  readonly at: number;
};

/** `nameless`: places of rows that no schema knows, with the receipt that could be read of them. */
export interface SalvagedFile {
  readonly rows: readonly SalvagedRow[];
  readonly nameless: readonly { readonly seq: number; readonly receipt: string }[];
}

const isNamed = (row: FileRow): row is SalvagedRow =>
  row.id !== null &&
  row.kind !== null &&
  row.receipt !== null &&
  row.at !== null &&
  row.state !== null &&
  row.state !== 'settled';

/** Where a copy is read; it is there only while that is done. */
export const readingFolder = (path: string): string => `${path}.reading`;

/**
 * Reads the rows of a queue's database that nobody has open and that is to be made anew. It is not changed; a copy beside it is made only
 * where its first page is gone.
 * @returns null: not a queue's file at all
 */
export function readDamaged(path: string): SalvagedFile | null {
  if (!existsSync(path)) return null;
  let folder: string | null = null;
  let db: Database.Database | null = null;
  try {
    db = openPlain(path, { readonly: true });
    if (db === null) {
      folder = readingFolder(path);
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { mode: 0o700 });
      const copy = join(folder, 'copy.db');
      copyFileSync(path, copy);
      db = openMended(copy, folder);
    }
    if (db === null) return null;
    const rows: SalvagedRow[] = [];
    const nameless: { seq: number; receipt: string }[] = [];
    for (const row of readRows(db, () => {})) {
      if (row === null) continue;
      if (isNamed(row)) rows.push(row);
      else if (row.receipt !== null) nameless.push({ seq: row.seq, receipt: row.receipt });
    }
    return { rows, nameless };
  } catch {
    return null;
  } finally {
    db?.close();
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
}
