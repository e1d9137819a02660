import { unreachable } from '../../contract/result.ts';
import type { OutboxStore } from '../outbox/outbox.ts';
import type { WaitingRow } from '../outbox/rows.ts';
import type { Clock, PlatformError } from '../ports.ts';
import { LEAST_WAIT_MS } from './back-off.ts';
import { isHarmless, mayBeARow } from './failure-kinds.ts';
import { OUTAGE_AT, type Pace } from './pace.ts';
import type { Requests } from './requests.ts';
import type { SendWindow } from './send-window.ts';
import type { Sent } from './sender.ts';
import type { Suspects } from './suspects.ts';
import { SILENT_RETRY_MS } from './verdicts.ts';

export interface BatchEffectsDeps {
  readonly outbox: Pick<OutboxStore, 'setAlone'>;
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly pace: Pick<Pace, 'failures' | 'failedByRow' | 'settled' | 'fruitless' | 'rest'>;
  readonly requests: Pick<Requests, 'worked' | 'failed'>;
  readonly suspects: Pick<Suspects, 'failed' | 'passed' | 'forget' | 'convictedWait'>;
  readonly window: Pick<SendWindow, 'broke'>;
}

/** What the end of a batch means for the batches after it: when the next may go, how large it may be, and which row is to blame. */
export class BatchEffects {
  private readonly deps: BatchEffectsDeps;
  /** The last failure says nothing against a whole batch. */
  private harmless = false;

  constructor(deps: BatchEffectsDeps) {
    this.deps = deps;
  }

  /** Nothing gets through: a small batch is enough to see whether it works again. */
  get probing(): boolean {
    return !this.harmless && this.deps.pace.failures('batches') >= OUTAGE_AT;
  }

  /** @param began monotonic ms of the request */
  note(rows: readonly WaitingRow[], sent: Sent, began: number) {
    const { pace, clock } = this.deps;
    switch (sent.kind) {
      case 'answered':
        return this.answered(rows, sent.settled, sent.written, sent.slotMs);
      case 'parked':
        return this.answered(rows, sent.written ? 1 : 0, sent.written, null);
      case 'failed':
        return this.failed(sent.rows, sent.error, began);
      case 'unwritten':
        return pace.rest('batches', SILENT_RETRY_MS, clock.monotonic());
      case 'nothing':
        return pace.rest('batches', LEAST_WAIT_MS, clock.monotonic());
      default:
        return unreachable(sent);
    }
  }

  private answered(rows: readonly WaitingRow[], settled: number, written: boolean, slotMs: number | null): void {
    const { clock, pace, requests, suspects } = this.deps;
    const now = clock.monotonic();
    suspects.passed(rows.map(({ id }) => id));
    requests.worked('batches');
    if (settled > 0) pace.settled(now);
    else pace.fruitless('batches', now);
    // What could not be written down is still due, and must not go out again at once.
    if (!written) pace.rest('batches', SILENT_RETRY_MS, now);
    if (slotMs !== null) pace.rest('batches', slotMs, now);
  }

  private failed(rows: readonly WaitingRow[], error: PlatformError, began: number) {
    const { clock, pace, requests, suspects, window } = this.deps;
    const now = clock.monotonic();
    const [only] = rows;
    this.harmless = isHarmless(error);
    if (error.kind === 'line' && (error.cause === 'timeout' || error.cause === 'cut')) window.broke();
    if (only?.alone === true && mayBeARow(error)) {
      pace.failedByRow('batches', now);
      // Its own wait holds it back; a turn that it kept beside that would come again and again, before all others.
      suspects.forget([only.id]);
      this.convict(only.id);
      return;
    }
    requests.failed('batches', error, now - began);
    if (!mayBeARow(error)) return;
    const found = suspects.failed(rows, now);
    if (found !== null) this.convict(found);
  }

  private convict(id: string): void {
    const { outbox, clock, pace, suspects } = this.deps;
    if (!outbox.setAlone(id, clock.now() + suspects.convictedWait(id))) pace.rest('batches', SILENT_RETRY_MS, clock.monotonic());
  }
}
