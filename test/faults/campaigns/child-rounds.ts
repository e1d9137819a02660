import { fork } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import type { RoundFigures } from './figures.ts';

/** What a child tells of each round, by IPC. `what`: what was done; `kind`: the same without what is different in every round. */
const Told = z.object({
  round: z.number(),
  what: z.string(),
  kind: z.string(),
  figures: z.object({
    lost: z.number(),
    doubled: z.number(),
    stuck: z.boolean(),
    told: z.boolean(),
    problems: z.array(z.string()),
    named: z.number().default(0),
  }),
});
export type Told = z.infer<typeof Told>;

/** A round takes some hundredths of a second. One that takes so long stands still. */
const LONGEST_ROUND_MS = 20_000;

export interface ChildRounds {
  /** Module in this folder; its arguments are: folder, seed, first round, round after the last. */
  readonly module: string;
  readonly folder: string;
  readonly seed: number;
  readonly rounds: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly told: (one: Told) => void;
}

/** From one round on, until all are done or the process ends. @returns the first round that was not told */
function runChild({ module, folder, seed, rounds, env = {}, told }: ChildRounds, from: number) {
  return new Promise<{ next: number; hung: boolean }>((resolve) => {
    const child = fork(join(import.meta.dirname, module), [folder, seed, from, rounds].map(String), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...env },
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

/** Rounds in a process of their own: one that freezes or dies is a finding, and the rest goes on behind it. */
export async function inChild(options: ChildRounds): Promise<void> {
  for (let from = 0; from < options.rounds; ) {
    const { next, hung } = await runChild(options, from);
    if (next < options.rounds) {
      const figures: RoundFigures & { named: number } = {
        ...{ lost: 0, doubled: 0, stuck: true, told: false, named: 0 },
        problems: [hung ? 'stands still: the core is frozen' : 'the process ended'],
      };
      options.told({ round: next, what: 'unknown', kind: 'unknown', figures: { ...figures, problems: [...figures.problems] } });
    }
    from = next + 1;
  }
}
