import { v7 } from 'uuid';
import type { OutboxStore } from '../../../main/core/outbox/outbox.ts';
import type { RowPlace } from '../../../main/core/outbox/settling.ts';
import type { Clock } from '../../../main/core/ports.ts';
import { deepCopy, type Filled, park, postpone } from '../fill.ts';
import { dropFolder } from '../folders.ts';
import { profileOf } from '../profile.ts';
import { median, undisturbed } from '../rounds.ts';
import { atMost, type BenchOptions, type BenchRow, judgedRow } from '../row.ts';
import { enqueued, giveChallenges, openQueue, receiptOf, rowOf } from './store.ts';

/** Longest call on the core's thread, ms (DESIGN.md, Queue and delivery, promise 7). */
const GOALS = [
  { depth: 100_000, ms: 5 },
  { depth: 1_000_000, ms: 20 },
] as const;
/** The stricter one is always measured. */
export const goalsTo = (deepest: number) => GOALS.filter((one) => one === GOALS[0] || one.depth <= deepest);
const CALLS = 20;
const BATCH = 100;
const LATER_MS = 10 * 60_000;
/** The first rows of the queue are left for the calls that use rows up; then a tenth is parked and a tenth is postponed. */
const KEPT_FOR_CALLS = 0.5;

/** Takes rows from the part of the queue that is untouched. */
function supply(rows: readonly RowPlace[]) {
  let next = 0;
  return (count: number): readonly RowPlace[] => {
    if (next + count > rows.length * KEPT_FOR_CALLS) throw new Error('the rows for the calls are used up');
    next += count;
    return rows.slice(next - count, next);
  };
}

/** One kind of call; `prepare` makes what it needs, and is not measured. The nth of a measurement gets n. */
interface Call {
  readonly prepare?: (n: number) => void;
  readonly run: (n: number) => unknown;
}
const plain = (run: Call['run']): Call => ({ run });

/** Every call that the core makes on its store, each with the rows it needs. */
function callsOf(store: OutboxStore, rows: readonly RowPlace[]): Readonly<Record<string, Call>> {
  const take = supply(rows);
  const sealed = 'B'.repeat(200);
  const depth = rows.length;
  let fresh = 900_000_000;
  let parked = Math.ceil(depth * 0.5);
  // From the end of the untouched part: `take` comes from its beginning.
  const place = (n: number) => Math.floor(depth * KEPT_FOR_CALLS) - 1 - n * 7;
  const idAt = (n: number) => rows[place(n)]?.id ?? '';
  let cancelled = 0;
  let marked: readonly RowPlace[] = [];
  return {
    reserve: plain(() => store.reserve(v7(), 16 * 1024)),
    release: plain(() => store.release(v7())),
    enqueue: plain(() => enqueued(store, rowOf(fresh++, sealed))),
    takeChallenge: plain(() => store.takeChallenge()),
    challengeCount: plain(() => store.challengeCount()),
    due: plain(() => store.due(Date.now(), { items: BATCH, bytes: 1024 * 1024 })),
    row: plain((n) => store.row(idAt(n))),
    counts: plain(() => store.counts()),
    nextDue: plain(() => store.nextDue()),
    look: plain((n) => store.look(receiptOf(place(n)))),
    'look, unknown receipt': plain((n) => store.look(receiptOf(800_000_000 + n))),
    cancel: plain(() => store.cancel(receiptOf(place(cancelled++)))),
    'markSending of 100': plain(() => store.markSending(take(BATCH))),
    'settle of 100': {
      prepare() {
        marked = take(BATCH);
        store.markSending(marked);
      },
      run: () => store.settle(marked.map(({ id }) => ({ id, state: 'accepted', reference: 'BENCH-1' }))),
    },
    'postpone of 100': plain(() =>
      store.postpone(
        take(BATCH).map(({ id }) => id),
        Date.now() + LATER_MS,
        true,
      ),
    ),
    setAlone: plain(() => store.setAlone(take(1)[0]?.id ?? '', Date.now() + LATER_MS)),
    'staff.oldest': plain(() => store.staff.oldest()),
    'staff.parked, 200 of them': plain(() => store.staff.parked(200)),
    'staff.parkedReasons': plain(() => store.staff.parkedReasons()),
    'staff.alone, 200 of them': plain(() => store.staff.alone(200)),
    'staff.answers, last 1,000': plain(() => store.staff.answers(1000)),
    'staff.places, 1,000 of them': plain(() => store.staff.places(0, 1000)),
    'staff.exportRow': plain((n) => store.staff.exportRow(idAt(n))),
    'staff.stateOf': plain((n) => store.staff.stateOf(idAt(n))),
    'staff.unpark': plain(() => store.staff.unpark(rows[parked++]?.id ?? '')),
    'staff.makeAllDue, until it returns': plain(() => store.staff.makeAllDue()),
    'staff.releaseAll, until it returns': plain(() => store.staff.releaseAll({})),
    'tidy, until it returns': plain(() => store.tidy()),
    'staff.findings': plain(() => store.staff.findings()),
  };
}

/** In memory: an fsync costs nothing there, what is left is the call itself. A tenth is parked, a tenth postponed, half left alone. */
export function deepQueue(filled: Filled, clock?: Clock): OutboxStore {
  const store = openQueue(filled.folder, clock);
  const { rows } = filled;
  park(store, rows.slice(Math.ceil(rows.length * 0.5), Math.ceil(rows.length * 0.6)));
  postpone(store, rows.slice(Math.ceil(rows.length * 0.6), Math.ceil(rows.length * 0.7)), Date.now() + LATER_MS);
  giveChallenges(store, 100);
  return store;
}

/** The longest of a round's calls of each kind, the median over the rounds; milliseconds. */
export async function calls({ rounds, depth: deepest, say }: BenchOptions): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { depth, ms } of goalsTo(deepest)) {
    say(`queue: calls at ${depth} rows`);
    const filled = deepCopy(depth, 'own');
    const store = deepQueue(filled);
    const kinds = Object.entries(callsOf(store, filled.rows));
    const longest = new Map<string, number[]>(kinds.map(([name]) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (const [name, { run, prepare }] of kinds) longest.get(name)?.push(Math.max(...undisturbed(CALLS, run, prepare)));
    }
    for (const [name, { run, prepare }] of kinds) {
      const taken = longest.get(name) ?? [];
      const figure = {
        bench: 'queue',
        what: `longest call at ${depth.toLocaleString('en')} rows: ${name}`,
        value: median(taken),
        unit: 'ms',
        floor: null,
        ratio: null,
        spread: [Math.min(...taken), Math.max(...taken)] as [number, number],
      };
      rows.push(await judgedRow(figure, atMost(ms, 'ms'), () => profileOf(() => void undisturbed(CALLS, run, prepare))));
    }
    store.close();
    dropFolder(filled.folder);
  }
  return rows;
}
