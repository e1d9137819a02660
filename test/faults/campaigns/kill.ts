import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defaultPkiDir, ensureTestPki, type TestPki } from '../../sandbox/pki/index.ts';
import { bundle } from '../../support/bundle.ts';
import { runRound } from '../core-kill/round.ts';
import { stepNames } from '../core-kill/steps.ts';
import { type CampaignOptions, count, createTally, type Figures, noFigures, type RoundFigures } from './figures.ts';
import { type HostWorld, startHostWorld } from './kill-host.ts';
import { killPlatform } from './kill-platform.ts';
import { createRandom, type Random, roundSeed } from './random.ts';
import { scratch } from './scratch.ts';

const victims = ['core', 'platform', 'card host'] as const;
type Victim = (typeof victims)[number];
/** Rounds of one victim side by side: most of a round is waiting, and no two share a folder or a port. */
const AT_ONCE: Record<Victim, number> = { core: 1, platform: 1, 'card host': 2 };
/** After so many kills the core lets a card host wait longer than a new kiosk takes; a hung one is begun anew at once. */
const HOST_ROUNDS = 6;

type Found = RoundFigures & { readonly what: string };

/** What is killed thousands of times is started from a bundle. */
interface Programs {
  readonly core: string;
  readonly platform: string;
}

async function killCore(random: Random, { core }: Programs): Promise<Found> {
  const step = random.pick(stepNames);
  const delayMs = random.chance(0.3) ? 0 : Math.ceil(random.next() ** 2 * 120);
  const { problems, lost, doubled, stuck, told } = await runRound({ step, delayMs, child: core });
  return { lost, doubled, stuck, told, problems, what: `core, ${delayMs} ms after ${step}` };
}

/** Rounds of one kind, one after the other. */
interface Lane {
  round(random: Random, place: string): Promise<Found>;
  close(): Promise<void>;
}

const noEnd = async () => {};

function hostLane(): Lane {
  let host: { world: HostWorld; rounds: number } | null = null;
  const close = async () => {
    await host?.world.close();
    host = null;
  };
  return {
    async round(random, place) {
      host ??= { world: await startHostWorld(place), rounds: 0 };
      const found = await host.world.round(random);
      host.rounds += 1;
      if (found.stuck || host.rounds >= HOST_ROUNDS) await close();
      return { ...found, what: 'card host' };
    },
    close,
  };
}

function laneOf(victim: Victim, programs: Programs, pki: TestPki): Lane {
  switch (victim) {
    case 'core':
      return { round: (random) => killCore(random, programs), close: noEnd };
    case 'platform':
      return {
        round: async (random, place) => ({ ...(await killPlatform(place, random, pki, programs.platform)), what: victim }),
        close: noEnd,
      };
    case 'card host':
      return hostLane();
  }
}

/** SIGKILL of the core, the platform and the card host, at random moments of what a person or the queue is doing. */
export async function run({ seed, rounds, say }: CampaignOptions): Promise<Figures> {
  const figures = noFigures();
  const tally = createTally();
  const folder = scratch('kill');
  // Below the root: a bundle finds there what is native.
  const bundles = resolve(import.meta.dirname, `../../../.cache/bundles-${process.pid}`);
  const work = async (victim: Victim, todo: Iterator<number>, lane: Lane) => {
    try {
      for (let next = todo.next(); next.done !== true; next = todo.next()) {
        const place = join(folder, String(next.value));
        mkdirSync(place);
        const found = await lane.round(createRandom(roundSeed(seed, next.value)), place);
        if (victim !== 'card host') rmSync(place, { recursive: true, force: true });
        tally.add(`${victim} -> ${found.problems.length > 0 ? 'WRONG' : found.told ? 'right' : 'right, unnoticed'}`);
        count(figures, found, `round ${next.value} (seed ${seed}): ${found.what}`, say);
      }
    } finally {
      await lane.close();
    }
  };
  try {
    const pki = await ensureTestPki(defaultPkiDir);
    const programs = {
      core: await bundle('test/faults/core-kill/child.ts', bundles),
      platform: await bundle('test/sandbox/platform/main.ts', bundles),
    };
    const lanes = victims.flatMap((victim, index) => {
      const todo = Array.from({ length: rounds }, (_, round) => round)
        .filter((round) => round % victims.length === index)
        .values();
      return Array.from({ length: AT_ONCE[victim] }, () => work(victim, todo, laneOf(victim, programs, pki)));
    });
    for (const ended of await Promise.allSettled(lanes)) if (ended.status === 'rejected') throw ended.reason;
  } finally {
    for (const gone of [folder, bundles]) rmSync(gone, { recursive: true, force: true });
  }
  for (const line of tally.lines()) say(line);
  return figures;
}
