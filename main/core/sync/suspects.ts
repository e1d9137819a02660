import type { WaitingRow } from '../outbox/rows.ts';

/** A row as it is remembered here. */
export type Suspect = Pick<WaitingRow, 'seq' | 'id' | 'receipt'>;

/** What the next batch is made of. `rest`: rows that nothing is held against. */
type Turn =
  | { readonly kind: 'rest' }
  | { readonly kind: 'group'; readonly ids: readonly string[] }
  | { readonly kind: 'lone'; readonly id: string };

/** Above so many rows in groups no further ones are tried until there are fewer; as many failed alone are remembered. */
const MOST_SUSPECTS = 300;
const LONE_WAIT_MS = 60_000;
const LONE_CAP_MS = 15 * 60_000;
const CONVICTED_WAIT_MS = 3_600_000;
const CONVICTED_CAP_MS = 6 * 3_600_000;

/** Failures after something else got through count double; so much is enough. An outage that comes three times is needed to blame a row. */
const CONVICTION = 5;

/**
 * Finds the row at which the platform fails. The rows of a batch that failed are under suspicion: they go on in halves, largest first,
 * between the other rows, and a half that gets through is clear. A row that failed alone is convicted when other rows got through between
 * its failures; without anything that gets through (an outage) no row is ever blamed, and those that failed alone take turns.
 * Kept in memory: a restart begins with no suspicion. Times are monotonic ms.
 */
export interface Suspects {
  /** Rows under suspicion: not to be sent with the rest. */
  readonly ids: ReadonlySet<string>;
  /** Their places in the queue. */
  readonly places: readonly number[];
  /** A row under suspicion that is not in this batch has to go before this one: it is of the same receipt, and older. */
  blocks(row: Suspect, batch: readonly Suspect[]): boolean;
  /** @param rest how many rows could be sent that nothing is held against @returns null: nothing to send now */
  turn(rest: number, now: number): Turn | null;
  /** A batch failed, perhaps because of one of its rows. @returns a row that is convicted by this */
  failed(rows: readonly Suspect[], now: number): string | null;
  /** The platform answered for these rows, whatever it said. */
  passed(ids: readonly string[]): void;
  /** These rows wait no more: settled or cancelled another way. */
  forget(ids: readonly string[]): void;
  /** Puts rows under suspicion that were in hand when the core died. */
  suspect(rows: readonly Suspect[], now: number): void;
  /** A convicted row failed (again). @returns ms that it is to wait */
  convictedWait(id: string): number;
  /** When a row that failed alone may go again, -Infinity: whenever nothing else can; null: there is none. */
  nextAt(): number | null;
}

interface Held {
  readonly row: Suspect;
  /** How much had got through when it failed last. */
  passes: number;
  /** Failures before which something else had got through since the failure before. */
  confirmed: number;
  /** Failures alone since something got through, and in all. */
  aloneNow: number;
  alone: number;
  notBefore: number;
}

