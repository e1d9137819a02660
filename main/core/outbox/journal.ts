import { Buffer } from 'node:buffer';
import { join } from 'node:path';
import type { JournalContent } from './journal-content.ts';
import { force, JournalFailure, layFile, onDisk, type QueueFiles, segmentName, wipeFile } from './journal-files.ts';
import {
  encodeRecord,
  type FoundRecord,
  MOST_IDS,
  type NewRecord,
  type PutRecord,
  payloadOf,
  readSegment,
} from './journal-record.ts';

/** Small enough to be read, checked and wiped in one slice of some milliseconds; holds the longest row there can be. */
const SEGMENT_BYTES = 1024 * 1024;
/** Some ordinary rows. */
const NEARLY_FULL_BYTES = 96 * 1024;
/** Room for the record that closes a file, and for what is noted in it without being forced. */
const SPARE_BYTES = 1024;
/** The system's words for a disk without room. */
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT']);
/** An id in a record, with its quotes and comma. */
const ID_BYTES = 40;
/** Taken-back receipts that are remembered when their file goes; a backup older than these is not to be feared. */
const MOST_CANCELLED = 5000;

/** A row as the journal keeps it. `at`: epoch ms of its commit. */
export interface JournalRow {
  readonly seq: number;
  readonly id: string;
  readonly kind: PutRecord['kind'];
  readonly receipt: string;
  readonly at: number;
  readonly sealed: string;
  /** SHA-256 of `sealed`. */
  readonly hash: Uint8Array;
}

interface Segment {
  readonly number: number;
  /** Rows in it that still wait (parked ones among them). */
  live: number;
  /** It holds a payload that is needed no more. */
  stale: boolean;
}

/** The file that is written to; `at`: where the next record goes. */
interface Active {
  readonly segment: Segment;
  readonly file: number;
  readonly bytes: number;
  at: number;
}

export interface JournalDeps {
  readonly files: QueueFiles;
  readonly folder: string;
  /** Identifier of this journal, a UUID. */
  readonly journal: string;
  /** What was found in the folder. */
  readonly content: JournalContent;
  /** Rows of each found file that wait; a file that holds none is let go at the first opportunity. */
  readonly live: ReadonlyMap<number, number>;
}

/**
 * The second copy of every waiting row: an append-only, checksummed, chained text journal in files of 1 MiB (journal-record.ts). It always
 * begins a new file, so that nothing is ever written behind an end that a power cut may have torn. Methods throw JournalFailure; a file whose
 * fsync failed must not be written again, so the owner gives the whole journal up then.
 */
export class Journal {
  readonly id: string;
  readonly folder: string;
  private readonly files: QueueFiles;
  private readonly segments = new Map<number, Segment>();
  /** Receipts that were taken back, and up to which place. */
  readonly cancelled = new Map<string, { upTo: number; segment: number }>();
  private readonly withdrawn = new Map<string, number>();
  /** Rows whose end stands in another file than the row itself: file of the row by id, by file of the end. */
  private readonly ended = new Map<number, Map<string, number>>();
  /** Rows that may have left and are not settled. */
  private readonly left = new Map<string, number>();
  private active: Active;
  /** The file that the long check read last. */
  private read: { number: number; file: Buffer; puts: ReadonlyMap<string, FoundRecord> } | null = null;
  private n: number;
  private prev: string;

  constructor({ files, folder, journal, content, live }: JournalDeps) {
    this.files = files;
    this.folder = folder;
    this.id = journal;
    this.n = content.last?.n ?? 0;
    this.prev = content.last?.hash ?? '';
    for (const number of content.segments) {
      // Whatever stood in it that waits no more is a payload to be wiped.
      this.segments.set(number, { number, live: live.get(number) ?? 0, stale: true });
    }
    for (const [receipt, mark] of content.cancelled) this.cancelled.set(receipt, mark);
    for (const [id, segment] of content.sent) if (!content.done.has(id)) this.left.set(id, segment);
    for (const [id, segment] of content.withdrawn) this.withdrawn.set(id, segment);
    for (const [id, segment] of content.done) this.noteEnd(id, content.puts.get(id)?.segment ?? null, segment);
    onDisk(() => files.mkdirSync(folder, { recursive: true, mode: 0o700 }));
    this.active = this.begin(this.lay((content.segments.at(-1) ?? 0) + 1, this.headBytes() + 2 * SPARE_BYTES));
    this.sync();
  }

  /** Number of the file that is written to. */
  get segment(): number {
    return this.active.segment.number;
  }

  /** The first record of a file names the older ones. */
  private headBytes(): number {
    return this.segments.size * 10 + SPARE_BYTES;
  }

