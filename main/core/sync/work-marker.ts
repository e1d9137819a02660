import type { OutboxStore } from '../outbox/outbox.ts';
import type { Clock } from '../ports.ts';
import type { Suspects } from './suspects.ts';

/**
 * Which rows are in hand, on the disk: where the core dies or freezes over one, its next run knows. A row that was in hand when the core
 * died may be innocent (somebody pulled the plug); one that was so twice in a row is not met the same way again. How often is noted by
 * naming the row so many times.
 */
export interface WorkMarker {
  /** How often in a row the core died with this row in hand; 0: never. */
  deaths(id: string): number;
  /** The rows left by the last run, with their number. */
  readonly left: ReadonlyMap<string, number>;
  took(ids: readonly string[]): void;
  /** @param answered the row came through without a death: what was held against it is gone */
  put(ids: readonly string[], answered: boolean): void;
}

/** More is not told apart. */
const MOST_DEATHS = 4;

export function createWorkMarker(outbox: Pick<OutboxStore, 'atWork' | 'leftAtWork'>): WorkMarker {
  const left = new Map<string, number>();
  for (const id of outbox.leftAtWork()) left.set(id, Math.min(MOST_DEATHS, (left.get(id) ?? 0) + 1));
  const inHand = new Set<string>();
  const write = () => {
    const ids = [...inHand].flatMap((id) => new Array<string>(Math.min(MOST_DEATHS, (left.get(id) ?? 0) + 1)).fill(id));
    outbox.atWork(ids.length === 0 ? null : ids);
  };
  return {
    left,
    deaths: (id) => left.get(id) ?? 0,
    took(ids) {
      for (const id of ids) inHand.add(id);
      write();
    },
    put(ids, answered) {
      for (const id of ids) {
        inHand.delete(id);
        if (answered) left.delete(id);
      }
      write();
    },
  };
}

const THIRD_DEATH_WAIT_MS = 5 * 60_000;
const LATER_DEATH_WAIT_MS = 3_600_000;

/**
 * What the last run died or froze over is not met the same way again: the rows that were in hand go in halves. A single row may have been in
 * hand by chance when a plug was pulled: from the third death in a row on it waits, and goes rarely.
 */
export function meetAgain(
  marker: WorkMarker,
  suspects: Pick<Suspects, 'suspect'>,
  outbox: Pick<OutboxStore, 'row' | 'setAlone'>,
  clock: Pick<Clock, 'now' | 'monotonic'>,
): void {
  const rows = [...marker.left].flatMap(([id, deaths]) => (deaths < 1 ? [] : (outbox.row(id) ?? [])));
  const [only] = rows;
  if (only === undefined) return;
  const deaths = marker.deaths(only.id);
  if (rows.length === 1 && deaths > 2) {
    outbox.setAlone(only.id, clock.now() + (deaths === 3 ? THIRD_DEATH_WAIT_MS : LATER_DEATH_WAIT_MS));
  } else suspects.suspect(rows, clock.monotonic());
}
