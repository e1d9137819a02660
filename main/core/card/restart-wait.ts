const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
/** Up so long: the next crash is a new story. */
const STEADY_MS = 5000;

/** How long to wait before a process that ended is started anew: longer each time, unless it had run for a while. */
export class RestartWait {
  private ms = FIRST_WAIT_MS;

  /** @param upMs how long it had run */
  next(upMs: number): number {
    if (upMs > STEADY_MS) this.reset();
    const wait = this.ms;
    this.ms = Math.min(wait * 2, LONGEST_WAIT_MS);
    return wait;
  }

  /** The next wait is the first one again. */
  reset(): void {
    this.ms = FIRST_WAIT_MS;
  }
}
