import { z } from 'zod';
import { ReceiptNumber, SubmissionId, SubmissionKind } from '../../contract/submission.ts';
import type { QueueFiles } from './journal-files.ts';
import { namesRow, sha256 } from './journal-record.ts';

/** What a person was promised, without its payload. `at`: epoch ms. */
export const Registered = z
  .object({ id: SubmissionId, kind: SubmissionKind, receipt: ReceiptNumber, at: z.number().int() })
  .strict();
export type Registered = z.infer<typeof Registered>;
const Line = z.union([
  Registered,
  z.object({ gone: z.union([SubmissionId, z.array(SubmissionId)]) }).strict(),
  z.object({ takenBack: ReceiptNumber }).strict(),
]);

const isRegistered = (value: unknown): value is Registered =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 4 && namesRow(value as Record<string, unknown>);

/** Its checksum fits, so that it is what its writer wrote: the schema is for the few that are no plain row. */
const lineOf = (value: unknown): z.infer<typeof Line> | null =>
  isRegistered(value) ? value : (Line.safeParse(value).data ?? null);

/** `rows`: promised and not gone. `gone`: receipts by id. `ended`: receipts of which every row has gone. */
interface Entries {
  readonly rows: ReadonlyMap<string, Registered>;
  readonly gone: ReadonlyMap<string, string>;
  readonly ended: ReadonlySet<string>;
}

/** Lines, after which the register is written anew when the queue is idle. */
const LONG = 2000;

/**
 * The names of what waits, a line each with its own checksum, beside the two copies: so that a row that damage took from both can still be told by
 * its receipt. It is written after the acknowledgement and never forced to the disk: it promises nothing, it only remembers.
 */
export class Register {
  private readonly files: QueueFiles;
  private readonly path: string;
  private lines = 0;
  /** As it was last read; null: something was written since. Many rows may be asked for at one opening. */
  private known: Entries | null = null;

  constructor(files: QueueFiles, path: string) {
    this.files = files;
    this.path = path;
  }

  private append(entries: readonly z.infer<typeof Line>[], flags: 'a' | 'w' = 'a', path = this.path): void {
    this.known = null;
    const text = entries.map((entry) => JSON.stringify(entry)).map((line) => `${line} ${sha256(line)}\n`);
    try {
      const file = this.files.openSync(path, flags, 0o600);
      try {
        if (text.length > 0) this.files.writeSync(file, text.join(''));
      } finally {
        this.files.closeSync(file);
      }
      if (path !== this.path) this.files.renameSync(path, this.path);
      this.lines = (flags === 'w' ? 0 : this.lines) + text.length;
    } catch {
      // A disk that cannot take these lines has said so at the row itself.
    }
  }

  add(row: Registered): void {
    this.append([row]);
  }

  remove(ids: readonly string[]): void {
    if (ids.length > 0) this.append([{ gone: [...ids] }]);
  }

  /** A person took the receipt back. */
  takeBack(receipt: string): void {
    this.append([{ takenBack: receipt }]);
  }

  /** Everything that was promised and has not gone since. */
  read(): Registered[] {
    return [...this.entries().rows.values()];
  }

  /**
   * Whether the platform has settled this row, as far as it is named here: what damage makes of it then, nothing is lost by it.
   * @param id null: only the receipt is known; then whether all of its rows have ended
   */
  hasEnded(id: string | null, receipt: string): boolean {
    const { gone, ended } = this.entries();
    return id === null ? ended.has(receipt) : gone.has(id);
  }

  private entries(): Entries {
    this.known ??= this.parse();
    return this.known;
  }

  /** Lines that cannot be believed are passed over. */
  private parse(): Entries {
    const rows = new Map<string, Registered>();
    const gone = new Map<string, string>();
    let text: string;
    try {
      text = this.files.readFileSync(this.path, 'utf8');
    } catch {
      return { rows, gone, ended: new Set() };
    }
    this.lines = 0;
    const idsOf = new Map<string, string[]>();
    for (const line of text.split('\n')) {
      this.lines += 1;
      const json = line.slice(0, -44);
      if (line.slice(-43) !== sha256(json)) continue;
      const entry = lineOf(JSON.parse(json));
      if (entry === null) continue;
      if ('gone' in entry) {
        for (const id of [entry.gone].flat()) {
          gone.set(id, rows.get(id)?.receipt ?? '');
          rows.delete(id);
        }
      } else if ('takenBack' in entry) {
        const { takenBack } = entry;
        for (const id of idsOf.get(takenBack) ?? []) rows.delete(id);
      } else {
        const { id, receipt } = entry;
        rows.set(id, entry);
        const ids = idsOf.get(receipt);
        if (ids === undefined) idsOf.set(receipt, [id]);
        else ids.push(id);
      }
    }
    const ended = new Set(gone.values());
    for (const { receipt } of rows.values()) ended.delete(receipt);
    return { rows, gone, ended };
  }

  /** Long enough to be written anew. */
  get long(): boolean {
    return this.lines > LONG;
  }

  /** Under another name first: a process that dies over it leaves the old one. */
  replace(rows: readonly Registered[]): void {
    this.append(rows, 'w', `${this.path}.new`);
  }
}
