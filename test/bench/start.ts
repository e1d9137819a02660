import { join } from 'node:path';
import { rowsOf } from './apart.ts';
import type { BenchOptions, BenchRow } from './row.ts';
import { aroundKiosk } from './screen/around.ts';

/** From the start of the process to an attract screen that can be touched, against an empty React page on the same host. */
export function bench(options: BenchOptions): BenchRow[] {
  return rowsOf(aroundKiosk(), join(import.meta.dirname, 'screen/start-inside.ts'), options);
}
