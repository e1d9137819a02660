import { setTimeout as sleep } from 'node:timers/promises';
import { accept, deepCopy, type Filled } from '../fill.ts';
import { dropFolder } from '../folders.ts';
import { profileOf } from '../profile.ts';
import { median } from '../rounds.ts';
import { atMost, type BenchOptions, type BenchRow, judgedRow, NO_GOAL } from '../row.ts';
import { deepQueue, goalsTo } from './calls.ts';
import { openQueue, receiptOf } from './store.ts';
import { watchedClock } from './watched-clock.ts';

const WINDOW_MS = 3000;
/** Half of the rows have it (../fill.ts); none of them has left the kiosk when it is taken back. */
const SHARED = receiptOf(0);

/** Everything at once that the store does in slices: the long check, tidying, releases, and taking a long receipt back. */
function busy(filled: Filled) {
  const clock = watchedClock();
  const store = deepQueue(filled, clock);
  accept(store, filled.rows.slice(-filled.rows.length / 10));
  store.staff.makeAllDue();
  store.staff.releaseAll({});
  store.cancel(SHARED);
  store.tidy();
  return { clock, store };
}

/** Longest stretch on the core's thread of work that is done beside the service, and opening such a queue; milliseconds. */
export async function slices({ rounds, depth: deepest, say }: BenchOptions): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { depth, ms } of goalsTo(deepest)) {
    say(`queue: slices at ${depth} rows`);
    const filled = deepCopy(depth, 'shared');
    const { clock, store } = busy(filled);
    const longest: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await sleep(WINDOW_MS);
      longest.push(Math.max(0, ...clock.stretches()));
    }
    const figure = {
      bench: 'queue',
      what: `longest call at ${depth.toLocaleString('en')} rows: one stretch of the work beside the service`,
      value: median(longest),
      unit: 'ms',
      floor: null,
      ratio: null,
      spread: [Math.min(...longest), Math.max(...longest)] as [number, number],
    };
    rows.push(await judgedRow(figure, atMost(ms, 'ms'), () => profileOf(() => sleep(WINDOW_MS))));
    store.close();
    rows.push(openingOf(filled, depth));
    dropFolder(filled.folder);
  }
  return rows;
}

/** Nothing is asked of it: people do not wait while the machine starts. */
function openingOf({ folder }: Filled, depth: number): BenchRow {
  const began = performance.now();
  openQueue(folder).close();
  const value = performance.now() - began;
  const what = `opening at ${depth.toLocaleString('en')} short rows, some of them being worked on`;
  return { bench: 'queue', what, value, unit: 'ms', floor: null, ratio: null, goal: NO_GOAL, ok: true };
}
