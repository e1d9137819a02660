import { join } from 'node:path';
import { rowsOf } from './apart.ts';
import type { BenchOptions, BenchRow } from './row.ts';
import { aroundKiosk } from './screen/around.ts';

/** What the package holds and what its processes keep in memory, by part. */
export function bench(options: BenchOptions): BenchRow[] {
  return rowsOf(aroundKiosk(), join(import.meta.dirname, 'screen/size-inside.ts'), options);
}
