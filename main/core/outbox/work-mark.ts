import { z } from 'zod';
import type { Clock } from '../ports.ts';
import type { QueueFiles } from './journal-files.ts';

/** What the run before this one left. */
export interface Left {
  /** It was killed because its loop stood; else a plug was pulled, or it crashed. */
  readonly frozen: boolean;
  /** What ran in that moment; null: nothing of the queue's own. */
  readonly stage: string | null;
  /** The row at which it was. */
  readonly seq: number | null;
  /** Rows that were in hand: marked, sent, not answered. */
  readonly inHand: readonly string[];
}

export interface WorkMarkDeps {
  readonly path: string;
  readonly files: QueueFiles;
  readonly clock: Pick<Clock, 'now'>;
  /** The file that whoever killed a core whose loop stood left for the next one; it is taken. Default: nobody leaves any. */
  readonly stoodStill?: string | undefined;
}

const HOUR_MS = 3_600_000;
const LONGEST_HOLD_MS = 6 * HOUR_MS;
/** More is not remembered. */
const MOST_HELD = 200;
const MOST_ROWS = 1000;

const Held = z.tuple([z.string().max(80), z.number().int().min(1), z.number().int()]);
/** The first line: it changes with every row that is read, so that it is short. */
const Head = z.object({ stage: z.string().max(80).nullable(), seq: z.number().int().nullable() });
const HEAD_BYTES = 160;
const Body = z.object({
  inHand: z.array(z.uuid()).max(MOST_ROWS),
  deaths: z.array(z.tuple([z.uuid(), z.number().int()])).max(MOST_ROWS),
  held: z.array(Held).max(MOST_HELD),
});
const Noted = Head.extend(Body.shape);
const NOTHING: z.infer<typeof Noted> = { stage: null, seq: null, inHand: [], deaths: [], held: [] };

/** The file's two lines. @param size of the second one until now, which a shorter text must cover */
export const headLine = (head: z.infer<typeof Head>): string => `${JSON.stringify(head).padEnd(HEAD_BYTES - 1)}\n`;
export const bodyLine = (body: z.infer<typeof Body>, size = 0): string => JSON.stringify(body).padEnd(size);

const rowKey = (seq: number): string => `row.${seq}`;
const ROW_KEY = /^row\.(\d+)$/;

/**
 * What the core is at, on the disk, so that no restart meets the same freeze twice. A plain file that is never forced: it outlives a process, and a
 * power cut needs no such memory. Where the core stood still at a piece of work, that piece is held: left out for an hour, then
 * longer and longer.
 */
export class WorkMark {
  readonly left: Left;
  private readonly options: WorkMarkDeps;
  private stage: string | null = null;
  private seq: number | null = null;
  private hand: readonly string[] = [];
  /** How often in a row the core died, not frozen, with this row in hand. */
  private readonly died: Map<string, number>;
  private readonly held: Map<string, { readonly times: number; readonly until: number }>;
  private readonly head = Buffer.from(headLine({ stage: null, seq: null }));
  private file: number | null = null;
  /** Of the second line: a shorter text is filled up with blanks. */
  private size = 0;

  constructor(options: WorkMarkDeps) {
    this.options = options;
    const noted = this.read();
    const frozen = options.stoodStill !== undefined && options.files.existsSync(options.stoodStill);
    this.left = { frozen, stage: noted.stage, seq: noted.seq, inHand: noted.inHand };
    this.died = new Map(noted.deaths);
    this.held = new Map(noted.held.map(([key, times, until]) => [key, { times, until }]));
    if (frozen && noted.stage !== null) this.hold(noted.seq === null ? noted.stage : rowKey(noted.seq));
    if (!frozen && noted.stage === null) for (const id of noted.inHand) this.died.set(id, this.deaths(id) + 1);
    this.writeHead();
    this.writeBody();
    // Only now: should this process end before, the next one concludes the same.
    if (frozen) this.forgetMark(options.stoodStill);
  }

  private forgetMark(path: string | undefined): void {
    try {
      if (path !== undefined) this.options.files.unlinkSync(path);
    } catch {}
  }

