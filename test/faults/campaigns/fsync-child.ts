import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { runFsyncRound } from './fsync-round.ts';
import { roundSeed } from './random.ts';

/** The process that the fault library is loaded into. Arguments: folder, seed, first round, round after the last. Tells each round by IPC. */
const [folder = '', ...numbers] = process.argv.slice(2);
const [seed = 0, from = 0, to = 0] = z.array(z.coerce.number().int()).parse(numbers);

for (let round = from; round < to; round++) {
  const place = join(folder, `round-${round}`);
  mkdirSync(place);
  const { figures, what } = await runFsyncRound(roundSeed(seed, round), place);
  rmSync(place, { recursive: true, force: true });
  process.send?.({ round, figures, what });
}
process.disconnect?.();
