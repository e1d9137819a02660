import type { WaitingRow } from '../outbox/rows.ts';

/** The rows that are on their way to the platform: none of them may be sent a second time meanwhile. */
export class InFlight {
  private readonly rows = new Map<string, Pick<WaitingRow, 'seq' | 'receipt'>>();

  get size(): number {
    return this.rows.size;
  }

  /** Places in the queue. */
  get places(): readonly number[] {
    return [...this.rows.values()].map(({ seq }) => seq);
  }

  has(id: string): boolean {
    return this.rows.has(id);
  }

  /** A row of this receipt is on its way, and a later one has to wait for its answer. */
  isBusyWith(receipt: string): boolean {
    return [...this.rows.values()].some((row) => row.receipt === receipt);
  }

  add(rows: readonly Pick<WaitingRow, 'id' | 'seq' | 'receipt'>[]): void {
    for (const { id, seq, receipt } of rows) this.rows.set(id, { seq, receipt });
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.rows.delete(id);
  }
}
