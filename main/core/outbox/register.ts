import { z } from 'zod';
import { ReceiptNumber, SubmissionId, SubmissionKind } from '../../contract/content.ts';
import type { QueueFiles } from './journal-files.ts';
import { sha256 } from './journal-record.ts';

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

  constructor(files: QueueFiles, path: string) {
    this.files = files;
    this.path = path;
  }

  private append(entries: readonly z.infer<typeof Line>[], flags: 'a' | 'w' = 'a'): void {
    const text = entries.map((entry) => JSON.stringify(entry)).map((line) => `${line} ${sha256(line)}\n`);
    try {
      const file = this.files.openSync(this.path, flags, 0o600);
      try {
        if (text.length > 0) this.files.writeSync(file, text.join(''));
      } finally {
        this.files.closeSync(file);
      }
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

  /** Everything that was promised and has not gone since. Lines that cannot be believed are passed over. */
  read(): Registered[] {
    let text: string;
    try {
      text = this.files.readFileSync(this.path, 'utf8');
    } catch {
      return [];
    }
    const rows = new Map<string, Registered>();
    for (const line of text.split('\n')) {
      this.lines += 1;
      const json = line.slice(0, -44);
      if (line.slice(-43) !== sha256(json)) continue;
      const parsed = Line.safeParse(JSON.parse(json));
      if (!parsed.success) continue;
      if ('gone' in parsed.data) for (const id of [parsed.data.gone].flat()) rows.delete(id);
      else if ('takenBack' in parsed.data) {
        const { takenBack } = parsed.data;
        for (const [id, { receipt }] of rows) if (receipt === takenBack) rows.delete(id);
      } else rows.set(parsed.data.id, parsed.data);
    }
    return [...rows.values()];
  }

  /** Long enough to be written anew. */
  get long(): boolean {
    return this.lines > LONG;
  }

  replace(rows: readonly Registered[]): void {
    this.append(rows, 'w');
  }
}