  /** A new file's room; nothing is written into it yet. @throws where there is none: nothing has changed then */
  private lay(number: number, least: number): Active {
    const sizes = [SEGMENT_BYTES, SEGMENT_BYTES / 4, SEGMENT_BYTES / 16].filter((size) => size > least);
    // On a full disk a smaller file may still find room: what waits can then at least be settled.
    for (const bytes of sizes.length === 0 ? [least] : sizes) {
      try {
        const file = layFile(this.files, this.folder, segmentName(number), bytes);
        return { segment: { number, live: 0, stale: false }, file, bytes, at: 0 };
      } catch (error) {
        const room = error instanceof JournalFailure && NO_ROOM.has(error.code);
        if (!room || bytes === (sizes.at(-1) ?? least)) throw error;
      }
    }
    throw new JournalFailure('ENOSPC');
  }

  private begin(active: Active): Active {
    const { segment } = active;
    const live = [...this.segments.keys()];
    this.segments.set(segment.number, segment);
    this.write(active, { what: 'segment', v: 1, journal: this.id, segment: segment.number, live }, '');
    return active;
  }

  private write(into: Active, record: NewRecord, payload: string): void {
    const { line, hash } = encodeRecord(record, this.n + 1, this.prev);
    const bytes = Buffer.from(payload === '' ? line : `${line}${payload}\n`);
    onDisk(() => {
      for (let done = 0; done < bytes.length; )
        done += this.files.writeSync(into.file, bytes, done, bytes.length - done, into.at + done);
    });
    into.at += bytes.length;
    this.n += 1;
    this.prev = hash;
  }

  /** Makes room in the active file, or goes on in a new one. @param bytes of the payload */
  reserve(bytes: number): void {
    const wanted = bytes + 2 * SPARE_BYTES;
    if (this.active.at + wanted > this.active.bytes) this.goOn(wanted);
  }

  /** Closes the active file and begins the next. @param room bytes that the next one must hold at least */
  private goOn(room: number): void {
    const old = this.active;
    const next = this.lay(old.segment.number + 1, room + this.headBytes() + 2 * SPARE_BYTES);
    this.write(old, { what: 'closed' }, '');
    this.active = this.begin(next);
    force(() => this.files.fdatasyncSync(old.file));
    onDisk(() => this.files.closeSync(old.file));
  }

  /** Forces what was written to the disk. */
  sync(): void {
    force(() => this.files.fdatasyncSync(this.active.file));
  }

  /** Writes a row; durable after `sync`. @returns the number of the file that holds it */
  put({ seq, id, kind, receipt, at, sealed, hash }: JournalRow): number {
    const bytes = Buffer.byteLength(sealed);
    this.reserve(bytes);
    this.write(
      this.active,
      { what: 'put', seq, id, kind, receipt, at, bytes, sha256: Buffer.from(hash).toString('base64url') },
      sealed,
    );
    this.active.segment.live += 1;
    this.withdrawn.delete(id);
    return this.active.segment.number;
  }

  /** These rows may have left. Not forced. */
  sent(ids: readonly string[]): void {
    for (let from = 0; from < ids.length; from += MOST_IDS) {
      const some = ids.slice(from, from + MOST_IDS);
      this.reserve(some.length * ID_BYTES);
      this.write(this.active, { what: 'sent', ids: some }, '');
      for (const id of some) this.left.set(id, this.active.segment.number);
    }
  }

  /** Nothing of these rows has left after all. Forced, so that the database never takes a mark back that stands here. */
  unsent(ids: readonly string[]): void {
    for (let from = 0; from < ids.length; from += MOST_IDS) {
      const some = ids.slice(from, from + MOST_IDS);
      this.reserve(some.length * ID_BYTES);
      this.write(this.active, { what: 'unsent', ids: some }, '');
      for (const id of some) this.left.delete(id);
    }
    this.sync();
  }

  /** These rows wait no more. Not forced. @param rows `segment`: number of the file that holds the row */
  settled(rows: readonly { readonly id: string; readonly segment: number | null }[]): void {
    for (let from = 0; from < rows.length; from += MOST_IDS) {
      const some = rows.slice(from, from + MOST_IDS);
      this.reserve(some.length * ID_BYTES);
      this.write(this.active, { what: 'settled', ids: some.map(({ id }) => id) }, '');
      for (const { id, segment } of some) {
        this.left.delete(id);
        this.letGo(segment, 1);
        this.noteEnd(id, segment, this.active.segment.number);
      }
    }
  }

  /** @param put number of the file that holds the row @param end of the one that holds its end */
  private noteEnd(id: string, put: number | null, end: number): void {
    if (put === null || put === end) return;
    const known = this.ended.get(end) ?? new Map<string, number>();
    this.ended.set(end, known.set(id, put));
  }

  /** Says again of rows in files that stay that they have ended: else they would come back at the next start. */
  private sayEndsAgain(number: number): void {
    const ids = [...(this.ended.get(number) ?? [])].filter(([, put]) => this.segments.has(put));
    for (let from = 0; from < ids.length; from += MOST_IDS) {
      const some = ids.slice(from, from + MOST_IDS);
      this.reserve(some.length * ID_BYTES);
      this.write(this.active, { what: 'settled', ids: some.map(([id]) => id) }, '');
      for (const [id, put] of some) this.noteEnd(id, put, this.active.segment.number);
    }
  }

