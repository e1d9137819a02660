import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { type BenchOptions, BenchRow } from './row.ts';
import { textLine } from './text-table.ts';

/** The card path on a pcscd of its own: what a visit asks of the card, what a command costs, how late a card is heard of. */
export function bench({ rounds, only, say }: BenchOptions): BenchRow[] {
  const inside = join(import.meta.dirname, 'card/inside.ts');
  const pcscd = join(import.meta.dirname, '../sandbox/pcscd/run.ts');
  const done = spawnSync(process.execPath, [pcscd, '--', process.execPath, inside, String(rounds), only ?? ''], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (done.status !== 0) throw new Error('the card path cannot be measured here');
  const rows = z.array(BenchRow).parse(JSON.parse(done.stdout));
  for (const row of rows) say(textLine(row));
  return rows;
}
