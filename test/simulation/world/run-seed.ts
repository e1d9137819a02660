import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createDice } from './dice.ts';
import { databaseName, type Kiosk } from './kiosk.ts';
import { type Act, createLedger, type Ledger, type Violation } from './ledger.ts';
import { Crash } from './life.ts';
import { createMachine, type Machine, type WholeMachine } from './machine.ts';
import { createModelPlatform, type ModelPlatform } from './model-platform.ts';
import { createNetwork } from './network.ts';
import { EPOCH, releaseParked, startPeople } from './people.ts';
import { createRequestCount } from './request-count.ts';
import { drawScenario } from './scenario.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { createSqliteDisk } from './sqlite-disk.ts';
import { createTrace } from './trace.ts';
import { startTroubles } from './troubles.ts';
import { createVirtualDisk } from './virtual-disk.ts';

export interface SeedReport {
  readonly seed: number;
  readonly violations: readonly Violation[];
  /** Of every event: the same seed twice gives the same. */
  readonly hash: string;
  readonly events: number;
  readonly acknowledged: number;
  readonly settled: number;
  readonly starts: number;
  /** Virtual ms from the end of the faults until everything was settled. */
  readonly drainedIn: number;
  readonly kinds: readonly string[];
  readonly tail: readonly string[];
}

/** Well again, and no row has waited longer than this: the longest back-off, the longest wait of a row, the spread of starts, and room. */
const BOUND_MS = 3 * 3_600_000;
/** A row that was blamed waits up to six hours for its next try. */
const SICK_BOUND_MS = 8 * 3_600_000;
const LOOK_EVERY_MS = 60_000;
const IDLE_MS = 30 * 60_000;

export interface SeedOptions {
  /** Folder in memory (a tmpfs) for the files of SQLite. */
  readonly base: string;
  /** Lines of the trace that are kept. */
  readonly keep: number;
}

/** Lets one seed's world live from its first visit until all is settled, or the bound is reached. */
export async function runSeed(seed: number, { base, keep }: SeedOptions): Promise<SeedReport> {
  const scheduler = createScheduler();
  const trace = createTrace(scheduler.now, keep);
  const note = trace.note;
  const dice = (name: string) => createDice(seed, name);
  const ledger = createLedger(scheduler.now, note);
  const scenario = drawScenario(dice('scenario'));
  note(`victim ${scenario.victim}, ${[...scenario.kinds].join(' ')}`);
  const platform = createModelPlatform({ ledger, dice: dice('platform-answers'), now: () => EPOCH + scheduler.now(), note });
  const requests = createRequestCount(scheduler.now, ledger);
  const network = createNetwork({
    scheduler,
    platform,
    ledger,
    dice: dice('network'),
    note,
    onRequest: (urgent) => requests.sent(urgent, platform.mood !== 'well', platform.saidNoAt - EPOCH),
    onAnswer: () => machine.heard(),
    // What settles rows gives two tries back (pace.ts).
    onSettling: requests.pressed,
  });
  const machine = createMachine({
    scheduler,
    sqlite: (plan) => createSqliteDisk(mkdtempSync(join(base, 'seed-')), plan),
    disk: createVirtualDisk,
    network: () => network,
    ledger,
    dice: dice('machine'),
    epoch: EPOCH,
    note,
    onStart: (kiosk) => {
      requests.reset();
      checkKept(kiosk, platform, ledger);
      kiosk.outbox.onUsable(() => checkKept(kiosk, platform, ledger));
    },
  });
  try {
    machine.power();
    startPeople({ scheduler, machine, platform, ledger, scenario, dice: dice('people'), note, onPressed: requests.pressed });
    startTroubles({ scheduler, machine, platform, ledger, network, scenario, dice, note });
    const broken = () => ledger.violations.length > 0;
    await live(scheduler, scenario.faultsUntil, broken);

    note('everything is well again');
    machine.healIo();
    network.mode = 'good';
    platform.mood = 'well';
    machine.dieAt(0, 'kill');
    const began = scheduler.now();
    const healthy = (act: Act) => ledger.ofReceipt(act.receipt).every(({ sick }) => sick === 'no');
    const open = (which: (act: Act) => boolean) =>
      ledger.acts.filter((act) => which(act) && !over(act, machine, platform, ledger));
    const drained = async (bound: number, which: (act: Act) => boolean) => {
      const until = scheduler.now() + bound;
      while (!broken() && scheduler.now() < until && open(which).length > 0) {
        // What the platform rejected while a row made it sick is parked: staff let it go.
        const { kiosk } = machine;
        if (platform.healed && kiosk !== null) guarded(ledger, kiosk, () => releaseParked(kiosk));
        await live(scheduler, scheduler.now() + LOOK_EVERY_MS, broken);
      }
      if (broken()) return;
      for (const act of open(which)) {
        const now = machine.kiosk;
        const state = now === null ? 'no core runs' : (guarded(ledger, now, () => now.outbox.staff.stateOf(act.id)) ?? 'no row');
        ledger.broken(
          state === 'no row' || state === 'lost' ? 'lost' : 'stuck',
          `act ${act.n} (${act.sick}) after ${bound / 3_600_000} h: ${state}`,
        );
      }
    };
    await drained(BOUND_MS, healthy);
    platform.healed = true;
    await drained(SICK_BOUND_MS, () => true);
    const drainedIn = scheduler.now() - began;
    if (!broken()) {
      await live(scheduler, scheduler.now() + IDLE_MS, broken);
      checkPayloads(machine, ledger);
    }
    const acknowledged = ledger.acts.filter(({ said }) => said === 'acknowledged');
    return {
      seed,
      violations: ledger.violations,
      hash: trace.hash(),
      events: trace.events,
      acknowledged: acknowledged.length,
      settled: acknowledged.filter(({ id }) => platform.knows(id)).length,
      starts: machine.starts,
      drainedIn,
      kinds: [...scenario.kinds],
      tail: trace.tail(),
    };
  } finally {
    machine.stop();
    machine.sqlite.destroy();
  }
}

