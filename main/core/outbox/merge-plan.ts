import { Buffer } from 'node:buffer';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { ReceiptNumber, SubmissionId } from '../../contract/submission.ts';
import type { Clock } from '../ports.ts';
import { type JournalContent, payloadReader } from './journal-content.ts';
import type { QueueFiles } from './journal-files.ts';
import type { PutRecord } from './journal-record.ts';
import { asSalvaged, isCancelled, lostRow, PLACEHOLDER, type Restored } from './restored.ts';
import { type RowHeader, RowState, readHeader } from './rows.ts';
import type { SalvagedFile } from './salvage.ts';
import type { Statements } from './statements.ts';

/** What was noticed before a row was compared. `suspect`: the database's file was given up because a write failed. */
export interface Noticed {
  readonly database: 'good' | 'damaged' | 'gone' | 'suspect';
  readonly journal: 'good' | 'damaged' | 'gone' | 'stale';
  /** A journal is begun for the first time: an upgrade, or a new kiosk. */
  readonly first: boolean;
}

export interface MergeDeps {
  readonly db: Database.Database;
  readonly sql: Statements;
  readonly content: JournalContent;
  readonly noticed: Noticed;
  readonly files: QueueFiles;
  readonly journalFolder: string;
  readonly clock: Pick<Clock, 'now'>;
  /** What could be read of database files that were set aside. */
  readonly aside: readonly SalvagedFile[];
  /** Acts that were refused to their person, receipt by id. */
  readonly refused: ReadonlyMap<string, string>;
  /** Whether the platform settled a row: then nothing of it is lost. @param id null: not known */
  readonly hasEnded: (id: string | null, receipt: string) => boolean;
}

/** What one copy has and the other has not. */
export interface MergePlan {
  readonly rows: Map<string, SeenRow>;
  readonly remove: Set<number>;
  readonly restore: Restored[];
  readonly cancel: SeenRow[];
  /** Rows that had left already, as the journal knows: an older database calls them unsent. */
  readonly left: SeenRow[];
  readonly segments: { readonly seq: number; readonly segment: number }[];
  readonly rePut: SeenRow[];
  /** Refused acts that stand in the journal. */
  readonly withdraw: { readonly id: string; readonly segment: number }[];
  readonly live: Map<number, number>;
  readonly restoredReceipts: string[];
  readonly repaired: string[];
  readonly lost: string[];
  /** The newest record that the database did not know. */
  newest: number;
}

const kept = (state: RowState): boolean => state === 'pending' || state === 'sending' || state === 'parked';
const final = (state: RowState): boolean => state === 'accepted' || state === 'refused' || state === 'cancelled';

const loose = z.object({ seq: z.number().int().min(1), id: z.unknown(), receipt: z.unknown(), state: z.unknown() });

/** What the comparison asks of a row: without its hashes, which are held against the journal while it is read. */
type SeenRow = Pick<RowHeader, 'seq' | 'id' | 'kind' | 'receipt' | 'state' | 'head' | 'created_at' | 'segment'>;
const SEEN = 'seq, id, kind, receipt, state, head, created_at, segment, hex(hash)';
type SeenValues = [
  ...[SeenRow['seq'], SeenRow['id'], SeenRow['kind'], SeenRow['receipt'], SeenRow['state']],
  ...[SeenRow['head'], SeenRow['created_at'], SeenRow['segment']],
];

/** Rows of the database that cannot be believed. */
interface BadRow {
  readonly seq: number;
  readonly id: string | null;
  readonly receipt: string | null;
}

function badRow(raw: unknown): BadRow | null {
  const parsed = loose.safeParse(raw);
  if (!parsed.success) return null;
  const { seq, id, receipt } = parsed.data;
  const [knownId, knownReceipt] = [SubmissionId.safeParse(id), ReceiptNumber.safeParse(receipt)];
  return { seq, id: knownId.data ?? null, receipt: knownReceipt.data ?? null };
}

const states: ReadonlySet<unknown> = new Set(RowState.options);

