import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { defaultPkiDir, ensureTestPki } from '../../sandbox/pki/index.ts';
import { runRound } from '../core-kill/round.ts';
import { stepNames } from '../core-kill/steps.ts';
import { type CampaignOptions, count, createTally, type Figures, noFigures, type RoundFigures } from './figures.ts';
import { type HostWorld, startHostWorld } from './kill-host.ts';
import { killPlatform } from './kill-platform.ts';
import { createRandom, type Random, roundSeed } from './random.ts';
import { scratch } from './scratch.ts';

const victims = ['core', 'platform', 'card host'] as const;
/** After so many rounds the kiosk of the card host's rounds is begun anew; a hung one at once. */
const HOST_ROUNDS = 50;

async function killCore(random: Random): Promise<RoundFigures & { what: string }> {
  const step = random.pick(stepNames);
  const delayMs = random.chance(0.3) ? 0 : Math.ceil(random.next() ** 2 * 120);
  const { problems } = await runRound({ step, delayMs });
  const lost = problems.filter((problem) => / 0 times on the platform|was lost/.test(problem)).length;
  const doubled = problems.filter((problem) => /[2-9] times|other bytes|two IDs/.test(problem)).length;
  const stuck = problems.some((problem) => /hangs|drained|come up/.test(problem));
  return { lost, doubled, stuck, told: true, problems, what: `core, ${delayMs} ms after ${step}` };
}

/** SIGKILL of the core, the platform and the card host in turn, at random moments of what a person or the queue is doing. */
export async function run({ seed, rounds, say }: CampaignOptions): Promise<Figures> {
  const figures = noFigures();
  const tally = createTally();
  const folder = scratch('kill');
  const pki = await ensureTestPki(defaultPkiDir);
  let host: { world: HostWorld; rounds: number } | null = null;
  const endHost = async () => {
    await host?.world.close();
    host = null;
  };
  try {
    for (let round = 0; round < rounds; round++) {
      const random = createRandom(roundSeed(seed, round));
      const victim = victims[round % victims.length] ?? 'core';
      const place = join(folder, String(round));
      mkdirSync(place);
      let found: RoundFigures;
      let what: string = victim;
      if (victim === 'core') {
        const killed = await killCore(random);
        what = killed.what;
        found = killed;
      } else if (victim === 'platform') found = await killPlatform(place, random, pki);
      else {
        host ??= { world: await startHostWorld(place), rounds: 0 };
        found = await host.world.round(random);
        host.rounds += 1;
        if (found.stuck || host.rounds >= HOST_ROUNDS) await endHost();
      }
      if (victim !== 'card host') rmSync(place, { recursive: true, force: true });
      tally.add(`${victim} -> ${found.problems.length > 0 ? 'WRONG' : 'right'}`);
      count(figures, found, `round ${round} (seed ${seed}): ${what}`, say);
    }
  } finally {
    await endHost();
    rmSync(folder, { recursive: true, force: true });
  }
  for (const line of tally.lines()) say(line);
  return figures;
}
