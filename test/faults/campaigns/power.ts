import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createManualClock } from '../../support/manual-clock.ts';
import { type Device, type FileSystem, fileSystems, makeDevice, whyNoDevices } from './devices.ts';
import { drain } from './drain.ts';
import { failIoLibrary } from './fail-io.ts';
import { type CampaignOptions, count, createTally, type Figures, noFigures, type RoundFigures } from './figures.ts';
import { judge } from './judge.ts';
import { createLedger } from './ledger.ts';
import { createModelPlatform } from './model-platform.ts';
import { monotonicNow, PowerLine, takeLine } from './power-lines.ts';
import { createRandom, type Random, roundSeed } from './random.ts';
import { scratch } from './scratch.ts';
import { openQueue, usable } from './store.ts';

/** One in so many rounds is the control: the same without any fsync. */
const CONTROL_EVERY = 25;
/** Each with file systems and a child of its own. Much of a round is waiting: for a mount, and for what the child commits. */
const AT_ONCE = 3;
/** How long the child lives on after the cut: what it still acknowledges counts as well. */
const AFTER_CUT_MS = 40;
/** The child commits some hundred rows a second; what it has by then is what the round is about. */
const LONGEST_WAIT_MS = 10_000;
/** The kiosk that goes on after the cut may take that long to be ready again; virtual time. */
const READY_WITHIN_MS = 120_000;

type Cut = 'one device' | 'both' | 'only the queue' | 'only the journal';

interface Plan {
  readonly fileSystem: FileSystem;
  readonly cut: Cut;
  readonly acknowledgements: number;
  readonly delayMs: number;
  readonly control: boolean;
}

function drawPlan(random: Random, round: number): Plan {
  const control = round % CONTROL_EVERY === CONTROL_EVERY - 1;
  return {
    fileSystem: fileSystems[control ? Math.floor(round / CONTROL_EVERY) % 2 : round % 2] ?? 'ext4',
    cut: control || random.chance(0.5) ? 'one device' : random.pick(['both', 'both', 'only the queue', 'only the journal']),
    acknowledgements: 1 + random.int(80),
    delayMs: random.int(12),
    control,
  };
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

interface Round {
  readonly figures: RoundFigures;
  readonly acknowledged: number;
}

async function runRound(plan: Plan, folder: string, seed: number, library: string | null): Promise<Round> {
  const { fileSystem, cut, control } = plan;
  const devices: Device[] = [];
  const device = (name: string) => {
    const made = makeDevice(folder, name, fileSystem);
    devices.push(made);
    return made;
  };
  try {
    const first = device('queue-disk');
    const second = cut === 'one device' ? first : device('journal-disk');
    const place = { queue: join(first.path, 'queue'), journal: join(second.path, 'journal') };
    for (const path of [place.queue, place.journal]) mkdirSync(path);
    const clock = createManualClock();
    const ledger = createLedger();
    const random = createRandom(seed + 1);
    const platform = createModelPlatform({ ledger, random, now: () => clock.now() });
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'power-child.ts'), '--queue', place.queue, '--journal', place.journal, '--seed', String(seed)],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: control && library !== null ? { ...process.env, LD_PRELOAD: library, FAIL_IO_NO_SYNC: '1' } : process.env,
      },
    );
    let acknowledged = 0;
    const told: PowerLine[] = [];
    const enough = new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error('the child ended by itself')));
      const lines = createInterface({ input: child.stdout });
      lines.on('line', (text) => {
        // The last line may be half a line: then it was not said.
        const line = text.endsWith('}') ? PowerLine.parse(JSON.parse(text)) : null;
        if (line === null) return;
        told.push(line);
        if (line.type === 'acknowledged') acknowledged += 1;
        if (acknowledged >= plan.acknowledgements) resolve();
      });
    });
    const read = once(child.stdout, 'close');
    await Promise.race([enough, sleep(LONGEST_WAIT_MS)]);
    await sleep(plan.delayMs);
    const hit = cut === 'only the queue' ? [first] : cut === 'only the journal' ? [second] : [...devices];
    if (random.chance(0.5)) hit.reverse();
    const cutBegan = monotonicNow();
    for (const one of hit) one.cut();
    const cutEnded = monotonicNow();
    await sleep(AFTER_CUT_MS);
    child.kill('SIGKILL');
    await Promise.all([ended(child), read]);
    const whole = hit.length === devices.length;
    for (const line of told) {
      // An fsync that is under way while ext4 shuts down may say that it worked: no machine without power says anything.
      const overlaps = 'began' in line && whole && line.began <= cutEnded && line.ended >= cutBegan;
      if (!overlaps) takeLine(ledger, platform, line);
    }
    for (const one of devices) one.again();
    return { acknowledged, figures: await lookAgain({ place, clock, ledger, platform }) };
  } finally {
    for (const one of devices) one.remove();
  }
}

