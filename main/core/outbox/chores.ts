import type { Clock } from '../ports.ts';

/** Longest stretch of work between two turns of the event loop: a person's touch must not wait for a chore. */
const SLICE_MS = 3;
const MOST_STEPS = 25;
const PAUSE_MS = 10;
/** A chore that waits for quiet waits so long after the last act or answer, and no longer than this in all. */
const QUIET_MS = 1000;
const LONGEST_WAIT_MS = 10 * 60_000;

/** `runsAnyway`: monotonic ms from which it runs whatever else goes on; null: it does not wait for quiet. */
interface Chore {
  readonly work: Generator<void, void>;
  readonly runsAnyway: number | null;
}

/** Long work in short slices, beside the service. Each `yield` of a chore is a place where it may be left for a while. */
export class Chores {
  private readonly clock: Clock;
  private readonly running = new Map<string, Chore>();
  private readonly onFault: (error: unknown) => void;
  private timer: unknown = null;
  private quietFrom = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, onFault: (error: unknown) => void) {
    this.clock = clock;
    this.onFault = onFault;
  }

  /** Begins a chore, or hurries the one of that name. @param whenQuiet it can wait while people act and rows go out */
  start(name: string, work: () => Generator<void, void>, whenQuiet = false): void {
    const known = this.running.get(name);
    if (known !== undefined && whenQuiet) return;
    const runsAnyway = whenQuiet ? this.clock.monotonic() + LONGEST_WAIT_MS : null;
    this.running.set(name, { work: known?.work ?? work(), runsAnyway });
    if (this.timer !== null) this.clock.clearTimeout(this.timer);
    this.timer = null;
    this.wake();
  }

  /** The queue was written to: chores that can wait do. */
  disturb(): void {
    this.quietFrom = this.clock.monotonic() + QUIET_MS;
  }

  private waitOf({ runsAnyway }: Chore, now: number): number {
    return runsAnyway === null ? 0 : Math.max(0, Math.min(runsAnyway, this.quietFrom) - now);
  }

  private wake(): void {
    if (this.running.size === 0) return;
    const now = this.clock.monotonic();
    const wait = Math.min(...[...this.running.values()].map((chore) => this.waitOf(chore, now)));
    this.timer = this.clock.setTimeout(() => this.slice(), Math.max(PAUSE_MS, wait));
  }

  private step(name: string, { work }: Chore): void {
    try {
      if (work.next().done === true) this.running.delete(name);
    } catch (error) {
      this.running.delete(name);
      this.onFault(error);
    }
  }

  private slice(): void {
    this.timer = null;
    const began = this.clock.monotonic();
    for (let steps = 0; steps < MOST_STEPS && this.clock.monotonic() - began < SLICE_MS; steps++) {
      const now = this.clock.monotonic();
      const first = [...this.running].find(([, chore]) => this.waitOf(chore, now) === 0);
      if (first === undefined) break;
      this.step(...first);
      // In turn: a long chore does not hold a short one up.
      const [name, chore] = first;
      if (this.running.delete(name)) this.running.set(name, chore);
    }
    this.wake();
  }

  /** Does everything that is under way now, to its end, at once. */
  finish(): void {
    for (let [first] = this.running; first !== undefined; [first] = this.running) this.step(...first);
  }

  stop(): void {
    if (this.timer !== null) this.clock.clearTimeout(this.timer);
    this.timer = null;
    this.running.clear();
  }
}