/**
 * Whether a row can be believed as it stands: it says what the journal's own, checked line says; or it is settled, nothing is sent of it, and the
 * long check looks at it.
 */
function believed(row: SeenRow, hash: string, put: PutRecord | undefined): boolean {
  if (!states.has(row.state)) return false;
  if (!kept(row.state)) return true;
  return (
    put !== undefined &&
    put.seq === row.seq &&
    put.receipt === row.receipt &&
    put.kind === row.kind &&
    put.at === row.created_at &&
    Buffer.from(put.sha256, 'base64url').toString('hex').toUpperCase() === hash
  );
}

/**
 * Walks the table itself, past every index, so that a damaged index hides no row. Most rows are as the journal says; every other one is held
 * against the hash that it carries itself. As few values as can be are made of a row: there may be a million.
 */
function scan({ db, sql }: MergeDeps, { puts }: JournalContent, plan: MergePlan): BadRow[] {
  const doubtful: unknown[] = [];
  for (const raw of db.prepare(`SELECT ${SEEN} FROM outbox NOT INDEXED`).raw().iterate()) {
    const [seq, id, kind, receipt, state, head, created_at, segment, hash] = raw as [...SeenValues, string];
    const row: SeenRow = { seq, id, kind, receipt, state, head, created_at, segment };
    if (believed(row, hash, puts.get(id)?.put)) plan.rows.set(id, row);
    else doubtful.push(row);
  }
  return doubtful.flatMap((raw) => {
    const seq = loose.safeParse(raw).data?.seq;
    const header = seq === undefined ? null : readHeader(sql.header.get(seq));
    if (header === null) return badRow(raw) ?? [];
    plan.rows.set(header.id, header);
    return [];
  });
}

/** What the journal has and the database has not, or not whole. */
function fromJournal(options: MergeDeps, plan: MergePlan, read: (segment: number, id: string) => string | null): void {
  const { content, refused, aside } = options;
  const older = new Map(aside.flatMap(({ rows }) => rows.filter((row) => row.named).map((row) => [row.id, row] as const)));
  for (const [id, { put, segment }] of content.puts) {
    const row = plan.rows.get(id);
    if (row !== undefined) {
      if (!kept(row.state)) continue;
      if (row.segment !== segment) plan.segments.push({ seq: row.seq, segment });
      continue;
    }
    if (refused.has(id)) plan.withdraw.push({ id, segment });
    if (content.done.has(id) || refused.has(id)) continue;
    const { seq, kind, receipt, at } = put;
    const known = older.get(id);
    const common = { seq, id, kind, receipt, at, attempts: 0, code: null, reference: null, settledAt: null };
    if (isCancelled(content, receipt, seq)) {
      plan.restore.push({ ...common, state: 'cancelled', sealed: null, segment: null, settledAt: at });
      continue;
    }
    if (known !== undefined && final(known.state)) {
      plan.restore.push(asSalvaged(known, known.state, null));
      continue;
    }
    plan.newest = Math.max(plan.newest, put.n);
    const sealed = read(segment, id) ?? known?.sealed ?? null;
    if (sealed === null) {
      plan.restore.push({ ...common, state: 'lost', sealed: null, segment: null, settledAt: at });
      plan.lost.push(receipt);
      continue;
    }
    const parked = known?.state === 'parked';
    // `sending`: what is not known to be here still may have left, and cannot be taken back.
    plan.restore.push({ ...common, state: parked ? 'parked' : 'sending', code: parked ? known.code : null, sealed, segment });
    plan.restoredReceipts.push(receipt);
  }
}

