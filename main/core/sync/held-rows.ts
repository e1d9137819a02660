import type { Clock } from '../ports.ts';
import type { LineState } from './line-state.ts';
import type { Requests } from './requests.ts';

/** Then what waits is tried, though the status page may be all that is sick. */
const LONGEST_HELD_MS = 10 * 60_000;

/**
 * Rows that are kept from a line that is down: they stay where a person can take them back, as long as there is hope that a small request
 * will soon show the way to be open.
 */
export class HeldRows {
  private readonly deps: {
    readonly clock: Pick<Clock, 'monotonic'>;
    readonly line: Pick<LineState, 'down'>;
    readonly requests: Pick<Requests, 'statusTells'>;
  };
  /** Monotonic ms; null: none are held. */
  private since: number | null = null;

  constructor(deps: HeldRows['deps']) {
    this.deps = deps;
  }

  /** @param due a row is due now */
  areHeld(due: boolean): boolean {
    const { clock, line, requests } = this.deps;
    if (!line.down || !requests.statusTells) {
      this.since = null;
      return false;
    }
    if (due) this.since ??= clock.monotonic();
    return this.since === null || clock.monotonic() - this.since < LONGEST_HELD_MS;
  }

  /** The line is not down. */
  release(): void {
    this.since = null;
  }
}
