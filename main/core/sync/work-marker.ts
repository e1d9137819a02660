import type { OutboxStore } from '../outbox/outbox.ts';
import type { Clock } from '../ports.ts';
import type { Suspects } from './suspects.ts';

/** Which rows are in hand, noted where the next run of the core finds it. */
export interface WorkMarker {
  took(ids: readonly string[]): void;
  /** @param answered the row came through without a death: what was held against it is gone */
  put(ids: readonly string[], answered: boolean): void;
}

/** What is held against a row over which the core stood still alone. */
const sendKey = (id: string): string => `send.${id}`;

export function createWorkMarker({ work }: Pick<OutboxStore, 'work'>): WorkMarker {
  const inHand = new Set<string>();
  return {
    took(ids) {
      for (const id of ids) inHand.add(id);
      work.inHand([...inHand]);
    },
    put(ids, answered) {
      for (const id of ids) {
        inHand.delete(id);
        if (answered) work.cleared(sendKey(id));
      }
      if (answered) work.answered(ids);
      work.inHand([...inHand]);
    },
  };
}

/** Of deaths that were no freeze. Once may have been a plug that somebody pulled. */
const SUSPECT_AT = 2;
const ALONE_AT = 3;
const THIRD_DEATH_WAIT_MS = 5 * 60_000;
const LATER_DEATH_WAIT_MS = 3_600_000;

type Parts = readonly [suspects: Pick<Suspects, 'suspect'>, outbox: Pick<OutboxStore, 'row' | 'setAlone' | 'work'>];

/**
 * The rows over which the last run stood still are never met in the same composition again: several go in halves from now on, a single one
 * waits, an hour and then longer.
 */
function afterFreeze([suspects, outbox]: Parts, now: number): void {
  const { stage, inHand } = outbox.work.left;
  // It stood at something else; the rows only waited for their answer.
  if (stage !== null) return;
  const rows = inHand.flatMap((id) => outbox.row(id) ?? []);
  const [only] = rows;
  if (only === undefined) return;
  if (inHand.length === 1 && outbox.setAlone(only.id, outbox.work.hold(sendKey(only.id)))) return;
  suspects.suspect(rows, now);
}

/** A crash that comes again over the same rows is met like a freeze, only later. */
function afterDeath([suspects, outbox]: Parts, clock: Pick<Clock, 'now' | 'monotonic'>): void {
  const { work } = outbox;
  const again = work.left.inHand.filter((id) => work.deaths(id) >= SUSPECT_AT);
  const rows = again.flatMap((id) => outbox.row(id) ?? []);
  const [only] = rows;
  if (only === undefined) return;
  const deaths = work.deaths(only.id);
  if (rows.length === 1 && deaths > ALONE_AT - 1) {
    outbox.setAlone(only.id, clock.now() + (deaths === ALONE_AT ? THIRD_DEATH_WAIT_MS : LATER_DEATH_WAIT_MS));
  } else suspects.suspect(rows, clock.monotonic());
}

/** What the last run died or froze over is not met the same way again. */
export function meetAgain(
  suspects: Pick<Suspects, 'suspect'>,
  outbox: Pick<OutboxStore, 'row' | 'setAlone' | 'work'>,
  clock: Pick<Clock, 'now' | 'monotonic'>,
): void {
  if (outbox.work.left.frozen) afterFreeze([suspects, outbox], clock.monotonic());
  else afterDeath([suspects, outbox], clock);
}
