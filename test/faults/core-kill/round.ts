import { personOf } from '../../sandbox/pki/index.ts';
import { noteIssued } from '../../support/issued-ids.ts';
import { walkToPin } from '../../support/page-driver.ts';
import { PROMISE } from '../../support/promises.ts';
import type { Life } from './life.ts';
import { pointOf, type StepName, stepOf } from './steps.ts';
import { makeWorld, type World } from './world.ts';

/** What one round found. No problem: it passed. */
export interface RoundResult {
  readonly problems: readonly string[];
  /** Promised receipts that the platform does not hold, or not as accepted. */
  readonly lost: number;
  /** Acts done twice, with other bytes, or for a second person. */
  readonly doubled: number;
  /** The queue did not drain, or the kiosk did not come back. */
  readonly stuck: boolean;
  /** The person who came again heard what had become of it. */
  readonly told: boolean;
  /** Receipts that the person was shown before the death. */
  readonly promised: number;
  /** Rows that the platform holds after the drain, before the next visit. */
  readonly rows: number;
}

export interface RoundOptions {
  readonly step: StepName;
  /** 0: dies at exactly that step. Else so many ms later, wherever the core is then. */
  readonly delayMs: number;
  /** The program of a life; the sources, when not said. */
  readonly child?: string | undefined;
}

/** @returns whether it does not hold */
type Want = (holds: boolean, what: string) => boolean;

/** Screens at which a visit ends, whatever was hoped for. */
const verdicts = ['issued', 'accepted', 'refused', 'cannot-accept', 'card-problem'];

/** Screens that tell a person "we have it". */
const promises = ['delivering', 'received', 'accepted', 'issued'];

/** A person does a whole set-up until the core is gone. @returns what it ended with */
async function firstLife({ platform, line, pki, start }: World, { step, delayMs }: RoundOptions, shown: Life['page'][]) {
  const outside = step === 'platform-committed';
  const { life } = await start(outside ? null : pointOf(step), delayMs);
  if (life === null) throw new Error('the first life never began');
  shown.push(life.page);
  await life.told('stocked');
  if (outside) {
    line.onAnswer = () => {
      if (platform.summary().accepted === 0) return true;
      life.kill();
      return false;
    };
  }
  const visit = async () => {
    await walkToPin(life.page, life.lay);
    const { world } = stepOf(step);
    if (world === 'offline') line.onAnswer = () => false;
    if (world === 'drops-reply') platform.faults({ type: 'drop-reply', times: 1 });
    if (world === 'postpones') platform.faults({ type: 'retry-items', afterMs: 200, times: 1 });
    life.page.enterPin(personOf(pki, 'fresh').pin);
  };
  // The Port closes under the visit when the core dies on the way to the PIN: that is what is wanted.
  visit().catch(() => {});
  return life.ended;
}

