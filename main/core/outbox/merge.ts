import { Buffer } from 'node:buffer';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { ReceiptNumber, SubmissionId, type SubmissionKind } from '../../contract/content.ts';
import type { Clock } from '../ports.ts';
import type { Noticed } from './copies.ts';
import type { Journal } from './journal.ts';
import { type JournalContent, payloadReader } from './journal-content.ts';
import type { QueueFiles } from './journal-files.ts';
import type { PutRecord } from './journal-record.ts';
import { payloadHash, rowHash } from './row-hash.ts';
import { type FindingCode, HEADER_COLUMNS, holdsPayload, type RowHeader, RowState, readHeader } from './rows.ts';
import type { SalvagedFile, SalvagedRow } from './salvage.ts';
import type { Statements } from './statements.ts';

export interface MergeOptions {
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
}

export interface Merged {
  /** Rows that wait, by the journal's file that holds them. */
  readonly live: ReadonlyMap<number, number>;
  /** Writes what has to change, in one transaction that ends after the journal is on the disk. */
  finish(journal: Journal): void;
}

/** A row that has to be written into the database. `sealed` null: lost, or taken back. */
export interface Restored {
  readonly seq: number;
  readonly id: string;
  readonly kind: SubmissionKind;
  readonly receipt: string;
  readonly at: number;
  readonly state: RowState;
  readonly sealed: string | null;
  readonly attempts: number;
  readonly segment: number | null;
  readonly code: string | null;
  readonly reference: string | null;
  readonly settledAt: number | null;
}

interface Plan {
  readonly rows: Map<string, RowHeader>;
  readonly seqs: Set<number>;
  readonly remove: Set<number>;
  readonly restore: Restored[];
  readonly cancel: RowHeader[];
  readonly segments: { readonly seq: number; readonly segment: number }[];
  readonly rePut: RowHeader[];
  /** Refused acts that stand in the journal. */
  readonly withdraw: { readonly id: string; readonly segment: number }[];
  readonly live: Map<number, number>;
  readonly restoredReceipts: string[];
  readonly repaired: string[];
  readonly lost: string[];
  /** Rows of the database that cannot be believed. */
  bad: number;
  /** The newest record that the database did not know. */
  newest: number;
}

const kept = (state: RowState): boolean => state === 'pending' || state === 'sending' || state === 'parked';
const final = (state: RowState): boolean => state === 'accepted' || state === 'refused' || state === 'cancelled';

/** An id for a row of which nothing but the receipt could be read. */
export const PLACEHOLDER = '00000000-0000-7000-8000-';
const placeholder = (seq: number): string => `${PLACEHOLDER}${seq.toString(16).padStart(12, '0')}`;

const loose = z.object({ seq: z.number().int().min(1), id: z.unknown(), receipt: z.unknown(), state: z.unknown() });

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
 * A row as it stands. One that says what the journal's own, checked line says is the row that was written; a settled one is believed, because
 * nothing is sent of it and the long check looks at it. Everybody else is held against the hash in the row.
 */
function believed(raw: RowHeader, put: PutRecord | undefined): RowHeader | null {
  if (!states.has(raw.state)) return null;
  if (!kept(raw.state)) return raw;
  const same =
    put !== undefined &&
    put.seq === raw.seq &&
    put.receipt === raw.receipt &&
    put.kind === raw.kind &&
    put.at === raw.created_at &&
    put.sha256 === Buffer.from(raw.hash).toString('base64url');
  return same ? raw : readHeader(raw);
}

/** Walks the table itself, past every index, so that a damaged index hides no row. */
function scan(db: Database.Database, { puts }: JournalContent, plan: Plan): BadRow[] {
  const bad: BadRow[] = [];
  for (const raw of db.prepare(`SELECT ${HEADER_COLUMNS} FROM outbox NOT INDEXED`).iterate()) {
    const header = believed(raw as RowHeader, puts.get((raw as RowHeader).id)?.put);
    const broken = header === null ? badRow(raw) : null;
    if (header !== null) {
      plan.rows.set(header.id, header);
      plan.seqs.add(header.seq);
    } else if (broken !== null) bad.push(broken);
  }
  return bad;
}

/** The row's person took it back, whatever an older copy says. */
export const isCancelled = ({ cancelled }: Pick<JournalContent, 'cancelled'>, receipt: string, seq: number): boolean =>
  seq <= (cancelled.get(receipt)?.upTo ?? 0);

export const asSalvaged = (row: SalvagedRow, state: RowState, sealed: string | null): Restored => ({
  ...row,
  at: row.createdAt,
  state,
  sealed,
  segment: null,
});

