import type { WaitingRow } from '../outbox/rows.ts';

/** A row as it is remembered while something is held against it. */
export type Suspect = Pick<WaitingRow, 'seq' | 'id' | 'receipt'>;

/** Rows of failed batches, in groups: each batch is cut in two, so that the row at which the platform fails is found by halving. */
export class Halves {
  private groups: Suspect[][] = [];

  get none(): boolean {
    return this.groups.length === 0;
  }

  /** The rows of a batch that failed: two groups from now on, wherever each row was before. A single row is one. */
  cut(rows: readonly Suspect[]): void {
    this.drop(rows.map(({ id }) => id));
    const half = Math.ceil(rows.length / 2);
    for (const part of [rows.slice(0, half), rows.slice(half)]) if (part.length > 0) this.groups.push(part);
  }

  drop(ids: readonly string[]): void {
    const gone = new Set(ids);
    this.groups = this.groups.map((group) => group.filter(({ id }) => !gone.has(id))).filter((group) => group.length > 0);
  }

  /** @returns the largest group that can go now, of equals the oldest; empty: none can */
  largest(canGo: (rows: readonly Suspect[]) => boolean): readonly Suspect[] {
    return this.groups.filter(canGo).reduce<Suspect[]>((most, group) => (group.length > most.length ? group : most), []);
  }
}
