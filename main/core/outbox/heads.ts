import { z } from 'zod';
import type { Statements } from './statements.ts';

const Place = z.object({ seq: z.number().int(), state: z.string(), next_attempt: z.number().int() });
export type ReceiptPlace = z.infer<typeof Place>;

/** Rows of one receipt that wait, after a place, oldest first. */
export function waitingOf(sql: Statements, receipt: string, after: number, most: number): ReceiptPlace[] {
  return ['pending', 'sending']
    .flatMap((state) => sql.ofReceipt.all(receipt, state, after, most).map((row) => Place.parse(row)))
    .sort((a, b) => a.seq - b.seq)
    .slice(0, most);
}

/** Those of these rows before which no other row of their receipt waits. */
export function inOrder<R extends { readonly seq: number; readonly receipt: string }>(sql: Statements, rows: readonly R[]): R[] {
  const sorted = [...rows].sort((a, b) => a.seq - b.seq);
  const places = new Map<string, number[]>();
  for (const { receipt } of sorted) {
    if (places.has(receipt)) continue;
    const count = sorted.filter((row) => row.receipt === receipt).length;
    places.set(
      receipt,
      waitingOf(sql, receipt, 0, count).map(({ seq }) => seq),
    );
  }
  return sorted.filter(({ seq, receipt }) => {
    if (places.get(receipt)?.[0] !== seq) return false;
    places.get(receipt)?.shift();
    return true;
  });
}

/** Place of the first row of a receipt that waits; null: none does. */
export function firstWaiting(sql: Statements, receipt: string): number | null {
  const places = [sql.firstOf.get(receipt, 'pending'), sql.firstOf.get(receipt, 'sending')];
  const found = places.filter((place): place is number => typeof place === 'number');
  return found.length === 0 ? null : Math.min(...found);
}

/**
 * Lets the receipt's first row that waits be looked for: the one before it is settled, the first of all was added, or an older one waits again.
 * Then the one behind it, which was the first until now, is looked for no more.
 */
export function promote(sql: Statements, receipt: string): void {
  const first = firstWaiting(sql, receipt);
  if (first === null || sql.setHead.run(1, first, 1).changes === 0) return;
  const second = waitingOf(sql, receipt, first, 1)[0];
  if (second !== undefined) sql.setHead.run(0, second.seq, 0);
}

/** The same for the receipts of many rows that wait no more. */
export function promoteAll(sql: Statements, receipts: ReadonlySet<string>): void {
  for (const receipt of sql.stillWaiting.all(JSON.stringify([...receipts]))) promote(sql, String(receipt));
}
