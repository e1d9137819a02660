import { calls } from './queue/calls.ts';
import { claim } from './queue/claim.ts';
import { commit } from './queue/commit.ts';
import { drain, drainFar } from './queue/drain.ts';
import { fsyncs } from './queue/fsyncs.ts';
import { opening } from './queue/opening.ts';
import { seal } from './queue/seal.ts';
import { slices } from './queue/slices.ts';
import type { BenchOptions, BenchRow } from './row.ts';
import { textLine } from './text-table.ts';

const sections: Readonly<Record<string, (options: BenchOptions) => Promise<BenchRow[]>>> = {
  fsyncs,
  commit,
  seal,
  drain,
  'drain-40': drainFar,
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
    const done = await section(options);
    for (const row of done) options.say(textLine(row));
    rows.push(...done);
  }
  return rows;
}
