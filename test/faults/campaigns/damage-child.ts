import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createManualClock } from '../../support/manual-clock.ts';
import { act, commit, type Scene, takeBack } from './acts.ts';
import { damageFile, filesOf, type Hit } from './damage-file.ts';
import { drain } from './drain.ts';
import type { RoundFigures } from './figures.ts';
import { judge } from './judge.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createModelPlatform } from './model-platform.ts';
import { createRandom, type Random, roundSeed } from './random.ts';
import { roundArguments, tellRound } from './round-arguments.ts';
import { openQueue, placeIn, type QueuePlace } from './store.ts';

/** One in so many rounds damages a file of either copy. */
const DOUBLE_EVERY = 10;
/** Rounds that start from the same kiosk; making one takes longer than damaging it. */
const ROUNDS_A_KIOSK = 20;

interface Kiosk {
  readonly folder: string;
  /** The data folder as it was some acts ago. */
  readonly backup: string;
  readonly ledger: Ledger;
  readonly held: ReadonlySet<string>;
  readonly now: number;
}

const copyOf = (ledger: Ledger): Ledger => ({
  rows: new Map([...ledger.rows].map(([id, row]) => [id, { ...row }])),
  spent: new Set(ledger.spent),
  doubled: [],
});

/** A kiosk after some of its day. Half of them were switched off by their plug: the WAL is full of rows. */
function makeKiosk(folder: string, random: Random): Kiosk {
  const live = join(folder, 'live');
  const backup = join(folder, 'backup');
  const end = join(folder, 'end');
  mkdirSync(live);
  const clock = createManualClock();
  const ledger = createLedger();
  const platform = createModelPlatform({ ledger, random, now: () => clock.now() });
  const scene: Scene = { ledger, platform, random, clock, refusals: 0 };
  const opened = openQueue(placeIn(live), clock);
  if (typeof opened === 'string') throw new Error(opened);
  const acts = 12 + random.int(30);
  for (let n = 0; n < acts; n++) {
    if (n === Math.floor(acts / 2)) {
      if (random.chance(0.5)) opened.store.tidy();
      cpSync(live, backup, { recursive: true });
    }
    act(scene, opened);
  }
  commit(scene, opened);
  const pulled = random.chance(0.5);
  if (pulled) cpSync(live, end, { recursive: true });
  opened.store.close();
  if (!pulled) cpSync(live, end, { recursive: true });
  return { folder: end, backup, ledger, held: new Set(platform.held), now: clock.now() };
}

interface Round {
  readonly figures: RoundFigures & { named: number };
  readonly hits: readonly Hit[];
}

async function runRound(kiosk: Kiosk, folder: string, random: Random, double: boolean): Promise<Round> {
  cpSync(kiosk.folder, folder, { recursive: true });
  const place = placeIn(folder);
  const hits = hit(place, kiosk, random, double);
  const clock = createManualClock(kiosk.now + 60_000);
  const ledger = copyOf(kiosk.ledger);
  const platform = createModelPlatform({ ledger, random, now: () => clock.now() });
  for (const row of ledger.rows.values()) if (kiosk.held.has(row.id)) platform.take(row);
  const scene: Scene = { ledger, platform, random, clock, refusals: 0 };
  const opened = openQueue(place, clock);
  if (typeof opened === 'string') {
    const problems = [`the queue cannot be opened: ${opened}`];
    return { hits, figures: { lost: 0, doubled: 0, stuck: true, told: true, named: 0, problems } };
  }
  try {
    // A person comes before anything is delivered, and takes an act back.
    commit(scene, opened);
    takeBack(scene, opened);
    const drained = await drain(opened, platform.client, clock);
    return { hits, figures: judge({ ledger, platform, queue: opened, drained, mayLose: double }) };
  } catch (error) {
    const problems = [`threw ${error instanceof Error ? error.message.split('\n')[0] : 'not an error'}`];
    return { hits, figures: { lost: 0, doubled: 0, stuck: true, told: false, named: 0, problems } };
  } finally {
    opened.store.close();
  }
}

function hit(place: QueuePlace, kiosk: Kiosk, random: Random, double: boolean): Hit[] {
  const stale = placeIn(kiosk.backup);
  const of = (part: keyof QueuePlace) => filesOf(place[part]).map((name) => ({ part, name }));
  const damage = (from: { part: keyof QueuePlace; name: string }[]) => {
    if (from.length === 0) return [];
    const { part, name } = random.pick(from);
    return [damageFile({ part, name, path: join(place[part], name), stale: join(stale[part], name) }, random)];
  };
  if (double) return [...damage(of('queue')), ...damage(of('journal'))];
  return damage([...of('queue'), ...of('journal')]);
}

const { folder: root, seed, from, to } = roundArguments();
for (let round = from - (from % ROUNDS_A_KIOSK); round < to; round += ROUNDS_A_KIOSK) {
  const made = join(root, 'made');
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made);
  const kiosk = makeKiosk(made, createRandom(roundSeed(seed, round)));
  for (let n = Math.max(from, round); n < Math.min(to, round + ROUNDS_A_KIOSK); n++) {
    const double = n % DOUBLE_EVERY === DOUBLE_EVERY - 1;
    const folder = join(root, 'round');
    rmSync(folder, { recursive: true, force: true });
    const { figures, hits } = await runRound(kiosk, folder, createRandom(roundSeed(seed + 1, n)), double);
    const what = hits.map(({ part, name, damage, used }) => `${damage} in ${part}/${name}${used}`).join(' and ');
    const kind = double ? 'one of either copy' : hits.map((hit) => `${hit.damage} in ${hit.part}/${hit.kind}`).join();
    tellRound({ round: n, what, kind, figures: { ...figures, problems: [...figures.problems] } });
  }
}
process.disconnect?.();