export function createSuspects(): Suspects {
  const held = new Map<string, Held>();
  let groups: Suspect[][] = [];
  /** Those that failed alone, in the order of their last failure. */
  const lone = new Set<string>();
  const convicted = new Map<string, { readonly times: number; readonly passes: number }>();
  let passes = 0;
  let loneLast = false;

  const leaveGroups = (ids: ReadonlySet<string>) => {
    groups = groups.map((group) => group.filter(({ id }) => !ids.has(id))).filter((group) => group.length > 0);
  };
  const forget = (ids: readonly string[]) => {
    if (held.size === 0) return;
    for (const id of ids) {
      held.delete(id);
      lone.delete(id);
    }
    leaveGroups(new Set(ids));
  };
  const hold = (row: Suspect): Held => {
    const known = held.get(row.id) ?? { row, passes, confirmed: 0, aloneNow: 0, alone: 0, notBefore: 0 };
    if (known.passes < passes) {
      known.confirmed += 1;
      known.aloneNow = 0;
      known.passes = passes;
    }
    held.set(row.id, known);
    return known;
  };
  const holdGroup = (rows: readonly Suspect[]) => {
    leaveGroups(new Set(rows.map(({ id }) => id)));
    const half = Math.ceil(rows.length / 2);
    for (const part of [rows.slice(0, half), rows.slice(half)]) if (part.length > 0) groups.push([...part]);
    for (const row of rows) {
      lone.delete(row.id);
      hold(row);
    }
  };
  const holdAlone = (row: Suspect, now: number): Held => {
    leaveGroups(new Set([row.id]));
    const known = hold(row);
    known.aloneNow += 1;
    known.alone += 1;
    known.notBefore = now + Math.min(LONE_CAP_MS, LONE_WAIT_MS * 2 ** Math.min(known.alone - 1, 10));
    lone.delete(row.id);
    lone.add(row.id);
    const [oldest] = lone;
    if (lone.size > MOST_SUSPECTS && oldest !== undefined) forget([oldest]);
    return known;
  };
  /** Nothing got through since it failed: it may as well be the line, and the row may be tried whenever nothing else can be. */
  const open = ({ passes: then }: Held) => then === passes;
  const blocks = (row: Suspect, batch: readonly Suspect[]): boolean =>
    held.size > 0 &&
    [...held.values()].some(
      ({ row: { id, seq, receipt } }) => receipt === row.receipt && seq < row.seq && !batch.some((sent) => sent.id === id),
    );
  /** Where an older row of the receipt has to go first, a turn would be spent on nothing, again and again. */
  const canGo = (rows: readonly Suspect[]): boolean => rows.some((row) => !blocks(row, rows));
  const waiting = (): Held[] => [...lone].flatMap((id) => held.get(id) ?? []);

  return {
    get ids() {
      return new Set(held.keys());
    },
    get places() {
      return [...held.values()].map(({ row }) => row.seq);
    },
    blocks,
    turn(rest, now) {
      const largest = groups.filter(canGo).reduce<Suspect[]>((most, group) => (group.length > most.length ? group : most), []);
      const others = rest > 0 || largest.length > 0;
      // As long as nothing gets through, a second failure alone shows nothing: halves that were not tried yet may show more.
      const alone =
        loneLast && others
          ? undefined
          : waiting().find(
              (one) => canGo([one.row]) && (others ? !open(one) && one.notBefore <= now : open(one) || one.notBefore <= now),
            );
      loneLast = alone !== undefined;
      if (alone !== undefined) return { kind: 'lone', id: alone.row.id };
      const crowded = groups.length > 0 && held.size - lone.size > MOST_SUSPECTS;
      if (rest > 0 && rest >= largest.length && !crowded) return { kind: 'rest' };
      return largest.length > 0 ? { kind: 'group', ids: largest.map(({ id }) => id) } : null;
    },
    failed(rows, now) {
      const [only] = rows;
      if (rows.length !== 1 || only === undefined) {
        holdGroup(rows);
        return null;
      }
      const { confirmed, aloneNow } = holdAlone(only, now);
      if (confirmed === 0 || confirmed * 2 + aloneNow < CONVICTION) return null;
      forget([only.id]);
      return only.id;
    },
    passed(answered) {
      passes += 1;
      forget(answered);
      for (const id of answered) convicted.delete(id);
    },
    forget,
    suspect(rows, now) {
      const [only] = rows;
      if (rows.length === 1 && only !== undefined) holdAlone(only, now);
      else holdGroup(rows);
    },
    convictedWait(id) {
      const known = convicted.get(id);
      // An outage does not make its wait longer.
      const times = known === undefined ? 1 : known.times + (known.passes < passes ? 1 : 0);
      convicted.set(id, { times, passes });
      return Math.min(CONVICTED_CAP_MS, CONVICTED_WAIT_MS * 2 ** Math.min(times - 1, 10));
    },
    nextAt: () =>
      waiting().reduce<number | null>((least, one) => {
        const at = open(one) ? Number.NEGATIVE_INFINITY : one.notBefore;
        return least === null ? at : Math.min(least, at);
      }, null),
  };
}
