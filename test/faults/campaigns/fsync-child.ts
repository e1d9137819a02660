import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runFsyncRound } from './fsync-round.ts';
import { roundSeed } from './random.ts';
import { roundArguments, tellRound } from './round-arguments.ts';

/** The process that the fault library is loaded into. */
const { folder, seed, from, to } = roundArguments();
for (let round = from; round < to; round++) {
  const place = join(folder, `round-${round}`);
  mkdirSync(place);
  const { figures, what } = await runFsyncRound(roundSeed(seed, round), place);
  rmSync(place, { recursive: true, force: true });
  const kind = what.includes(' and ') ? 'two patterns' : what.replaceAll(/\d+\+/g, 'n+');
  tellRound({ round, what, kind, figures: { ...figures, named: 0, problems: [...figures.problems] } });
}
process.disconnect?.();
