import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExportHeader, type ExportTrailer, exportName } from '../../../contract/export-file.ts';
import { type BatchItem, MAX_BATCH_ITEMS } from '../../../contract/platform.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { StaffError } from '../../../contract/staff.ts';
import { codeOf } from '../../outbox/database.ts';
import type { OutboxStore } from '../../outbox/outbox.ts';
import { FOLDERS_ARE_SYNCED } from '../../system/sync-folder.ts';

/** The queue as an export needs it: the live one, or a file's rows (main/hosts/core/outbox-tool.ts). */
export interface ExportedQueue {
  readonly markSending: OutboxStore['markSending'];
  readonly staff: Pick<OutboxStore['staff'], 'places' | 'exportRow' | 'stateOf'>;
}

export interface ExportDeps {
  readonly outbox: ExportedQueue;
  /** Folder of the medium. */
  readonly medium: string;
  readonly terminal: string;
  /** Epoch ms. */
  readonly now: number;
  /** The file's name; as `exportName` makes it when not said. */
  readonly name?: string;
}

/** A row was settled over the line between the count and its turn. */
class RowsChanged extends Error {}
/** So often the export begins again when rows change under it; then the line is anything but dead. */
const MOST_TRIES = 3;
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/**
 * Puts every row that waits or is parked on a medium (main/contract/export-file.ts). Those that wait are marked first, durably, as ones that may have left:
 * nobody can take them back any more, whatever becomes of the medium. They stay queued until the platform's answer settles them.
 * Written under another name, forced to the medium, renamed, read back and compared: a file with the right name is a whole one.
 * @returns how many rows, and the file's name
 */
export async function writeExport(options: ExportDeps): Promise<Result<{ rows: number; file: string }, StaffError>> {
  const { outbox, medium, terminal, now } = options;
  const name = options.name ?? exportName(terminal, now);
  const part = join(medium, `.${name}.part`);
  for (let tried = 1; ; tried++) {
    const ids = allRows(outbox);
    if (ids === null) return err('storage');
    if (ids.length === 0) return ok({ rows: 0, file: '' });
    try {
      const written = await writePart(part, ids, options);
      await rename(part, join(medium, name));
      await syncFolder(medium);
      return (await hashOf(join(medium, name))) === written ? ok({ rows: ids.length, file: name }) : err('no-media');
    } catch (error) {
      await rm(part, { force: true }).catch(() => {});
      if (error instanceof RowsChanged && tried < MOST_TRIES) continue;
      if (error instanceof RowsChanged) return err('storage');
      return err(NO_ROOM.has(codeOf(error)) ? 'media-full' : 'no-media');
    }
  }
}

/**
 * Those that wait are marked; parked ones need no mark: they have been at the platform's door, and nobody can take them back.
 * @returns the ids that may leave, in the order of the queue; null when it could not be written down
 */
function allRows({ markSending, staff }: ExportedQueue): string[] | null {
  const ids: string[] = [];
  for (let after = 0; ; ) {
    const places = staff.places(after, MAX_BATCH_ITEMS, { parked: true });
    const last = places.at(-1);
    if (last === undefined) return ids;
    const marked = markSending(places);
    if (marked === null) return null;
    ids.push(...places.flatMap(({ id }) => (marked.has(id) || staff.stateOf(id) === 'parked' ? [id] : [])));
    after = last.seq;
  }
}

/** @returns SHA-256 of the whole file, hex */
async function writePart(path: string, ids: readonly string[], { outbox, terminal, now }: ExportDeps): Promise<string> {
  const file = await open(path, 'w', 0o600);
  const hash = createHash('sha256');
  const line = async (value: ExportHeader | BatchItem | ExportTrailer) => {
    const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
    hash.update(bytes);
    await writeAll(file, bytes);
  };
  try {
    const created = new Date(now).toISOString();
    await line({ v: 1, what: 'madoguchi-export', terminal, count: ids.length, created });
    for (const id of ids) {
      const row = outbox.staff.exportRow(id);
      if (row === null) throw new RowsChanged();
      const { kind, receipt, sealed } = row;
      await line({ id, kind, receipt, terminal, sealed });
    }
    await line({ end: 'madoguchi-export', count: ids.length, sha256: hash.copy().digest('hex') });
    await file.sync();
  } finally {
    await file.close().catch(() => {});
  }
  return hash.digest('hex');
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done);
    done += bytesWritten;
  }
}

/** A rename is on the medium when its folder is; some file systems have no such call, and then need none. */
async function syncFolder(folder: string): Promise<void> {
  if (!FOLDERS_ARE_SYNCED) return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync().catch((error: unknown) => {
      if (codeOf(error) !== 'EINVAL' && codeOf(error) !== 'ENOTSUP') throw error;
    });
  } finally {
    await handle.close();
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}
