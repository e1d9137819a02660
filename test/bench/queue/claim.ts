import type { OutboxStore } from '../../../main/core/outbox/outbox.ts';
import type { RowPlace } from '../../../main/core/outbox/settling.ts';
import { accept, deepCopy, park, postpone } from '../fill.ts';
import { dropFolder } from '../folders.ts';
import { profileOf } from '../profile.ts';
import { against, interleaved, median, undisturbed } from '../rounds.ts';
import { atMost, type BenchOptions, type BenchRow, judgedRow } from '../row.ts';
import { repeated } from './acts.ts';
import { openQueue } from './store.ts';

const SHALLOW = 1000;
const CLAIMS = 60;
/** Within the longest back-off: the store takes a longer wait for a clock that jumped. */
const LATER_MS = 10 * 60_000;
const BATCH = { items: 100, bytes: 1024 * 1024 };

interface Shape {
  readonly name: string;
  readonly receipts: 'own' | 'shared';
  /** Brings a filled queue into shape; the first half is in the way of the second. */
  make(store: OutboxStore, rows: readonly RowPlace[]): void;
}

const firstHalf = (rows: readonly RowPlace[]) => rows.slice(0, rows.length / 2);
/** Rows that still wait behind what was settled. */
const LEFT = 200;

const SHAPES: readonly Shape[] = [
  { name: 'all pending, one receipt each', receipts: 'own', make: () => {} },
  {
    name: 'half held back behind one receipt',
    receipts: 'shared',
    make: (store, rows) => postpone(store, rows.slice(0, 1), Date.now() + LATER_MS),
  },
  { name: 'half postponed', receipts: 'own', make: (store, rows) => postpone(store, firstHalf(rows), Date.now() + LATER_MS) },
  { name: 'half parked', receipts: 'own', make: (store, rows) => park(store, firstHalf(rows)) },
  { name: 'behind settled ones', receipts: 'own', make: (store, rows) => accept(store, rows.slice(0, -LEFT)) },
];

function shaped(depth: number, shape: Shape) {
  const { folder, rows } = deepCopy(depth, shape.receipts);
  const store = openQueue(folder);
  shape.make(store, rows);
  return {
    claim: () => store.due(Date.now(), BATCH),
    close() {
      store.close();
      dropFolder(folder);
    },
  };
}

/** Milliseconds of a claim of a hundred rows, which must find them. */
function claims(queue: ReturnType<typeof shaped>): number {
  const times = undisturbed(CLAIMS, () => {
    if (queue.claim().length !== BATCH.items) throw new Error('a claim found too little');
  });
  return median(times);
}

/** The look for the next batch, in a deep queue against one of a thousand rows of the same shape. */
export async function claim({ rounds, depth, say }: BenchOptions): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const shape of SHAPES) {
    say(`queue: claim, ${shape.name}`);
    const shallow = shaped(SHALLOW, shape);
    const deep = shaped(depth, shape);
    const times = await interleaved(rounds, { shallow: () => claims(shallow), deep: () => claims(deep) });
    const what = `claim at ${depth.toLocaleString('en')} rows to ${SHALLOW.toLocaleString('en')}: ${shape.name}`;
    rows.push(
      await judgedRow({ bench: 'queue', what, unit: 'ms', ...against(times.deep, times.shallow) }, atMost(1.3, 'x'), () =>
        profileOf(() => repeated(CLAIMS, deep.claim)),
      ),
    );
    shallow.close();
    deep.close();
  }
  return rows;
}
