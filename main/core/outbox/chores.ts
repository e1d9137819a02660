import type { Clock } from '../ports.ts';
import type { WorkMark } from './work-mark.ts';

/** Longest stretch of work between two turns of the event loop: a person's touch must not wait for a chore. */
const SLICE_MS = 3;
const MOST_STEPS = 25;
const PAUSE_MS = 10;
/** A chore that waits for quiet waits so long after the last act or answer, and no longer than this in all. */
const QUIET_MS = 1000;
const LONGEST_PUT_OFF_MS = 10 * 60_000;

/** `runsAnyway`: monotonic ms from which it runs whatever else goes on; null: it does not wait for quiet. */
interface Chore {
  readonly work: Generator<void, void>;
  readonly runsAnyway: number | null;
}

/**
 * Long work in short slices, beside the service. Each `yield` of a chore is a place where it may be left for a while. One over which the core stood
 * still is left out for some hours.
 */
export class Chores {
  private readonly clock: Clock;
  private readonly running = new Map<string, Chore>();
  private readonly onFault: (error: unknown) => void;
  private readonly work: Pick<WorkMark, 'within' | 'heldFor' | 'cleared'>;
  private timer: unknown = null;
  /** Timers of chores that are held: each begins when its time is over. */
  private readonly putOff = new Map<string, unknown>();
  private quietFrom = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, work: Chores['work'], onFault: (error: unknown) => void) {
    this.clock = clock;
    this.work = work;
    this.onFault = onFault;
  }

  /**
   * Begins a chore, or hurries the one of that name. One that is held begins when that is over, unless somebody asks for it.
   * @param when `quiet`: it can wait while people act and rows go out
   * @returns false: it is held
   */
  start(name: string, work: () => Generator<void, void>, when: 'soon' | 'quiet' | 'asked' = 'soon'): boolean {
    const known = this.running.get(name);
    this.clock.clearTimeout(this.putOff.get(name));
    this.putOff.delete(name);
    const held = known === undefined && when !== 'asked' ? this.work.heldFor(name) : 0;
    if (held > 0) {
      const later = this.clock.setTimeout(() => this.start(name, work, when), held);
      this.putOff.set(name, later);
      return false;
    }
    if (known !== undefined && when === 'quiet') return true;
    const runsAnyway = when === 'quiet' ? this.clock.monotonic() + LONGEST_PUT_OFF_MS : null;
    this.running.set(name, { work: known?.work ?? work(), runsAnyway });
    if (this.timer !== null) this.clock.clearTimeout(this.timer);
    this.timer = null;
    this.wake();
    return true;
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
      if (this.work.within(name, null, () => work.next()).done !== true) return;
      this.running.delete(name);
      this.work.cleared(name);
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
    for (const later of this.putOff.values()) this.clock.clearTimeout(later);
    this.putOff.clear();
  }
}
