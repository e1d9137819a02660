import type { Buffer } from 'node:buffer';
import { join } from 'node:path';
import { FileReader, type QueueFiles, segmentName, segmentNumbers } from './journal-files.ts';
import { type FoundRecord, type JournalRecord, type PutRecord, payloadOf, readSegment } from './journal-record.ts';

/** A put that stands in the journal. */
export interface FoundPut {
  readonly put: PutRecord;
  readonly segment: number;
}

/** Everything that can be believed of a journal, and what was noticed on the way. */
export interface JournalContent {
  /** Identifier of the journal; null: there is none. */
  readonly journal: string | null;
  /** The last put of each id; an id that was withdrawn is not among them. */
  readonly puts: ReadonlyMap<string, FoundPut>;
  readonly done: ReadonlyMap<string, number>;
  /** Segment of the record that says so, by id. */
  readonly sent: ReadonlyMap<string, number>;
  /** Segment of the record that says so, by id. */
  readonly withdrawn: ReadonlyMap<string, number>;
  /** By receipt: rows up to this `seq` were taken back by their person. */
  readonly cancelled: ReadonlyMap<string, { readonly upTo: number; readonly segment: number }>;
  readonly segments: readonly number[];
  /** The newest file, and whether its end is as its writer left it. */
  readonly last: { readonly n: number; readonly hash: string; readonly segment: number } | null;
  /** Something is missing or cannot be read. A torn end of the newest file is none: the power went while it was written. */
  readonly damaged: boolean;
}

interface Collecting {
  journal: string | null;
  readonly puts: Map<string, FoundPut>;
  readonly done: Map<string, number>;
  readonly sent: Map<string, number>;
  readonly withdrawn: Map<string, number>;
  readonly cancelled: Map<string, { upTo: number; segment: number }>;
  readonly live: Set<number>;
  readonly dropped: Set<number>;
  /** Files that there are. */
  readonly present: ReadonlySet<number>;
  /** Files in which something is missing or cannot be read. */
  readonly torn: Set<number>;
  last: { n: number; hash: string; segment: number } | null;
  damaged: boolean;
}

function take(into: Collecting, record: JournalRecord, segment: number): void {
  switch (record.what) {
    case 'segment':
      into.journal ??= record.journal;
      if (record.journal !== into.journal || record.segment !== segment) into.damaged = true;
      for (const number of record.live) into.live.add(number);
      return;
    case 'put':
      into.puts.set(record.id, { put: record, segment });
      // Refused once, the act was tried again, and this time it was promised.
      into.withdrawn.delete(record.id);
      return;
    case 'sent':
      for (const id of record.ids) into.sent.set(id, segment);
      return;
    case 'unsent':
      for (const id of record.ids) into.sent.delete(id);
      return;
    case 'settled':
      for (const id of record.ids) into.done.set(id, segment);
      return;
    case 'done':
      into.done.set(record.id, segment);
      return;
    case 'withdrawn':
      into.withdrawn.set(record.id, segment);
      return;
    case 'cancelled': {
      const known = into.cancelled.get(record.receipt);
      into.cancelled.set(record.receipt, { upTo: Math.max(record.upTo, known?.upTo ?? 0), segment });
      return;
    }
    case 'dropped':
      into.live.delete(record.segment);
      into.dropped.add(record.segment);
      // A power cut may bring its file back, whole or half wiped: nothing in it waits.
      if (!into.present.has(record.segment)) return;
      for (const [id, put] of into.puts) if (put.segment === record.segment) into.puts.delete(id);
      return;
    case 'closed':
      return;
  }
}

/**
 * Whether the chain is whole in front of a record. The first record of a file follows the last one that could be read of the file before, when it
 * was begun: a file that was cut since shows by it. Nothing is known where that file was dropped.
 */
function follows(before: Collecting['last'], segment: number, { record }: FoundRecord): boolean {
  if (record.what === 'segment') return before === null || before.segment !== segment - 1 || record.prev === before.hash;
  return before?.segment === segment && record.prev === before.hash;
}

/** Reads every file of a journal's folder. Payloads are not looked at: that is for when one is needed, and for the long check. */
export function readJournal(files: QueueFiles, folder: string): JournalContent {
  const segments = segmentNumbers(files, folder);
  const into: Collecting = {
    journal: null,
    puts: new Map(),
    done: new Map(),
    sent: new Map(),
    withdrawn: new Map(),
    cancelled: new Map(),
    live: new Set(),
    dropped: new Set(),
    present: new Set(segments),
    torn: new Set(),
    last: null,
    damaged: false,
  };
  const reader = new FileReader(files);
  let before: Collecting['last'] = null;
  for (const segment of segments) {
    const found = readFile(reader, folder, segment);
    if (found === null) {
      into.torn.add(segment);
      continue;
    }
    // What stands behind the last record was being written when the power went, and nobody was promised it.
    const inside = found.problems.filter((at) => at !== found.end);
    if (inside.length > 0 || found.records.length === 0) into.torn.add(segment);
    for (const each of found.records) {
      if (!follows(before, segment, each)) into.torn.add(segment);
      before = { n: each.record.n, hash: each.hash, segment };
      take(into, each.record, segment);
    }
    if (before !== null && (into.last === null || before.n > into.last.n)) into.last = before;
  }
  for (const number of into.live) if (!segments.includes(number)) into.damaged = true;
  for (const number of into.torn) if (!into.dropped.has(number)) into.damaged = true;
  for (const id of into.withdrawn.keys()) into.puts.delete(id);
  return { ...into, segments };
}

function readFile(reader: FileReader, folder: string, segment: number): ReturnType<typeof readSegment> | null {
  try {
    return readSegment(reader.read(join(folder, segmentName(segment))));
  } catch {
    return null;
  }
}

/** Looks for the payload of one row; the files that were read stay at hand while many are asked for. */
export function payloadReader(files: QueueFiles, folder: string): (segment: number, id: string) => string | null {
  let open: { segment: number; file: Buffer; puts: Map<string, FoundRecord> } | null = null;
  const load = (segment: number) => {
    if (open?.segment === segment) return open;
    const file = files.readFileSync(join(folder, segmentName(segment)));
    const puts = new Map<string, FoundRecord>();
    for (const each of readSegment(file).records) if (each.record.what === 'put') puts.set(each.record.id, each);
    open = { segment, file, puts };
    return open;
  };
  return (segment, id) => {
    try {
      const { file, puts } = load(segment);
      const found = puts.get(id);
      return found === undefined ? null : payloadOf(file, found);
    } catch {
      return null;
    }
  };
}

/** The newest put with this place in the queue, in these files. `sealed` null: its payload is not what was written. */
export function findPut(
  files: QueueFiles,
  folder: string,
  segments: readonly number[],
  seq: number,
): (FoundPut & { readonly sealed: string | null }) | null {
  for (const segment of segments) {
    let file: Buffer;
    try {
      file = files.readFileSync(join(folder, segmentName(segment)));
    } catch {
      continue;
    }
    const found = readSegment(file).records.findLast(({ record }) => record.what === 'put' && record.seq === seq);
    if (found?.record.what === 'put') return { put: found.record, segment, sealed: payloadOf(file, found) };
  }
  return null;
}