  private read(): z.infer<typeof Noted> {
    const { files, path } = this.options;
    try {
      const text = files.readFileSync(path, 'utf8');
      const [head, body] = [text.slice(0, HEAD_BYTES), text.slice(HEAD_BYTES)];
      this.size = body.length;
      return Noted.parse({ ...Head.parse(JSON.parse(head)), ...Body.parse(JSON.parse(body)) });
    } catch {
      return NOTHING;
    }
  }

  /** What cannot be written is only not remembered. */
  private writeAt(at: number, bytes: Buffer): void {
    const { files, path } = this.options;
    try {
      this.file ??= files.openSync(path, files.existsSync(path) ? 'r+' : 'w', 0o600);
      files.writeSync(this.file, bytes, 0, bytes.length, at);
    } catch {}
  }

  private writeHead(): void {
    const { stage, seq } = this;
    this.head.fill(0x20, 0, HEAD_BYTES - 1);
    this.head.write(JSON.stringify({ stage, seq }), 'latin1');
    this.writeAt(0, this.head);
  }

  private writeBody(): void {
    const held = [...this.held].slice(-MOST_HELD).map(([key, { times, until }]): z.infer<typeof Held> => [key, times, until]);
    const text = bodyLine({ inHand: [...this.hand], deaths: [...this.died].slice(-MOST_ROWS), held }, this.size);
    this.writeAt(HEAD_BYTES, Buffer.from(text));
    this.size = text.length;
  }

  /** Runs work of one turn. @param seq the row that it is about */
  within<T>(stage: string, seq: number | null, work: () => T): T {
    const before = { stage: this.stage, seq: this.seq };
    this.at(stage, seq);
    try {
      return work();
    } finally {
      this.at(before.stage, before.seq);
    }
  }

  /** Work goes on to this row. */
  at(stage: string | null, seq: number | null): void {
    if (this.stage === stage && this.seq === seq) return;
    this.stage = stage;
    this.seq = seq;
    this.writeHead();
  }

  /** Rows in hand from now on. */
  inHand(ids: readonly string[]): void {
    this.hand = ids.slice(0, MOST_ROWS);
    this.writeBody();
  }

  /** How often in a row the core died over this row without standing still. */
  deaths(id: string): number {
    return this.died.get(id) ?? 0;
  }

  /** The core stood still at this. @returns epoch ms until which it is left out */
  hold(key: string): number {
    const times = (this.held.get(key)?.times ?? 0) + 1;
    const until = this.options.clock.now() + Math.min(LONGEST_HOLD_MS, HOUR_MS * 2 ** Math.min(times - 1, 10));
    this.held.delete(key);
    this.held.set(key, { times, until });
    return until;
  }

  /** Ms for which it is left out from now on; 0: it is not. A wait longer than any comes from a clock that jumped. */
  heldFor(key: string): number {
    const found = this.held.get(key);
    if (found === undefined) return 0;
    const ms = found.until - this.options.clock.now();
    return ms > 0 && ms <= LONGEST_HOLD_MS ? ms : 0;
  }

  /** It is left out now. */
  isHeld(key: string): boolean {
    return this.heldFor(key) > 0;
  }

  /** Places of rows at which the core stood still. */
  heldRows(): number[] {
    if (this.held.size === 0) return [];
    return [...this.held.keys()].flatMap((key) => {
      const seq = ROW_KEY.exec(key)?.[1];
      return seq !== undefined && this.isHeld(key) ? [Number(seq)] : [];
    });
  }

  /** This came to its end: nothing is held against it any more. */
  cleared(key: string): void {
    if (this.held.delete(key)) this.writeBody();
  }

  clearedRow(seq: number): void {
    if (this.held.size > 0) this.cleared(rowKey(seq));
  }

  answered(ids: readonly string[]): void {
    for (const id of ids) this.died.delete(id);
  }

  /** Ended as it should: what says nothing is not left. */
  close(): void {
    const { files, path } = this.options;
    try {
      if (this.file === null) return;
      files.closeSync(this.file);
      this.file = null;
      this.size = 0;
      if (this.hand.length + this.died.size + this.held.size === 0) files.unlinkSync(path);
    } catch {}
  }
}