/** What stands in a file that was set aside and in neither of the two. */
function fromAside({ content, refused, aside }: MergeDeps, plan: MergePlan): void {
  const taken = new Set(plan.restore.map((row) => row.id));
  for (const { rows, nameless } of aside) {
    for (const row of rows) {
      const known = plan.rows.has(row.id) || taken.has(row.id) || refused.has(row.id) || content.withdrawn.has(row.id);
      if (known) continue;
      taken.add(row.id);
      if (kept(row.state) && isCancelled(content, row.receipt, row.seq)) plan.restore.push(asSalvaged(row, 'cancelled', null));
      else if (!kept(row.state)) plan.restore.push(asSalvaged(row, row.state, null));
      else if (row.good && row.sealed !== null) {
        plan.restore.push(asSalvaged(row, row.state === 'parked' ? 'parked' : 'sending', row.sealed));
        plan.restoredReceipts.push(row.receipt);
      } else {
        plan.restore.push(asSalvaged(row, 'lost', null));
        plan.lost.push(row.receipt);
      }
    }
    const places = new Set([...plan.restore, ...(nameless.length === 0 ? [] : plan.rows.values())].map((row) => row.seq));
    for (const { seq, receipt } of nameless) {
      if (places.has(seq)) continue;
      plan.restore.push(lostRow(seq, receipt));
      plan.lost.push(receipt);
    }
  }
}

/** What the database has and the journal has not. */
function fromDatabase({ content, refused }: MergeDeps, plan: MergePlan): void {
  for (const row of plan.rows.values()) {
    if (!kept(row.state)) continue;
    if (content.withdrawn.has(row.id) || refused.has(row.id)) plan.remove.add(row.seq);
    else if (isCancelled(content, row.receipt, row.seq)) plan.cancel.push(row);
    else {
      if (!content.puts.has(row.id)) plan.rePut.push(row);
      if (row.state === 'pending' && (content.sent.has(row.id) || content.done.has(row.id))) plan.left.push(row);
    }
  }
}

/** Rows that wait or are parked when the plan is done, by the file that holds them: counted last, when it is known which of them stay. */
function countLive({ puts }: JournalContent, plan: MergePlan): void {
  const count = (segment: number) => plan.live.set(segment, (plan.live.get(segment) ?? 0) + 1);
  const takenBack = new Set(plan.cancel.map(({ seq }) => seq));
  for (const [id, { segment }] of puts) {
    const row = plan.rows.get(id);
    if (row !== undefined && kept(row.state) && !plan.remove.has(row.seq) && !takenBack.has(row.seq)) count(segment);
  }
  for (const { segment } of plan.restore) if (segment !== null) count(segment);
}

/** What neither copy has whole, but was settled, is no loss: it is only not known here any more, as after years. */
function forgetEnded({ hasEnded }: MergeDeps, plan: MergePlan): void {
  const ended = (row: Restored) => row.state === 'lost' && hasEnded(row.id.startsWith(PLACEHOLDER) ? null : row.id, row.receipt);
  for (const row of plan.restore.filter(ended)) {
    plan.restore.splice(plan.restore.indexOf(row), 1);
    plan.lost.splice(plan.lost.indexOf(row.receipt), 1);
  }
}

/** What has to change so that both copies agree. Nothing is written. */
export function planMerge(options: MergeDeps): MergePlan {
  const { content, files, journalFolder } = options;
  const plan: MergePlan = {
    ...{ rows: new Map(), remove: new Set(), restore: [], cancel: [], segments: [] },
    ...{ left: [], rePut: [], withdraw: [], live: new Map() },
    ...{ restoredReceipts: [], repaired: [], lost: [], newest: 0 },
  };
  const bad = scan(options, content, plan);
  const read = payloadReader(files, journalFolder);
  fromJournal(options, plan, read);
  const bySeq = new Map(plan.restore.map((row) => [row.seq, row]));
  for (const { seq, receipt } of bad) {
    plan.remove.add(seq);
    const again = bySeq.get(seq);
    if (again !== undefined) plan.repaired.push(again.receipt);
    else if (receipt !== null && !content.cancelled.has(receipt)) {
      plan.restore.push(lostRow(seq, receipt));
      plan.lost.push(receipt);
    }
  }
  fromAside(options, plan);
  fromDatabase(options, plan);
  forgetEnded(options, plan);
  countLive(content, plan);
  return plan;
}
