import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createManualClock } from '../../support/manual-clock.ts';
import { act, commit, type Scene } from './acts.ts';
import { drain } from './drain.ts';
import { type CampaignOptions, count, createTally, type Figures, noFigures, type RoundFigures } from './figures.ts';
import { judge } from './judge.ts';
import { createLedger } from './ledger.ts';
import { createModelPlatform } from './model-platform.ts';
import { createRandom, type Random, roundSeed } from './random.ts';
import { scratch } from './scratch.ts';
import { type OpenedQueue, openQueue, placeIn } from './store.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;
const jumps: readonly (readonly [name: string, ms: number])[] = [
  ['a second', SECOND],
  ['two hours', 2 * HOUR],
  ['five days', 5 * DAY],
  ['a year', YEAR],
  ['ten years', 10 * YEAR],
];
const moments = ['at an act', 'at a restart', 'during back-off', 'after drawing', 'twice, there and back'] as const;
type Moment = (typeof moments)[number];

/** A kiosk's wall clock, which jumps, beside the time that the platform has, which does not. */
interface Times {
  readonly clock: ReturnType<typeof createManualClock>;
  readonly trueNow: () => number;
}

function makeTimes(): Times {
  const clock = createManualClock();
  const began = clock.now();
  return { clock, trueNow: () => began + clock.monotonic() };
}

interface Round {
  readonly times: Times;
  readonly scene: Scene;
  readonly random: Random;
  readonly jumpMs: number;
  readonly problems: string[];
  /** When each challenge ends, epoch ms of the platform. */
  readonly ends: ReadonlyMap<string, number>;
}

/** No challenge that the platform would refuse for its age is handed out, however the kiosk's clock stands. */
function takeAll({ times, problems, ends }: Round, { store }: OpenedQueue, most: number): void {
  for (let n = 0; n < most; n++) {
    const challenge = store.takeChallenge();
    if (challenge === null) return;
    const end = ends.get(challenge);
    if (end !== undefined && end <= times.trueNow()) problems.push('a challenge was handed out that the platform calls expired');
  }
}

async function runRound(seed: number, folder: string): Promise<{ figures: RoundFigures; what: string }> {
  const random = createRandom(seed);
  const times = makeTimes();
  const { clock, trueNow } = times;
  const ledger = createLedger();
  let reachable = true;
  const platform = createModelPlatform({ ledger, random, now: trueNow, reachable: () => reachable });
  const [name, size] = random.pick(jumps);
  const jumpMs = random.chance(0.5) ? size : -size;
  const moment: Moment = random.pick(moments);
  const round: Round = {
    ...{ times, random, jumpMs, problems: [], ends: platform.ends },
    scene: { ledger, platform, random, clock, refusals: 0 },
  };
  const what = `${name} ${jumpMs > 0 ? 'ahead' : 'back'}, ${moment}`;
  const place = placeIn(folder);
  let queue = openOrThrow(place, times, 1);
  let boots = 1;
  const restart = () => {
    queue.store.close();
    // Of the core alone, or of the machine.
    if (random.chance(0.5)) boots += 1;
    queue = openOrThrow(place, times, boots);
  };
  // Its stock, as delivery draws it.
  await drain(queue, platform.client, clock, 60 * SECOND);
  const acts = 5 + random.int(12);
  const at = random.int(acts);
  const away = random.chance(0.5) ? random.int(5) * DAY : 0;
  for (let n = 0; n < acts; n++) {
    if (n === at) {
      if (moment === 'during back-off')
        await withoutLine(round, queue, (is) => {
          reachable = is;
        });
      clock.jump(jumpMs);
      if (moment === 'at a restart') restart();
      if (moment === 'twice, there and back') {
        act(round.scene, queue);
        clock.jump(-jumpMs);
      }
      // As at delivery's next look, a minute later at most.
      queue.time.keep();
      // The kiosk may stand without a line for days after it.
      clock.advance(away);
      takeAll(round, queue, random.int(4));
    }
    act(round.scene, queue);
  }
  commit(round.scene, queue);
  if (random.chance(0.3)) restart();
  takeAll(round, queue, 2);
  const drained = await drain(queue, platform.client, clock, 2 * HOUR);
  const found = judge({ ledger, platform, queue, drained });
  queue.store.close();
  return { what, figures: { ...found, problems: [...round.problems, ...found.problems] } };
}

/** Deliveries fail and their rows wait, when the clock jumps. */
async function withoutLine({ times, scene }: Round, queue: OpenedQueue, reachable: (is: boolean) => void): Promise<void> {
  commit(scene, queue);
  reachable(false);
  await drain(queue, scene.platform.client, times.clock, 10 * 60 * SECOND);
  reachable(true);
}

function openOrThrow(place: ReturnType<typeof placeIn>, { clock }: Times, boot: number): OpenedQueue {
  const opened = openQueue(place, clock, `boot-${boot}`);
  if (typeof opened === 'string') throw new Error(opened);
  return opened;
}

/** The wall clock jumps, both ways, at any point. Nothing gets stuck, no challenge is handed out too late, and everything arrives. */
export async function run({ seed, rounds, say }: CampaignOptions): Promise<Figures> {
  const figures = noFigures();
  const tally = createTally();
  const folder = scratch('clock');
  try {
    for (let round = 0; round < rounds; round++) {
      const place = join(folder, String(round));
      mkdirSync(place);
      const { figures: found, what } = await runRound(roundSeed(seed, round), place);
      rmSync(place, { recursive: true });
      tally.add(`${what} -> ${found.problems.length > 0 ? 'WRONG' : 'right'}`);
      count(figures, found, `round ${round} (seed ${seed}): ${what}`, say);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const line of tally.lines()) say(line);
  return figures;
}