type After = Pick<Parameters<typeof judge>[0], 'ledger' | 'platform'> & {
  readonly place: { readonly queue: string; readonly journal: string };
  readonly clock: ReturnType<typeof createManualClock>;
};

/** The machine is on again: opens, delivers everything, and looks for what was promised. */
async function lookAgain({ place, clock, ledger, platform }: After): Promise<RoundFigures> {
  const opened = openQueue(place, clock);
  if (typeof opened === 'string') {
    return { lost: 0, doubled: 0, stuck: true, told: true, problems: [`the queue cannot be opened: ${opened}`] };
  }
  try {
    for (let waited = 0; !usable(opened.store) && waited < READY_WITHIN_MS; waited += 1000) {
      clock.advance(1000);
      await sleep(0);
    }
    const ready = usable(opened.store);
    for (let challenge = opened.store.takeChallenge(); challenge !== null; challenge = opened.store.takeChallenge())
      takeLine(ledger, platform, { type: 'spent', challenge, began: 0, ended: 0 });
    const drained = await drain(opened, platform.client, clock);
    const found = judge({ ledger, platform, queue: opened, drained });
    if (ready) return found;
    return { ...found, stuck: true, problems: [...found.problems, 'the kiosk does not come back'] };
  } catch (error) {
    const problems = [`threw ${error instanceof Error ? error.message.split('\n')[0] : 'not an error'}`];
    return { lost: 0, doubled: 0, stuck: true, told: false, problems };
  } finally {
    opened.store.close();
  }
}

/**
 * Power cuts on real ext4 and xfs by the file system's own shutdown call, while a child process commits, sends, cancels and settles. One
 * round in 25 is the control without any fsync: where nothing is lost there, the campaign sees nothing, and fails.
 */
export async function run({ seed, rounds, say }: CampaignOptions): Promise<Figures> {
  const figures = noFigures();
  const folder = scratch('power');
  const tally = createTally();
  const controls = new Map<FileSystem, number>();
  let acknowledged = 0;
  try {
    const why = whyNoDevices(folder);
    if (why !== null) {
      say(`skipped: power (${why})`);
      return figures;
    }
    const library = failIoLibrary();
    if ('why' in library) say(`the control is left out: ${library.why}`);
    const path = 'path' in library ? library.path : null;
    const one = async (round: number, place: string) => {
      const random = createRandom(roundSeed(seed, round));
      // A short campaign ends with a control as well.
      const plan = drawPlan(random, rounds < CONTROL_EVERY && round === rounds - 1 ? CONTROL_EVERY - 1 : round);
      if (plan.control && path === null) return;
      const { figures: found, acknowledged: some } = await runRound(plan, place, roundSeed(seed + 1, round), path);
      if (plan.control) {
        controls.set(plan.fileSystem, (controls.get(plan.fileSystem) ?? 0) + found.lost + (found.stuck ? some : 0));
        return;
      }
      acknowledged += some;
      tally.add(`${plan.fileSystem}, ${plan.cut} -> ${found.problems.length > 0 ? 'WRONG' : 'right'}`);
      count(figures, found, `round ${round} (seed ${seed}): ${plan.fileSystem}, ${plan.cut}, ${some} acknowledged`, say);
    };
    const todo = Array.from({ length: rounds }, (_, round) => round).values();
    const lane = async (number: number) => {
      const place = join(folder, String(number));
      mkdirSync(place);
      for (const round of todo) await one(round, place);
    };
    for (const ended of await Promise.allSettled(Array.from({ length: AT_ONCE }, (_, number) => lane(number))))
      if (ended.status === 'rejected') throw ended.reason;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const line of tally.lines()) say(line);
  say(`  acknowledged before or after a cut: ${acknowledged}`);
  for (const [fileSystem, lost] of controls) {
    say(`  control without any fsync on ${fileSystem}: ${lost} lost`);
    if (lost > 0) continue;
    figures.ok = false;
    say(`FAIL the control on ${fileSystem} did not lose`);
  }
  return figures;
}
