import { join } from 'node:path';
import { dropFolder, newFolder } from '../folders.ts';
import { type Cost, costsOf } from '../fsyncs/count.ts';
import { median } from '../rounds.ts';
import { atMost, type BenchOptions, type BenchRow, type Goal, judgedRow, type Part } from '../row.ts';
import { BYTES } from './commit.ts';

const ACTS = 500;

type Costs = Record<string, Cost>;
const sum = (costs: Costs, names: readonly string[], of: keyof Cost) =>
  names.reduce((all, name) => all + (costs[name]?.[of] ?? Number.NaN), 0);

/** Fsyncs and the time in them, of each step of a figure. */
const stepsOf = (costs: Costs, names: readonly string[]): Part[] =>
  names.flatMap((name) => [
    { part: `${name}: fsyncs`, value: sum(costs, [name], 'fsyncs'), unit: 'fsyncs' },
    { part: `${name}: in fsync`, value: sum(costs, [name], 'fsyncMs'), unit: 'ms' },
    { part: `${name}: elsewhere`, value: sum(costs, [name], 'ms') - sum(costs, [name], 'fsyncMs'), unit: 'ms' },
  ]);

/** Calls of fsync and fdatasync, counted in a process of their own by a preloaded library; checkpoints of the WAL are in them. */
export async function fsyncs({ rounds }: BenchOptions): Promise<BenchRow[]> {
  const runs: Costs[] = [];
  for (let round = 0; round < rounds; round++) {
    const folder = newFolder('disk');
    runs.push(costsOf(join(import.meta.dirname, 'fsyncs-child.ts'), [folder, String(ACTS), String(BYTES)]));
    dropFolder(folder);
  }
  const row = (what: string, names: readonly string[], goal: Goal | null) => {
    // Shares of a whole number were added up: what is left of the rounding is no fsync.
    const counted = runs.map((costs) => Number(sum(costs, names, 'fsyncs').toFixed(6)));
    const spread: [number, number] = [Math.min(...counted), Math.max(...counted)];
    return judgedRow(
      { bench: 'queue', what, value: median(counted), unit: 'fsyncs', floor: null, ratio: null, spread },
      goal,
      () => stepsOf(runs[0] ?? {}, names),
    );
  };
  const acknowledged = ['reserve', 'challenge', 'commit'];
  return [
    await row("a person's commit, fsyncs", ['commit'], atMost(2, 'fsyncs')),
    await row('reserve, challenge and commit, fsyncs', acknowledged, null),
    await row('the same with mark and settle of one row, fsyncs', [...acknowledged, 'mark, one row', 'settle, one row'], null),
    await row('between two people, fsyncs a visit', ['beside the service'], null),
    await row(
      'mark and settle, fsyncs a row in a batch of 100',
      ['mark, a row of 100', 'settle, a row of 100'],
      atMost(0.1, 'fsyncs'),
    ),
  ];
}
