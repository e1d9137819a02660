import { join } from 'node:path';
import { rowsOf } from './apart.ts';
import type { BenchOptions, BenchRow } from './row.ts';
import { aroundKiosk } from './screen/around.ts';

/** Processor time of a kiosk that nobody stands at, all its processes, against an empty React page on the same host. */
export function bench(options: BenchOptions): BenchRow[] {
  return rowsOf(aroundKiosk(), join(import.meta.dirname, 'screen/idle-inside.ts'), options);
}
