import { Buffer } from 'node:buffer';
import { hash } from 'node:crypto';
import { z } from 'zod';
import { ReceiptNumber, SubmissionId, SubmissionKind } from '../../contract/submission.ts';

/**
 * The journal's records, one text line each, so that an engineer can read a file with any editor:
 *
 *     {"n":12,"what":"put","id":...,"bytes":11000,"sha256":"...","prev":"..."} HASH\n
 *     SEALED PAYLOAD\n                                                            (after `put` only)
 *
 * `n` counts every record of a journal. `prev` is the HASH of the record before, so that a missing record shows; HASH is the SHA-256 of the
 * line's JSON text (base64url, 43 characters), so that each line can be believed or not without its neighbours. What follows the last
 * record of a file is zeros: the room was laid beforehand, and a commit needs no new blocks.
 */
const digest = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const common = { n: z.number().int().min(1), prev: z.string().regex(/^(?:[A-Za-z0-9_-]{43})?$/) };
const count = z.number().int().min(0);
/** Ids in one record. */
export const MOST_IDS = 100;
const receiptOnly = { receipt: ReceiptNumber, upTo: count };

export const JournalRecord = z.discriminatedUnion('what', [
  /** The first record of every file. `live`: numbers of the older files that still hold something. */
  z
    .object({ ...common, what: z.literal('segment'), v: z.literal(1), journal: z.uuid(), segment: count, live: z.array(count) })
    .strict(),
  /** A row that waits. `seq`: its place in the queue, kept when it is written again. */
  z
    .object({
      ...common,
      what: z.literal('put'),
      seq: z.number().int().min(1),
      id: SubmissionId,
      kind: SubmissionKind,
      receipt: ReceiptNumber,
      at: z.number().int(),
      bytes: z.number().int().min(1),
      sha256: digest,
    })
    .strict(),
  /** These may have left the kiosk: nobody can take them back. Not forced: it is for a database that has forgotten it, not for a power cut. */
  z.object({ ...common, what: z.literal('sent'), ids: z.array(SubmissionId).min(1).max(MOST_IDS) }).strict(),
  /** Nothing of these has left after all. Forced. */
  z.object({ ...common, what: z.literal('unsent'), ids: z.array(SubmissionId).min(1).max(MOST_IDS) }).strict(),
  /** The platform settled these. Not forced to the disk: without it a row would be sent once more, and be a duplicate. */
  z.object({ ...common, what: z.literal('settled'), ids: z.array(SubmissionId).min(1).max(MOST_IDS) }).strict(),
  /** The same of one row, as the version before wrote it. */
  z.object({ ...common, what: z.literal('done'), id: SubmissionId }).strict(),
  /** Its act was refused after it had been written here: nobody was promised anything. */
  z.object({ ...common, what: z.literal('withdrawn'), id: SubmissionId }).strict(),
  /** Every row of the receipt with a `seq` up to this one was taken back by its person. */
  z.object({ ...common, what: z.literal('cancelled'), ...receiptOnly }).strict(),
  /** An older file was let go: nothing in it waits any more. */
  z.object({ ...common, what: z.literal('dropped'), segment: count }).strict(),
  /** The last record of a full file. */
  z.object({ ...common, what: z.literal('closed') }).strict(),
]);
export type JournalRecord = z.infer<typeof JournalRecord>;
export type PutRecord = Extract<JournalRecord, { what: 'put' }>;
type Without<T> = T extends unknown ? Omit<T, 'n' | 'prev'> : never;
/** A record as its writer knows it: number and chain come from the journal. */
export type NewRecord = Without<JournalRecord>;

/** A line is some hundred bytes; one with many live files, some kilobytes. */
const LONGEST_LINE = 64 * 1024;
const HASH_LENGTH = 43;
const ID_LENGTH = 36;
const RECEIPT_LENGTH = 10;
/** n, what, seq, id, kind, receipt, at, bytes, sha256, prev. */
const PUT_KEYS = 10;

export const sha256 = (content: string | Uint8Array): string => hash('sha256', content, 'base64url');

/** @returns the line with its line end, and its hash */
export function encodeRecord(record: NewRecord, n: number, prev: string): { readonly line: string; readonly hash: string } {
  const text = JSON.stringify({ n, ...record, prev });
  const own = sha256(text);
  return { line: `${text} ${own}\n`, hash: own };
}

