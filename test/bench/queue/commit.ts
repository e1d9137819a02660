import { dropFolder, newFolder } from '../folders.ts';
import { profileOf } from '../profile.ts';
import { against, interleaved, timed } from '../rounds.ts';
import { atMost, type BenchOptions, type BenchRow, judgedRow, NO_GOAL } from '../row.ts';
import { actsOn, repeated } from './acts.ts';
import { bareTable } from './bare-table.ts';
import { openQueue, sealedOf } from './store.ts';

/** A submission with its certificate and signature, sealed and padded, and room to spare. */
export const BYTES = 11_000;
const ACTS = 300;
const total = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
const slowest = (list: readonly number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length * 0.99)] ?? Number.NaN;

/** A fresh queue on the disk with what is needed to act on it. */
async function freshQueue<T>(sealed: string, work: (act: ReturnType<typeof actsOn>) => T | Promise<T>): Promise<T> {
  const folder = newFolder('disk');
  const store = openQueue(folder);
  const result = await work(actsOn(store, sealed, ACTS));
  store.close();
  dropFolder(folder);
  return result;
}

/** What a person waits for at the disk, against one bare durable insert of the same bytes. */
export async function commit({ rounds }: BenchOptions): Promise<BenchRow[]> {
  const sealed = sealedOf(BYTES);
  const tails: Record<'raw' | 'commit', number[]> = { raw: [], commit: [] };
  const times = await interleaved(rounds, {
    raw() {
      const folder = newFolder('disk');
      const table = bareTable(folder);
      const taken = timed(ACTS, () => table.insert(sealed));
      table.close();
      dropFolder(folder);
      tails.raw.push(slowest(taken));
      return total(taken) / ACTS;
    },
    async commit() {
      const taken = await freshQueue(sealed, (act) => timed(ACTS, act.commit));
      tails.commit.push(slowest(taken));
      return total(taken) / ACTS;
    },
    whole: () =>
      freshQueue(
        sealed,
        (act) =>
          total(
            timed(ACTS, () => {
              act.reserve();
              act.challenge();
              act.commit();
            }),
          ) / ACTS,
      ),
  });
  const profileCommits = () => freshQueue(sealed, (act) => profileOf(() => repeated(ACTS, act.commit)));
  const profileWhole = () =>
    freshQueue(sealed, (act) =>
      profileOf(() =>
        repeated(ACTS, () => {
          act.reserve();
          act.challenge();
          act.commit();
        }),
      ),
    );
  const figure = { bench: 'queue', unit: 'ms' };
  return [
    await judgedRow(
      { ...figure, what: "a person's commit, to a raw WAL+FULL insert", ...against(times.commit, times.raw) },
      atMost(2.2, 'x'),
      profileCommits,
    ),
    await judgedRow(
      { ...figure, what: 'reserve, challenge and commit, to a raw WAL+FULL insert', ...against(times.whole, times.raw) },
      null,
      profileWhole,
    ),
    {
      ...figure,
      what: "a person's commit, the slowest of a hundred, to the raw insert's",
      ...against(tails.commit, tails.raw),
      goal: NO_GOAL,
      ok: true,
    },
  ];
}
