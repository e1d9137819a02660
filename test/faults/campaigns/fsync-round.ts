import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createManualClock } from '../../support/manual-clock.ts';
import { act, commit, type Scene } from './acts.ts';
import { replay } from './disk-model.ts';
import { drain } from './drain.ts';
import { failIo, type Plan } from './fail-io.ts';
import type { RoundFigures } from './figures.ts';
import { judge } from './judge.ts';
import { createLedger } from './ledger.ts';
import { createModelPlatform } from './model-platform.ts';
import { createRandom, type Random } from './random.ts';
import { type OpenedQueue, openQueue, placeIn, usable } from './store.ts';

/** The kiosk must be back so long after writes work again; virtual time. */
const BACK_WITHIN_MS = 120_000;
const EIO = 5;
const ENOSPC = 28;
const EDQUOT = 122;

export interface FsyncRound {
  readonly figures: RoundFigures;
  readonly what: string;
}

export function drawPlan(random: Random): Plan {
  const ops = random.pick(['s', 's', 's', 's', 'w', 'w', 'w', 'ws', 't', 'r']);
  const how = random.pick<Plan['how']>(ops.includes('w') ? [EIO, EIO, ENOSPC, 'short', 'torn'] : [EIO, EIO, EIO, ENOSPC, EDQUOT]);
  return {
    ops,
    nth: 1 + Math.floor(random.next() ** 2 * 12),
    times: random.pick([1, 1, 2, 1 + random.int(6), 0]),
    how,
    part: random.pick(['', '', '/queue/', '/queue/', '-wal', '/journal/', '/journal/']),
  };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** What goes on while a round lasts. A queue that cannot be opened is null: the kiosk is out of order. */
interface Life {
  queue: OpenedQueue | null;
  /** Commits refused in a row after their room had been reserved, each after the kiosk had said that it can promise. */
  surprises: number;
  worstSurprises: number;
  /** Opening threw: a real core has died of it, and its connection holds the lock as long as this process lives. */
  died: boolean;
  readonly problems: string[];
}

/** One pattern of failing calls, a power cut that shows what the disk really has, and everything that was promised looked for. */
export async function runFsyncRound(seed: number, folder: string): Promise<FsyncRound> {
  const random = createRandom(seed);
  const place = placeIn(join(folder, 'live'));
  const after = placeIn(join(folder, 'after'));
  for (const path of [place.queue, place.journal]) mkdirSync(path, { recursive: true });
  const logFile = join(folder, 'calls.log');
  const clock = createManualClock();
  const ledger = createLedger();
  const platform = createModelPlatform({ ledger, random, now: () => clock.now() });
  const scene: Scene = { ledger, platform, random, clock, refusals: 0 };
  const plan = drawPlan(random);
  const second = random.chance(0.25) ? drawPlan(random) : null;
  const what = [plan, ...(second === null ? [] : [second])]
    .map(({ ops, nth, times, how, part }) => `${ops} ${nth}+${times === 0 ? 'ever' : times} ${how} in '${part}'`)
    .join(' and ');
  const life: Life = { queue: null, surprises: 0, worstSurprises: 0, died: false, problems: [] };

  for (const path of [place.queue, place.journal]) failIo.watch(path);
  failIo.beginLog(logFile);
  const begin = () => {
    const opened = openQueue(place, clock);
    life.queue = typeof opened === 'string' ? null : opened;
    if (typeof opened !== 'string' || !opened.startsWith('it throws')) return;
    life.died = true;
    life.problems.push(`at opening ${opened}`);
  };
  const kill = () => {
    failIo.die();
    try {
      life.queue?.store.close();
    } catch {}
    failIo.live();
  };
  begin();
  const acts = 10 + random.int(30);
  const armAt = random.int(acts);
  let back = true;
  for (let n = 0; n < acts; n++) {
    if (n === armAt) for (const one of [plan, second]) if (one !== null) failIo.plan(one);
    if (!life.died && random.chance(0.05)) {
      kill();
      begin();
    }
    guarded(life, scene);
    await turn();
  }
  failIo.clear();
  const cutDuring = random.chance(0.4);
  if (!cutDuring && !life.died) {
    back = await comesBack(life, scene, begin);
    for (let n = 0; back && n < 5; n++) guarded(life, scene);
  }
  kill();
  failIo.endLog();
  failIo.forget();

  const model = replay(readFileSync(logFile), random.chance(0.5));
  const wrong = differs(model.seen(), [place.queue, place.journal]);
  if (wrong !== null) throw new Error(`the model of the disk is wrong: ${wrong}`);
  model.cut(join(folder, 'live'), join(folder, 'after'), random);
  for (const path of new Set(model.retried))
    life.problems.push(`a failed fsync was tried again on the same open file: ${short(path)}`);
  if (!back) life.problems.push('writes work again, and the kiosk does not come back');
  // A second pattern may strike right after the kiosk has come back from the first.
  if (life.worstSurprises > (second === null ? 1 : 2))
    life.problems.push(`says that it can promise, and refused ${life.worstSurprises} in a row`);

  const opened = openQueue(after, clock);
  if (typeof opened === 'string') {
    const problems = [...life.problems, `after the cut the queue cannot be opened: ${opened}`];
    return { what, figures: { lost: 0, doubled: 0, stuck: true, told: false, problems } };
  }
  try {
    const drained = await drain(opened, platform.client, clock);
    const found = judge({ ledger, platform, queue: opened, drained });
    const problems = [...life.problems, ...found.problems];
    return { what, figures: { ...found, stuck: found.stuck || !back, told: life.worstSurprises > 0 || found.told, problems } };
  } catch (error) {
    const problems = [...life.problems, `threw ${error instanceof Error ? error.message.split('\n')[0] : 'not an error'}`];
    return { what, figures: { lost: 0, doubled: 0, stuck: true, told: false, problems } };
  } finally {
    opened.store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const short = (path: string) => path.split('/').slice(-2).join('/');

/** One act; an exception is a bug of the queue and ends the round's good name, not the round. */
function guarded(life: Life, scene: Scene): void {
  const { queue } = life;
  if (queue === null) return;
  const said = usable(queue.store);
  const { refusals } = scene;
  const before = scene.ledger.rows.size;
  try {
    // Out of order is said before a card is read: nobody commits.
    if (said) act(scene, queue);
  } catch (error) {
    life.problems.push(`an act threw ${error instanceof Error ? error.message.split('\n')[0] : 'not an error'}`);
  }
  if (!said || scene.ledger.rows.size === before) return;
  life.surprises = scene.refusals > refusals ? life.surprises + 1 : 0;
  life.worstSurprises = Math.max(life.worstSurprises, life.surprises);
}

/** Time passes, the disk is well: the kiosk says that it can promise, and a commit is acknowledged. */
async function comesBack(life: Life, scene: Scene, begin: () => void): Promise<boolean> {
  const { clock, ledger } = scene;
  const end = clock.monotonic() + BACK_WITHIN_MS;
  for (;;) {
    // A core that could not open its queue is started again by its launcher.
    if (life.queue === null) begin();
    const { queue } = life;
    if (queue !== null && usable(queue.store)) {
      try {
        const before = ledger.rows.size;
        commit(scene, queue);
        const last = [...ledger.rows.values()].at(-1);
        if (ledger.rows.size > before && last?.said === 'acknowledged') return true;
      } catch {}
    }
    if (clock.monotonic() >= end) return false;
    clock.advance(1000);
    await turn();
  }
}

/** The model against the folders: a call that the library does not know would make every verdict worthless. */
function differs(seen: Map<string, Buffer>, folders: readonly string[]): string | null {
  const real = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  for (const path of real) {
    // Written through a mapping, which no library sees; after a restart SQLite makes it anew.
    if (path.endsWith('-shm')) continue;
    const model = seen.get(path);
    if (model === undefined) return `${short(path)} is not in it`;
    if (!model.equals(readFileSync(path))) return `${short(path)} has other bytes`;
  }
  for (const path of seen.keys()) if (!real.includes(path)) return `${short(path)} is gone`;
  return null;
}
