import type { Journal } from './journal.ts';
import { type MergeDeps, type MergePlan, planMerge } from './merge-plan.ts';
import { type Restored, writeRestored } from './restored.ts';
import { type FindingCode, holdsPayload, type RowState, readHeader } from './rows.ts';
import type { Statements } from './statements.ts';

export interface Merged {
  /** Rows that wait, by the journal's file that holds them. */
  readonly live: ReadonlyMap<number, number>;
  /** Writes what has to change, in one transaction that ends after the journal is on the disk. */
  finish(journal: Journal): void;
}

/** @returns what to tell staff, in the order in which it happened */
function findingsOf({ content, noticed, refused }: MergeDeps, plan: MergePlan): [FindingCode, string[]][] {
  const { restoredReceipts, rePut, repaired, lost } = plan;
  const findings: [FindingCode, string[]][] = [];
  if (refused.size > 0) findings.push(['write-failed', [...refused.values()]]);
  if (noticed.database === 'damaged' || noticed.database === 'gone')
    findings.push([`database-${noticed.database}`, restoredReceipts]);
  else if (noticed.database === 'suspect') {
    // Everything was taken over from the journal, as it should be.
  } else if (plan.left.length > 0) {
    findings.push(['database-stale', [...restoredReceipts, ...plan.left.map(({ receipt }) => receipt)]]);
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
export function mergeCopies(options: MergeDeps): Merged {
  const plan = planMerge(options);
  return { live: plan.live, finish: (journal) => finish(options, plan, journal) };
}

function finish(options: MergeDeps, plan: MergePlan, journal: Journal): void {
  const { db, sql, clock, hasEnded } = options;
  const now = clock.now();
  const read = (seq: number): string | null => {
    const sealed: unknown = sql.sealed.get(seq);
    return typeof sealed === 'string' ? sealed : null;
  };
  db.transaction(() => {
    sql.dropReservations.run();
    for (const seq of plan.remove) sql.change.remove(seq);
    for (const row of plan.cancel) sql.change.close(row.seq, 'cancelled', now);
    for (const { seq, segment } of plan.segments) sql.setSegment.run(segment, seq);
    const restored = plan.restore.map((row) => ({ ...row, seq: writeRestored(sql, row, journal) }));
    for (const row of plan.rePut) {
      const sealed = read(row.seq);
      const header = readHeader(sql.header.get(row.seq));
      if (sealed === null || header === null || !holdsPayload(header, sealed)) {
        if (hasEnded(row.id, row.receipt)) {
          sql.change.remove(row.seq);
          continue;
        }
        sql.change.close(row.seq, 'lost', now);
        plan.lost.push(row.receipt);
        continue;
      }
      sql.setSegment.run(journal.put({ ...header, at: header.created_at, sealed }), row.seq);
    }
    for (const { seq, id } of plan.left) sql.change.sending(seq, id);
    for (const { id, segment } of plan.withdraw) journal.withdraw(id, segment);
    fixHeads(sql, plan, restored);
    for (const [what, receipts] of findingsOf(options, plan)) sql.finding.run(now, what, JSON.stringify(receipts.slice(0, 1000)));
    sql.trimFindings.run(200);
    journal.sync();
  })();
}

const waits = (state: RowState): boolean => state === 'pending' || state === 'sending';

/** The first row of each receipt that waits is its head, whatever stood there. */
function fixHeads(sql: Statements, plan: MergePlan, restored: readonly Pick<Restored, 'seq' | 'receipt' | 'state'>[]): void {
  const gone = new Set([...plan.remove, ...plan.cancel.map(({ seq }) => seq)]);
  const first = new Map<string, number>();
  const see = ({ receipt, seq }: Pick<Restored, 'seq' | 'receipt'>) => {
    const before = first.get(receipt);
    if (before === undefined || seq < before) first.set(receipt, seq);
  };
  const fix = ({ receipt, seq }: Pick<Restored, 'seq' | 'receipt'>, head: number) => {
    const wanted = first.get(receipt) === seq ? 1 : 0;
    if (head !== wanted) sql.setHead.run(wanted, seq, wanted);
  };
  for (const row of plan.rows.values()) if (waits(row.state) && !gone.has(row.seq)) see(row);
  for (const row of restored) if (waits(row.state)) see(row);
  for (const row of plan.rows.values()) if (waits(row.state) && !gone.has(row.seq)) fix(row, row.head);
  for (const row of restored) if (waits(row.state)) fix(row, 0);
}
