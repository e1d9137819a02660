import type { Clock, Platform } from '../ports.ts';
import type { LineState } from './line-state.ts';
import type { Pace } from './pace.ts';
import type { Requests } from './requests.ts';

/** Without a sign of life for so long the line counts as down, although the answer is still waited for. */
const SILENT_MS = 10_000;

export interface SignOfLifeDeps {
  readonly client: Pick<Platform, 'status'>;
  readonly clock: Pick<Clock, 'monotonic' | 'setTimeout' | 'clearTimeout'>;
  readonly pace: Pick<Pace, 'failures' | 'pollMs' | 'wait'>;
  readonly line: Pick<LineState, 'name' | 'silent'>;
  readonly requests: Pick<Requests, 'background' | 'heardAt'>;
  /** ms between two of them while all is well. */
  readonly pollMs: number;
}

/** Asks the platform's status page whether anybody is there. Every good answer to anything is a sign of life as well. */
export class SignOfLife {
  private readonly deps: SignOfLifeDeps;
  private askedAt = Number.NEGATIVE_INFINITY;

  constructor(deps: SignOfLifeDeps) {
    this.deps = deps;
  }

  /** ms until the next is to be asked for. What failed is tried again after its back-off. */
  untilDue(): number {
    const { clock, pace, line, requests, pollMs } = this.deps;
    const now = clock.monotonic();
    const last = Math.max(this.askedAt, requests.heardAt);
    const failed = line.name === 'offline' && pace.failures('status') > 0;
    const due = failed ? 0 : pace.pollMs(pollMs, now) - (now - last);
    return Math.max(0, due, pace.wait('status', now));
  }

  async ask(signal: AbortSignal): Promise<void> {
    const { client, clock, line, requests } = this.deps;
    this.askedAt = clock.monotonic();
    const late = clock.setTimeout(() => line.silent(), SILENT_MS);
    await requests.background('status', async () => {
      const said = await client.status(signal);
      const away = said.ok && said.value.body.maintenance;
      return away ? { ok: false, error: { kind: 'busy', status: 503, retryAfterMs: null } } : said;
    });
    clock.clearTimeout(late);
  }
}
