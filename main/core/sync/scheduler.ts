import type { Clock } from '../ports.ts';

export interface SchedulerDeps {
  readonly clock: Clock;
  /** @returns ms until it is to run again */
  readonly run: (signal: AbortSignal) => Promise<number>;
  /** `run` threw. @returns ms until it is to run again */
  readonly onFault: () => number;
}

/** Runs one thing again and again, never twice at once: each run says when the next is due, and who wants it sooner says so. */
export class Scheduler {
  private readonly deps: SchedulerDeps;
  private abort: AbortController | null = null;
  private timer: unknown = null;
  /** Epoch ms at which the timer ends. */
  private wakesAt: number | null = null;
  private running: Promise<void> | null = null;
  private again = false;

  constructor(deps: SchedulerDeps) {
    this.deps = deps;
  }

  /** Of what is under way now; null: it was not started, or was stopped. */
  get signal(): AbortSignal | null {
    return this.abort?.signal ?? null;
  }

  /** Epoch ms of the next run by itself; now, while one runs; null: none is planned. */
  get nextAt(): number | null {
    return this.running === null ? this.wakesAt : this.deps.clock.now();
  }

  start(firstInMs: number): void {
    this.abort = new AbortController();
    this.wake(firstInMs);
  }

  /** Aborts what runs. @returns when it has ended */
  async stop(): Promise<void> {
    const ending = this.abort;
    this.abort = null;
    if (this.timer !== null) this.deps.clock.clearTimeout(this.timer);
    this.timer = null;
    ending?.abort();
    await this.running;
  }

  /** Something may be to do: a run begins at once, or as soon as the one that runs has ended. */
  look(): void {
    if (this.running === null) this.wake(0);
    else this.again = true;
  }

  private wake(ms: number): void {
    const { clock } = this.deps;
    if (this.timer !== null) clock.clearTimeout(this.timer);
    this.timer = this.abort === null ? null : clock.setTimeout(() => this.go(), ms);
    this.wakesAt = this.abort === null ? null : clock.now() + ms;
  }

  private go(): void {
    this.timer = null;
    if (this.abort === null || this.running !== null) return;
    this.running = this.deps
      .run(this.abort.signal)
      .catch(this.deps.onFault)
      .then((ms) => {
        this.running = null;
        this.wake(this.again ? 0 : ms);
        this.again = false;
      });
  }
}
