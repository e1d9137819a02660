import { rmSync } from 'node:fs';
import { inChild } from './child-rounds.ts';
import { type CampaignOptions, count, createTally, type Figures, noFigures, type RoundFigures } from './figures.ts';
import { scratch } from './scratch.ts';

function verdict({ problems, told }: RoundFigures): string {
  if (problems.length > 0) return 'WRONG';
  return told ? 'noticed' : 'hit nothing that is used';
}

/** Damages one file of a kiosk's data folder (one time in ten one of either copy), starts on it, and delivers everything. */
export async function run({ seed, rounds, say }: CampaignOptions): Promise<Figures> {
  const figures = noFigures();
  const tally = createTally();
  const folder = scratch('damage');
  let named = 0;
  try {
    await inChild({
      ...{ module: 'damage-child.ts', folder, seed, rounds },
      told({ round, what, kind, figures: found }) {
        named += found.named;
        tally.add(`${kind} -> ${verdict(found)}`);
        count(figures, found, `round ${round} (seed ${seed}): ${what}`, say);
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const line of tally.lines()) say(line);
  say(`  rows lost with both copies, and named by receipt: ${named}`);
  return figures;
}
