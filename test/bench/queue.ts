import { calls } from './queue/calls.ts';
import { claim } from './queue/claim.ts';
import { commit } from './queue/commit.ts';
import { drain } from './queue/drain.ts';
import { fsyncs } from './queue/fsyncs.ts';
import { opening } from './queue/opening.ts';
import { seal } from './queue/seal.ts';
import { slices } from './queue/slices.ts';
import type { BenchOptions, BenchRow } from './row.ts';

const sections: Readonly<Record<string, (options: BenchOptions) => Promise<BenchRow[]>>> = {
  fsyncs,
  commit,
  seal,
  drain,
  claim,
  calls,
  slices,
  opening,
};

/** The kiosk's queue: what a person waits for, delivery, and how it bears depth. */
export async function bench(options: BenchOptions): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [name, section] of Object.entries(sections)) {
    if (options.only !== null && !options.only.split(',').includes(name)) continue;
    options.say(`queue: ${name} ...`);
    rows.push(...(await section(options)));
  }
  return rows;
}
