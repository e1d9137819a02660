import { rmSync } from 'node:fs';
import { inChild } from './child-rounds.ts';
import { failIoLibrary } from './fail-io.ts';
import { type CampaignOptions, count, createTally, type Figures, noFigures } from './figures.ts';
import { scratch } from './scratch.ts';

/**
 * Calls that fail below the queue's folders, by a library of ours (fail-io.c), once, twice, for a while or for ever; then a power cut at which
 * the page cache turns out to have lied (disk-model.ts). Everything acknowledged must be on what is left.
 */
export async function run({ seed, rounds, say }: CampaignOptions): Promise<Figures> {
  const figures = noFigures();
  const library = failIoLibrary();
  if ('why' in library) {
    say(`skipped: fsync (${library.why})`);
    return figures;
  }
  const tally = createTally();
  const folder = scratch('fsync');
  try {
    await inChild({
      ...{ module: 'fsync-child.ts', folder, seed, rounds, env: { LD_PRELOAD: library.path } },
      told({ round, what, kind, figures: found }) {
        tally.add(`${kind} -> ${found.problems.length > 0 ? 'WRONG' : 'right'}`);
        count(figures, found, `round ${round} (seed ${seed}): ${what}`, say);
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const line of tally.lines()) say(line);
  return figures;
}