/** One record as it was found. `payloadAt`: offset of a put's payload in the file. */
export interface FoundRecord {
  readonly record: JournalRecord;
  readonly hash: string;
  readonly payloadAt: number;
}

/** What a file holds. `problems`: offsets of what is neither a record nor laid room. `end`: where the room begins. */
export interface FoundSegment {
  readonly records: readonly FoundRecord[];
  readonly problems: readonly number[];
  readonly end: number;
}

const kinds: ReadonlySet<unknown> = new Set(SubmissionKind.options);
const isPlace = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 1;
const isText = (value: unknown, length: number): boolean => typeof value === 'string' && value.length === length;

/** What names a row, in a line that has its own checksum: by lengths only. */
export const namesRow = ({ id, kind, receipt, at }: Record<string, unknown>): boolean =>
  isText(id, ID_LENGTH) && isText(receipt, RECEIPT_LENGTH) && kinds.has(kind) && Number.isInteger(at);

/**
 * A put, without the schema's whole work, which at a start with a long queue was a sixth of it. Its line has its own checksum, so that it is what
 * its writer wrote; only another version could have written another shape.
 */
function isPut(value: unknown): value is PutRecord {
  if (typeof value !== 'object' || value === null) return false;
  const found = value as Record<string, unknown>;
  const { n, prev, what, seq, bytes, sha256: payload } = found;
  if (what !== 'put' || !namesRow(found) || Object.keys(found).length !== PUT_KEYS) return false;
  if (!isText(payload, HASH_LENGTH) || !(prev === '' || isText(prev, HASH_LENGTH))) return false;
  return isPlace(n) && isPlace(seq) && isPlace(bytes);
}

function recordOf(value: unknown): JournalRecord | null {
  return isPut(value) ? value : (JournalRecord.safeParse(value).data ?? null);
}

/** Reads one line at `at`; null: there is none that can be believed. */
function recordAt(file: Buffer, at: number): { found: FoundRecord; next: number } | null {
  const lineEnd = file.subarray(at, at + LONGEST_LINE).indexOf(0x0a);
  if (lineEnd < HASH_LENGTH + 2) return null;
  const text = file.toString('utf8', at, at + lineEnd - HASH_LENGTH - 1);
  const own = file.toString('latin1', at + lineEnd - HASH_LENGTH, at + lineEnd);
  if (file[at + lineEnd - HASH_LENGTH - 1] !== 0x20 || sha256(text) !== own) return null;
  const record = recordOf(JSON.parse(text));
  if (record === null) return null;
  const payloadAt = at + lineEnd + 1;
  const next = record.what === 'put' ? payloadAt + record.bytes + 1 : payloadAt;
  return { found: { record, hash: own, payloadAt }, next };
}

const NEXT_LINE = Buffer.from('\n{"n":');

/** Goes on behind what cannot be read: payloads are base64url and hold no brace, so the next record's beginning cannot be mistaken. */
function resync(file: Buffer, from: number): number {
  const at = file.indexOf(NEXT_LINE, from);
  return at === -1 ? -1 : at + 1;
}

const ZEROS = Buffer.alloc(64 * 1024);
/** Compared in blocks: byte by byte, a file of 1 MiB took milliseconds at every start. */
const isZero = (file: Buffer, from: number): boolean => {
  for (let at = from; at < file.length; at += ZEROS.length) {
    const part = file.subarray(at, at + ZEROS.length);
    if (part.compare(ZEROS, 0, part.length) !== 0) return false;
  }
  return true;
};

/** Every record of a file that can be believed, whatever became of the rest. Payloads are not looked at. */
export function readSegment(file: Buffer): FoundSegment {
  const records: FoundRecord[] = [];
  const problems: number[] = [];
  let at = 0;
  while (at < file.length) {
    const read = recordAt(file, at);
    if (read !== null) {
      records.push(read.found);
      at = read.next;
      continue;
    }
    const next = resync(file, at);
    if (next === -1) {
      if (!isZero(file, at)) problems.push(at);
      break;
    }
    problems.push(at);
    at = next;
  }
  return { records, problems, end: Math.min(at, file.length) };
}

/** The payload of a put; null: its bytes are not the ones that were written. */
export function payloadOf(file: Buffer, { record, payloadAt }: FoundRecord): string | null {
  if (record.what !== 'put') return null;
  const bytes = file.subarray(payloadAt, payloadAt + record.bytes);
  return bytes.length === record.bytes && sha256(bytes) === record.sha256 ? bytes.toString('utf8') : null;
}
