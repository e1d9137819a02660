import type { Clock } from '../ports.ts';
import type { WorkMark } from './work-mark.ts';

/** Longest stretch of work between two turns of the event loop: a person's touch must not wait for a chore. */
const SLICE_MS = 3;
const MOST_STEPS = 25;
const PAUSE_MS = 10;

/**
 * Long work in short slices, beside the service. Each `yield` of a chore is a place where it may be left for a while. One over which the core stood
 * still is left out for some hours.
 */
export class Chores {
  private readonly clock: Clock;
  private readonly running = new Map<string, Generator<void, void>>();
  private readonly onFault: (error: unknown) => void;
  private readonly work: Pick<WorkMark, 'within' | 'isHeld' | 'cleared'>;
  private timer: unknown = null;

  constructor(clock: Clock, work: Chores['work'], onFault: (error: unknown) => void) {
    this.clock = clock;
    this.work = work;
    this.onFault = onFault;
  }

  /** Begins a chore, unless one of that name is under way, or held. @param asked by somebody: then it is not left out */
  start(name: string, work: () => Generator<void, void>, asked = false): void {
    if (this.running.has(name) || (!asked && this.work.isHeld(name))) return;
    this.running.set(name, work());
    this.timer ??= this.clock.setTimeout(() => this.slice(), PAUSE_MS);
  }

  private step(name: string, work: Generator<void, void>): void {
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
      const [first] = this.running;
      if (first === undefined) return;
      this.step(...first);
      // In turn: a long chore does not hold a short one up.
      const [name, work] = first;
      if (this.running.delete(name)) this.running.set(name, work);
    }
    if (this.running.size > 0) this.timer = this.clock.setTimeout(() => this.slice(), PAUSE_MS);
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
