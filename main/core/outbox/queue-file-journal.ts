import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { err, ok, type Result } from '../../contract/result.ts';
import type { FileRow, QueueFile, QueueFileFault } from './file-row.ts';
import { type FoundSegment, type PutRecord, payloadOf, readSegment } from './journal-record.ts';

interface ReadFile {
  readonly path: string;
  readonly found: FoundSegment;
}

/** What the records of all files say of a row, wherever it stands. */
interface Ends {
  readonly settled: ReadonlySet<string>;
  /** Receipt to the highest place that was taken back. */
  readonly cancelled: ReadonlyMap<string, number>;
}

/**
 * Reads a journal: its records first, payloads only when their rows are asked for, file by file.
 * @param files everything that lies there; what is no journal is passed over @param only rows of this one file; null: of all
 */
export async function openJournalFiles(
  files: readonly string[],
  only: string | null,
): Promise<Result<QueueFile, QueueFileFault>> {
  const read: ReadFile[] = [];
  for (const path of files) {
    // The core also serves a screen: a file at a time.
    await pause();
    const bytes = bytesOf(path);
    if (bytes === null) continue;
    const found = readSegment(bytes);
    if (found.records.length > 0) read.push({ path, found });
  }
  const shown = read.filter(({ path }) => only === null || path === only);
  if (shown.length === 0) return err('unknown');
  const ends = endsOf(read);
  return ok({
    form: 'journal',
    version: null,
    rows: () => rowsOf(shown, ends),
    turns: () => rowsOf(shown, ends),
    gaps: shown.reduce((sum, { found }) => sum + found.problems.length, 0),
    jumped: false,
    faults: () => chainFaults(read, shown),
    close: async () => {},
  });
}

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function endsOf(read: readonly ReadFile[]): Ends {
  const settled = new Set<string>();
  const cancelled = new Map<string, number>();
  for (const { found } of read) {
    for (const { record } of found.records) {
      if (record.what === 'done' || record.what === 'withdrawn') settled.add(record.id);
      if (record.what === 'settled') for (const id of record.ids) settled.add(id);
      if (record.what === 'cancelled') cancelled.set(record.receipt, Math.max(record.upTo, cancelled.get(record.receipt) ?? 0));
    }
  }
  return { settled, cancelled };
}

/** A row that was written again in a later file is shown once, by the copy that is whole. */
function* rowsOf(read: readonly ReadFile[], ends: Ends): Generator<FileRow> {
  const whole = new Set<string>();
  const broken = new Map<string, PutRecord>();
  for (const { path, found } of read) {
    const bytes = bytesOf(path) ?? Buffer.alloc(0);
    for (const one of found.records) {
      const { record } = one;
      if (record.what !== 'put' || whole.has(record.id)) continue;
      const sealed = payloadOf(bytes, one);
      const row = salvaged(record, ends, sealed);
      if (row.good) {
        whole.add(record.id);
        yield row;
      } else broken.set(record.id, record);
    }
  }
  for (const record of broken.values()) if (!whole.has(record.id)) yield salvaged(record, ends, null);
}

function salvaged({ id, kind, receipt, at, seq }: PutRecord, ends: Ends, sealed: string | null): FileRow {
  const state = ends.settled.has(id) ? 'settled' : seq <= (ends.cancelled.get(receipt) ?? 0) ? 'cancelled' : 'sending';
  // A payload of what is settled may have been wiped.
  const waits = state === 'sending';
  return {
    ...{ seq, id, kind, receipt, state, at, attempts: 0, settledAt: null, reference: null, code: null },
    ...{ sealed: waits ? sealed : null, named: true, good: !waits || sealed !== null },
  };
}

/**
 * Within a file every record names the hash of the one before. The first of a file may follow one that was let go, and the newest file may
 * end torn: the power went while it was written, and nobody had been promised what is missing.
 */
function chainFaults(read: readonly ReadFile[], shown: readonly ReadFile[]): string[] {
  const ordered = read.toSorted((a, b) => firstNumber(a) - firstNumber(b));
  const newest = ordered.at(-1);
  return shown.flatMap((one) => fileFaults(one, one === newest));
}

function fileFaults({ path, found }: ReadFile, newest: boolean): string[] {
  const name = basename(path);
  const faults = found.problems
    .filter((at) => !newest || at !== found.end)
    .map((at) => `${name}: no record can be read at byte ${at}`);
  let before: string | null = null;
  for (const { record, hash } of found.records) {
    if (record.what !== 'segment' && record.prev !== before)
      faults.push(`${name}: the chain is broken before record ${record.n}`);
    before = hash;
  }
  if (!newest && found.records.at(-1)?.record.what !== 'closed') faults.push(`${name}: its end is missing`);
  return faults;
}

const firstNumber = ({ found }: ReadFile): number => found.records[0]?.record.n ?? 0;