/** Events one after the other; between two of them everything that promises lead to. */
async function live(scheduler: Scheduler, until: number, broken: () => boolean): Promise<void> {
  while (!broken() && scheduler.step(until)) await new Promise((resolve) => setImmediate(resolve));
}

/** @returns null when the core died over it; an exception is a bug */
function guarded<T>(ledger: Ledger, { life }: Kiosk, run: () => T): T | null {
  try {
    return life.aside(run);
  } catch (error) {
    if (!(error instanceof Crash)) ledger.broken('fault', `threw ${error instanceof Error ? error.message : 'something'}`);
    return null;
  }
}

/** Nothing more is owed of this act: the platform has it and the kiosk knows, or nobody was promised it. */
function over(act: Act, machine: Machine, platform: ModelPlatform, ledger: Ledger): boolean {
  if (act.said !== 'acknowledged' || act.cancel !== 'no') return true;
  const { kiosk } = machine;
  if (kiosk === null || !platform.knows(act.id)) return false;
  const state = guarded(ledger, kiosk, () => kiosk.outbox.staff.stateOf(act.id));
  // `lost`: of a row that has ended and whose end was not forced to the disk before the power went and the database was damaged.
  return state === null || state === 'lost' || state === 'accepted' || state === 'refused';
}

/** What was acknowledged and has not ended is there after every start. */
function checkKept(kiosk: Kiosk, platform: ModelPlatform, ledger: Ledger): void {
  const { outbox, life } = kiosk;
  if (!outbox.usable || !life.alive) return;
  for (const act of ledger.acts) {
    if (act.said !== 'acknowledged' || act.cancel !== 'no' || platform.knows(act.id)) continue;
    const state = guarded(ledger, kiosk, () => outbox.staff.stateOf(act.id));
    if (state === null || state === 'cancelled' || state === 'lost')
      ledger.broken('lost', `act ${act.n} after a start: ${state ?? 'no row'}`);
  }
}

/** Nothing waits and the kiosk is idle: no payload of what has ended can be read in either copy. What is set aside is for staff. */
function checkPayloads({ kiosk, sqlite, disk }: WholeMachine, ledger: Ledger): void {
  if (kiosk === null) return;
  // A row whose person is not sure that it was taken back may still wait, hours if the platform fails at it, and its journal file with it.
  const { pending, sending } = kiosk.outbox.counts();
  if (pending + sending > 0) return;
  const files: [string, Buffer][] = sqlite
    .names()
    .filter((name) => name === databaseName || name === `${databaseName}-wal`)
    .map((name) => [name, sqlite.read(name)]);
  for (const [path, file] of disk.files()) if (!path.includes('damaged')) files.push([path, file.bytes()]);
  for (const { id, n, marker } of ledger.acts) {
    const state = guarded(ledger, kiosk, () => kiosk.outbox.staff.stateOf(id));
    if (state === 'pending' || state === 'sending' || state === 'parked') continue;
    for (const [name, content] of files) if (content.includes(marker)) ledger.broken('payload-left', `${name} holds act ${n}`);
  }
}