/** Kills a core at one step of a real set-up, starts it again on the same folder, and looks at what became of everything promised. */
export async function runRound(options: RoundOptions): Promise<RoundResult> {
  const world = await makeWorld(options.child);
  const problems: string[] = [];
  const want: Want = (holds, what) => {
    if (!holds) problems.push(what);
    return !holds;
  };
  const tally = { lost: 0, doubled: 0, stuck: false, told: false };
  let last: Life | null = null;
  try {
    const { platform, line, start } = world;
    const { row, promised, again } = stepOf(options.step);
    const shown: Life['page'][] = [];
    want((await firstLife(world, options, shown)) === 'SIGKILL', 'the core was not killed at this step');
    line.onAnswer = () => true;
    await platform.clearFaults();
    if (again !== undefined) {
      const second = await start(again, 0);
      if (second.life !== null) await endSecondLife(second.life, options.delayMs === 0, shown, want);
      want((await second.ended) === 'SIGKILL', 'the second life was not killed');
    }
    const { life } = await start(null, 0);
    if (life === null) throw new Error('the core does not come up again');
    last = life;
    const { counts } = await life.told('drained');
    want(counts['parked'] === 0 && counts['refused'] === 0, `${PROMISE}: the queue ended with ${JSON.stringify(counts)}`);

    const receipts = new Set<string>();
    const issued = new Set<string>();
    for (const { screen } of shown.flatMap((page) => page.seen)) {
      if (promises.includes(screen.name) && 'receipt' in screen) receipts.add(screen.receipt);
      if (screen.name === 'issued') issued.add(screen.myKeyId);
    }
    const rows = platform.submissions();
    for (const receipt of receipts) {
      const found = rows.filter((one) => one.receipt === receipt);
      const once = !want(found.length === 1, `${PROMISE}: a promised receipt is ${found.length} times on the platform`);
      const wrong = want(found[0]?.outcome === 'accepted', `${PROMISE}: a promised receipt was ${found[0]?.outcome ?? 'lost'}`);
      if (wrong) tally.lost += 1;
      else if (!once) tally.doubled += 1;
    }
    const { perId, conflicts } = platform.summary();
    if (want(conflicts === 0, `${PROMISE}: the same id came with other bytes`)) tally.doubled += conflicts;
    for (const times of Object.values(perId)) {
      const wrong = want(times['accepted'] === 1, `${PROMISE}: accepted ${times['accepted']} times under one id`);
      if (wrong && (times['accepted'] ?? 0) > 1) tally.doubled += 1;
    }
    if (options.delayMs === 0) {
      want(rows.length === (row === 'kept' ? 1 : 0), `${PROMISE}: ${rows.length} rows on the platform; the row was ${row}`);
      want(receipts.size === (promised ? 1 : 0), `${receipts.size} receipts were shown; promised: ${promised}`);
    }
    const next = await nextVisit(life, world, rows.length > 0, issued, want);
    tally.told = next.told;
    if (next.another) tally.doubled += 1;
    return { problems, promised: receipts.size, rows: rows.length, ...tally };
  } catch (error) {
    const what = error instanceof Error ? error.message : 'not an error';
    return { problems: [...problems, what], promised: 0, rows: 0, ...tally, stuck: true };
  } finally {
    last?.kill();
    await last?.ended;
    await world.close();
  }
}

/** It dies by itself on the way to an empty queue; after an inexact first death the row may have been settled already. */
async function endSecondLife(life: Life, exact: boolean, shown: Life['page'][], want: Want): Promise<void> {
  shown.push(life.page);
  const drained = await life.told('drained').then(
    () => true,
    () => false,
  );
  if (!drained) return;
  want(!exact, 'the second life drained the queue instead of dying');
  life.kill();
}

/**
 * The same person comes again: the first ID, or a first one, and only one person on the platform.
 * @returns `told`: she heard rightly whether it had been done; `another`: a second ID, or a second person
 */
async function nextVisit(
  life: Life,
  { platform, pki }: World,
  known: boolean,
  issued: ReadonlySet<string>,
  want: Want,
): Promise<{ told: boolean; another: boolean }> {
  await life.told('stocked');
  await walkToPin(life.page, life.lay);
  life.page.enterPin(personOf(pki, 'fresh').pin);
  const { screen } = await life.page.until(({ screen }) => verdicts.includes(screen.name));
  const people = platform.people();
  want(people.length === 1, `${people.length} people on the platform`);
  const several = people.length > 1;
  if (screen.name !== 'issued') {
    want(false, `the next visit ended at ${screen.name}`);
    return { told: false, another: several };
  }
  const misled = want(screen.alreadySet === known, `the next visit heard "already set": ${screen.alreadySet}`);
  const other = want(screen.myKeyId === people[0]?.myKeyId, 'the next visit was shown another ID than the platform holds');
  const two = [...issued].filter((id) => want(id === screen.myKeyId, 'two IDs were shown to one person')).length > 0;
  noteIssued([screen.myKeyId, ...issued]);
  return { told: !misled && !other, another: several || two };
}
