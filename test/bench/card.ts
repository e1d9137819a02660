import { join } from 'node:path';
import { rowsOf } from './apart.ts';
import type { BenchOptions, BenchRow } from './row.ts';

/** The card path on a pcscd of its own: what a visit asks of the card, what a command costs, how late a card is heard of. */
export function bench(options: BenchOptions): BenchRow[] {
  const pcscd = [process.execPath, join(import.meta.dirname, '../sandbox/pcscd/run.ts'), '--'];
  return rowsOf(pcscd, join(import.meta.dirname, 'card/inside.ts'), options);
}