/** What the journal has and the database has not, or not whole. */
function fromJournal(options: MergeOptions, plan: Plan, read: (segment: number, id: string) => string | null): void {
  const { content, refused, aside } = options;
  const older = new Map(aside.flatMap(({ rows }) => rows.filter((row) => row.whole).map((row) => [row.id, row] as const)));
  for (const [id, { put, segment }] of content.puts) {
    const row = plan.rows.get(id);
    if (row !== undefined) {
      if (!kept(row.state)) continue;
      if (row.segment !== segment) plan.segments.push({ seq: row.seq, segment });
      plan.live.set(segment, (plan.live.get(segment) ?? 0) + 1);
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
    plan.live.set(segment, (plan.live.get(segment) ?? 0) + 1);
    plan.restoredReceipts.push(receipt);
  }
}

/** What stands in a file that was set aside and in neither of the two. */
function fromAside({ content, refused, aside }: MergeOptions, plan: Plan): void {
  const taken = new Set(plan.restore.map((row) => row.id));
  for (const { rows, unreadable } of aside) {
    for (const row of rows) {
      const known = plan.rows.has(row.id) || taken.has(row.id) || refused.has(row.id) || content.withdrawn.has(row.id);
      if (known) continue;
      taken.add(row.id);
      if (kept(row.state) && isCancelled(content, row.receipt, row.seq)) plan.restore.push(asSalvaged(row, 'cancelled', null));
      else if (!kept(row.state)) plan.restore.push(asSalvaged(row, row.state, null));
      else if (row.whole && row.sealed !== null) {
        plan.restore.push(asSalvaged(row, row.state === 'parked' ? 'parked' : 'sending', row.sealed));
        plan.restoredReceipts.push(row.receipt);
      } else {
        plan.restore.push(asSalvaged(row, 'lost', null));
        plan.lost.push(row.receipt);
      }
    }
    const places = new Set([...plan.restore.map((row) => row.seq), ...plan.seqs]);
    for (const { seq, receipt } of unreadable) {
      if (receipt === null || places.has(seq)) continue;
      plan.restore.push(lostRow(seq, receipt));
      plan.lost.push(receipt);
    }
  }
}

/** All that is left of a row whose receipt alone could be read. */
export const lostRow = (seq: number, receipt: string): Restored => ({
  ...{ seq, id: placeholder(seq), kind: 'set-up', receipt, at: 0, state: 'lost', sealed: null },
  ...{ attempts: 0, segment: null, code: null, reference: null, settledAt: 0 },
});

/** What the database has and the journal has not. */
function fromDatabase({ content, refused }: MergeOptions, plan: Plan): void {
  for (const row of plan.rows.values()) {
    if (!kept(row.state)) continue;
    if (content.withdrawn.has(row.id) || refused.has(row.id)) plan.remove.add(row.seq);
    else if (isCancelled(content, row.receipt, row.seq)) plan.cancel.push(row);
    else if (!content.puts.has(row.id)) plan.rePut.push(row);
  }
}

/** @returns what to tell staff, in the order in which it happened */
function findingsOf({ content, noticed, refused }: MergeOptions, plan: Plan): [FindingCode, string[]][] {
  const { restoredReceipts, rePut, repaired, lost } = plan;
  const findings: [FindingCode, string[]][] = [];
  if (refused.size > 0) findings.push(['write-failed', [...refused.values()]]);
  if (noticed.database === 'damaged' || noticed.database === 'gone')
    findings.push([`database-${noticed.database}`, restoredReceipts]);
  else if (noticed.database === 'suspect') {
    // Everything was taken over from the journal, as it should be.
  } else if (restoredReceipts.length > 0) {
    // One row that the power took between the two copies stands at the very end of the journal; anything else is an older database.
    const justNow = restoredReceipts.length === 1 && content.last !== null && plan.newest >= content.last.n;
    if (repaired.length === 0) findings.push([justNow ? 'row-restored' : 'database-stale', restoredReceipts]);
  }
  if (repaired.length > 0) findings.push(['row-damaged', repaired]);
  const again = rePut.map(({ receipt }) => receipt);
  const replaced = noticed.database === 'damaged' || noticed.database === 'suspect';
  if (noticed.journal !== 'good') findings.push([`journal-${noticed.journal}`, again]);
  else if (again.length > 0 && !noticed.first && !replaced) findings.push(['journal-stale', again]);
  if (lost.length > 0) findings.push(['row-lost', lost]);
  return findings;
}

/**
 * Compares the copies row by row. A row that is in one of them is there; one that is settled, taken back or refused in one of them is so in
 * both; one that neither holds whole is lost, and says so. Nothing is written before `finish`.
 */
export function mergeCopies(options: MergeOptions): Merged {
  const { db, content, files, journalFolder } = options;
  const plan: Plan = {
    ...{ rows: new Map(), seqs: new Set(), remove: new Set(), restore: [], cancel: [], segments: [], rePut: [], withdraw: [] },
    ...{ live: new Map(), restoredReceipts: [], repaired: [], lost: [], newest: 0, bad: 0 },
  };
  const bad = scan(db, content, plan);
  plan.bad = bad.length;
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
  return { live: plan.live, finish: (journal) => finish(options, plan, journal) };
}

function finish(options: MergeOptions, plan: Plan, journal: Journal): void {
  const { db, sql, clock } = options;
  const now = clock.now();
  const read = (seq: number): string | null => {
    const sealed: unknown = sql.sealed.get(seq);
    return typeof sealed === 'string' ? sealed : null;
  };
  db.transaction(() => {
    sql.dropReservations.run();
    for (const seq of plan.remove) sql.remove.run(seq);
    for (const row of plan.cancel) {
      sql.cancelRow.run(now, row.seq);
      // A row that had left when the older copy was made is taken back all the same: its person was told so.
      db.prepare(`UPDATE outbox SET state = 'cancelled', sealed = NULL, head = 0, settled_at = ? WHERE seq = ?`).run(
        now,
        row.seq,
      );
    }
    for (const { seq, segment } of plan.segments) sql.setSegment.run(segment, seq);
    const restored = plan.restore.map((row) => ({ ...row, seq: writeRestored(sql, row, journal) }));
    for (const row of plan.rePut) {
      const sealed = read(row.seq);
      if (sealed === null || !holdsPayload(row, sealed)) {
        sql.lose.run(now, row.seq);
        plan.lost.push(row.receipt);
        continue;
      }
      sql.setSegment.run(journal.put({ ...row, at: row.created_at, sealed }), row.seq);
    }
    for (const { id, segment } of plan.withdraw) journal.withdraw(id, segment);
    fixHeads(sql, plan, restored);
    if (plan.bad > 0 || !countsAgree(sql, plan, restored)) db.exec(RECOUNT);
    for (const [what, receipts] of findingsOf(options, plan)) sql.finding.run(now, what, JSON.stringify(receipts.slice(0, 1000)));
    sql.trimFindings.run(200);
    journal.sync();
  })();
}

/** Writes a row as it was found elsewhere; what the journal has not is written there too (and not yet forced). @returns its place */
export function writeRestored(sql: Statements, row: Restored, journal: Journal): number {
  const { sealed, id, kind, receipt, at, state, attempts, code, reference, settledAt } = row;
  // Its place may be another row's by now; then it goes to the end.
  const seq = sql.header.get(row.seq) === undefined ? row.seq : sql.newest() + 1;
  const segment = sealed === null ? null : (row.segment ?? journal.put({ seq, id, kind, receipt, at, sealed }));
  const hash = payloadHash(sealed ?? '');
  sql.insert.run({
    ...{ seq, id, kind, receipt, state, head: 0, attempts, due: 0, at, segment, hash, sealed, code, settledAt, reference },
    rowHash: rowHash(seq, id, kind, receipt, at, hash),
  });
  return seq;
}

const waits = (state: RowState): boolean => state === 'pending' || state === 'sending';

/** The first row of each receipt that waits is its head, whatever stood there. */
function fixHeads(sql: Statements, plan: Plan, restored: readonly Pick<Restored, 'seq' | 'receipt' | 'state'>[]): void {
  const gone = new Set([...plan.remove, ...plan.cancel.map(({ seq }) => seq)]);
  const rows = [...plan.rows.values()].filter((row) => waits(row.state) && !gone.has(row.seq));
  const fresh = restored.filter((row) => waits(row.state)).map((row) => ({ ...row, head: 0 }));
  const first = new Map<string, number>();
  for (const { receipt, seq } of [...rows, ...fresh]) first.set(receipt, Math.min(seq, first.get(receipt) ?? seq));
  for (const { receipt, seq, head } of [...rows, ...fresh]) {
    const wanted = first.get(receipt) === seq ? 1 : 0;
    if (head !== wanted) sql.setHead.run(wanted, seq, wanted);
  }
}

const RECOUNT = 'UPDATE state_count SET n = (SELECT count(*) FROM outbox WHERE outbox.state = state_count.state)';

/** Whether the counters say what the walk over the table saw, nothing having changed since; where something has, they are counted anew. */
function countsAgree(sql: Statements, plan: Plan, restored: readonly unknown[]): boolean {
  if (plan.remove.size + plan.cancel.length + restored.length + plan.lost.length > 0) return false;
  const seen = new Map<RowState, number>();
  for (const { state } of plan.rows.values()) seen.set(state, (seen.get(state) ?? 0) + 1);
  const counted = sql.countByState();
  return RowState.options.every((state) => counted[state] === (seen.get(state) ?? 0));
}
