import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { failIoLibrary } from './fail-io.ts';
import { type CampaignOptions, count, createTally, type Figures, noFigures } from './figures.ts';
import { scratch } from './scratch.ts';

const Told = z.object({
  round: z.number(),
  what: z.string(),
  figures: z.object({
    lost: z.number(),
    doubled: z.number(),
    stuck: z.boolean(),
    told: z.boolean(),
    problems: z.array(z.string()),
  }),
});
type Told = z.infer<typeof Told>;

/** A round takes some hundredths of a second. One that takes so long stands still. */
const LONGEST_ROUND_MS = 30_000;

/** Rounds from `from` on, until all are done or the process ends. @returns the first round that was not told */
function runChild(library: string, folder: string, seed: number, from: number, to: number, told: (one: Told) => void) {
  return new Promise<{ next: number; hung: boolean }>((resolve) => {
    const child = fork(join(import.meta.dirname, 'fsync-child.ts'), [folder, seed, from, to].map(String), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, LD_PRELOAD: library },
    });
    let next = from;
    let hung = false;
    const stop = () => {
      hung = true;
      child.kill('SIGKILL');
    };
    let guard = setTimeout(stop, LONGEST_ROUND_MS);
    child.on('message', (message) => {
      const one = Told.parse(message);
      next = one.round + 1;
      clearTimeout(guard);
      guard = setTimeout(stop, LONGEST_ROUND_MS);
      told(one);
    });
    child.once('close', () => {
      clearTimeout(guard);
      resolve({ next, hung });
    });
  });
}

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
    for (let from = 0; from < rounds; ) {
      const { next, hung } = await runChild(library.path, folder, seed, from, rounds, ({ round, what, figures: found }) => {
        tally.add(
          `${what.replaceAll(/\d+\+/g, 'n+')} -> ${found.problems.length > 0 ? 'WRONG' : 'right'}`.replace(
            /^.* and .*(?= ->)/,
            'two patterns',
          ),
        );
        count(figures, found, `round ${round} (seed ${seed}): ${what}`, say);
      });
      if (next < rounds) {
        const problem = hung ? 'stands still: the core is frozen' : 'the process ended';
        count(
          figures,
          { lost: 0, doubled: 0, stuck: true, told: false, problems: [problem] },
          `round ${next} (seed ${seed})`,
          say,
        );
      }
      from = Math.max(next + (next < rounds ? 1 : 0), from + 1);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const line of tally.lines()) say(line);
  return figures;
}