  /** The row's act was refused after `put`. Forced. */
  withdraw(id: string, segment: number): void {
    this.reserve(0);
    this.write(this.active, { what: 'withdrawn', id }, '');
    this.withdrawn.set(id, this.active.segment.number);
    this.letGo(segment, 1);
    this.sync();
  }

  /** A person took the receipt back: its rows up to this place. Forced. */
  cancel(receipt: string, upTo: number): void {
    this.reserve(0);
    this.write(this.active, { what: 'cancelled', receipt, upTo }, '');
    this.cancelled.set(receipt, { upTo, segment: this.active.segment.number });
    this.sync();
  }

  /** Rows of a file wait no more. */
  letGo(segment: number | null, rows: number): void {
    const found = segment === null ? undefined : this.segments.get(segment);
    if (found === undefined) return;
    found.live = Math.max(0, found.live - rows);
    found.stale = true;
  }

  /** A file that can go, or be emptied by writing its rows anew. @param idle also one with few payloads to wipe @param except numbers */
  cleanable(idle: boolean, except: ReadonlySet<number> = new Set()): { readonly number: number; readonly live: number } | null {
    for (const segment of this.segments.values()) {
      if (!segment.stale || except.has(segment.number)) continue;
      if (segment === this.active.segment && !idle) continue;
      if (segment.live === 0 || idle) return segment;
    }
    return null;
  }

  /** A few more rows and the next person's commit would have to lay a new file: better done beforehand. */
  get nearlyFull(): boolean {
    return this.active.bytes >= SEGMENT_BYTES && this.active.bytes - this.active.at < NEARLY_FULL_BYTES;
  }

  /** Goes on in a new file, so that the one until now can be cleaned. */
  rotate(): void {
    this.goOn(0);
  }

  /** Wipes and removes a file that holds nothing that waits; what it says of rows elsewhere, and of receipts taken back, is said again first. */
  drop(number: number): void {
    if (number === this.active.segment.number) throw new Error('the active file cannot be dropped');
    for (const [receipt, mark] of this.newestCancelled()) {
      if (mark.segment !== number) continue;
      this.reserve(0);
      this.write(this.active, { what: 'cancelled', receipt, upTo: mark.upTo }, '');
      this.cancelled.set(receipt, { upTo: mark.upTo, segment: this.active.segment.number });
    }
    this.sent([...this.left].flatMap(([id, at]) => (at === number ? [id] : [])));
    for (const [id, at] of [...this.withdrawn]) {
      if (at !== number) continue;
      // Its put stands in this file or in an older one; when that is gone as well, nobody needs to know.
      if (Math.min(...this.segments.keys()) === number) {
        this.withdrawn.delete(id);
        continue;
      }
      this.reserve(0);
      this.write(this.active, { what: 'withdrawn', id }, '');
      this.withdrawn.set(id, this.active.segment.number);
    }
    this.sayEndsAgain(number);
    this.reserve(0);
    this.write(this.active, { what: 'dropped', segment: number }, '');
    this.sync();
    // Only now: a full disk may have stopped it anywhere above, and then the file is dropped another time.
    this.segments.delete(number);
    this.ended.delete(number);
    onDisk(() => wipeFile(this.files, join(this.folder, segmentName(number))));
  }

  private newestCancelled(): [string, { upTo: number; segment: number }][] {
    const all = [...this.cancelled];
    for (const [receipt] of all.slice(0, -MOST_CANCELLED)) this.cancelled.delete(receipt);
    return all.slice(-MOST_CANCELLED);
  }

  /** Puts of a file by id. The last closed one stays at hand: the long check asks for its rows slice by slice. */
  private putsOf(number: number): { file: Buffer; puts: ReadonlyMap<string, FoundRecord> } {
    if (this.read?.number === number) return this.read;
    const file = onDisk(() => this.files.readFileSync(join(this.folder, segmentName(number))));
    const puts = new Map<string, FoundRecord>();
    for (const each of readSegment(file).records) if (each.record.what === 'put') puts.set(each.record.id, each);
    const found = { number, file, puts };
    this.read = number === this.active.segment.number ? null : found;
    return found;
  }

  /** Ids whose payload in a file is not what was written, or that are missing from it. @param wanted ids that must be there */
  check(number: number, wanted: readonly string[]): string[] {
    const { file, puts } = this.putsOf(number);
    return wanted.filter((id) => {
      const put = puts.get(id);
      return put === undefined || payloadOf(file, put) === null;
    });
  }

  /** The long check is over. */
  forgetRead(): void {
    this.read = null;
  }

  close(): void {
    onDisk(() => this.files.closeSync(this.active.file));
  }
}
