import { Halves, type Suspect } from './halves.ts';

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

/**
 * Finds the row at which the platform fails. The rows of a batch that failed are under suspicion: they go on in halves, largest first,
 * between the other rows, and a half that gets through is clear. A row that failed alone is convicted when other rows got through between
 * its failures; without anything that gets through (an outage) no row is ever blamed, and those that failed alone take turns.
 * Kept in memory: a restart begins with no suspicion. Times are monotonic ms.
 */
export class Suspects {
  private readonly held = new Map<string, Held>();
  private readonly halves = new Halves();
  /** Those that failed alone, in the order of their last failure. */
  private readonly lone = new Set<string>();
  private readonly convicted = new Map<string, { readonly times: number; readonly passes: number }>();
  /** How many answers the platform has given. */
  private passes = 0;
  private loneLast = false;

  /** Rows under suspicion: not to be sent with the rest. */
  get ids(): ReadonlySet<string> {
    return new Set(this.held.keys());
  }

  /** Their places in the queue. */
  get places(): readonly number[] {
    return [...this.held.values()].map(({ row }) => row.seq);
  }

  /** A row under suspicion that is not in this batch has to go before this one: it is of the same receipt, and older. */
  blocks(row: Suspect, batch: readonly Suspect[]): boolean {
    if (this.held.size === 0) return false;
    return [...this.held.values()].some(
      ({ row: { id, seq, receipt } }) => receipt === row.receipt && seq < row.seq && !batch.some((sent) => sent.id === id),
    );
  }

  /** @param rest how many rows could be sent that nothing is held against @returns null: nothing to send now */
  turn(rest: number, now: number): Turn | null {
    const largest = this.halves.largest((rows) => this.canGo(rows));
    const others = rest > 0 || largest.length > 0;
    const alone = this.loneLast && others ? undefined : this.nextAlone(others, now);
    this.loneLast = alone !== undefined;
    if (alone !== undefined) return { kind: 'lone', id: alone.row.id };
    const crowded = !this.halves.none && this.held.size - this.lone.size > MOST_SUSPECTS;
    if (rest > 0 && rest >= largest.length && !crowded) return { kind: 'rest' };
    return largest.length > 0 ? { kind: 'group', ids: largest.map(({ id }) => id) } : null;
  }

  /** A batch failed, perhaps because of one of its rows. @returns a row that is convicted by this */
  failed(rows: readonly Suspect[], now: number): string | null {
    const [only] = rows;
    if (rows.length !== 1 || only === undefined) {
      this.holdGroup(rows);
      return null;
    }
    const { confirmed, aloneNow } = this.holdAlone(only, now);
    if (confirmed === 0 || confirmed * 2 + aloneNow < CONVICTION) return null;
    this.forget([only.id]);
    return only.id;
  }

  /** The platform answered for these rows, whatever it said. */
  passed(answered: readonly string[]): void {
    this.passes += 1;
    this.forget(answered);
    for (const id of answered) this.convicted.delete(id);
  }

  /** These rows wait no more: settled or cancelled another way. */
  forget(ids: readonly string[]): void {
    if (this.held.size === 0) return;
    for (const id of ids) {
      this.held.delete(id);
      this.lone.delete(id);
    }
    this.halves.drop(ids);
  }

  /** Puts rows under suspicion that were in hand when the core died. */
  suspect(rows: readonly Suspect[], now: number): void {
    const [only] = rows;
    if (rows.length === 1 && only !== undefined) this.holdAlone(only, now);
    else this.holdGroup(rows);
  }

  /** A convicted row failed (again). @returns ms that it is to wait */
  convictedWait(id: string): number {
    const known = this.convicted.get(id);
    // An outage does not make its wait longer.
    const times = known === undefined ? 1 : known.times + (known.passes < this.passes ? 1 : 0);
    this.convicted.set(id, { times, passes: this.passes });
    return Math.min(CONVICTED_CAP_MS, CONVICTED_WAIT_MS * 2 ** Math.min(times - 1, 10));
  }

  /** When a row that failed alone may go again, -Infinity: whenever nothing else can; null: there is none. */
  nextAt(): number | null {
    const waits = this.alone().map((one) => (this.isOpen(one) ? Number.NEGATIVE_INFINITY : one.notBefore));
    return waits.length === 0 ? null : Math.min(...waits);
  }

  private hold(row: Suspect): Held {
    const { passes } = this;
    const known = this.held.get(row.id) ?? { row, passes, confirmed: 0, aloneNow: 0, alone: 0, notBefore: 0 };
    if (known.passes < passes) {
      known.confirmed += 1;
      known.aloneNow = 0;
      known.passes = passes;
    }
    this.held.set(row.id, known);
    return known;
  }

  private holdGroup(rows: readonly Suspect[]): void {
    this.halves.cut(rows);
    for (const row of rows) {
      this.lone.delete(row.id);
      this.hold(row);
    }
  }

  private holdAlone(row: Suspect, now: number): Held {
    this.halves.drop([row.id]);
    const known = this.hold(row);
    known.aloneNow += 1;
    known.alone += 1;
    known.notBefore = now + Math.min(LONE_CAP_MS, LONE_WAIT_MS * 2 ** Math.min(known.alone - 1, 10));
    this.lone.delete(row.id);
    this.lone.add(row.id);
    const [oldest] = this.lone;
    if (this.lone.size > MOST_SUSPECTS && oldest !== undefined) this.forget([oldest]);
    return known;
  }

  /** Nothing got through since it failed: it may as well be the line, and the row may be tried whenever nothing else can be. */
  private isOpen({ passes }: Held): boolean {
    return passes === this.passes;
  }

  /** Where an older row of the receipt has to go first, a turn would be spent on nothing, again and again. */
  private canGo(rows: readonly Suspect[]): boolean {
    return rows.some((row) => !this.blocks(row, rows));
  }

  private alone(): Held[] {
    return [...this.lone].flatMap((id) => this.held.get(id) ?? []);
  }

  /** @param others something else could be sent. As long as nothing gets through, a second failure alone shows nothing: halves that were not tried yet may show more. */
  private nextAlone(others: boolean, now: number): Held | undefined {
    return this.alone().find((one) => {
      if (!this.canGo([one.row])) return false;
      return others ? !this.isOpen(one) && one.notBefore <= now : this.isOpen(one) || one.notBefore <= now;
    });
  }
}
