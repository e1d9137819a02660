import type { OutboxStore } from '../outbox/outbox.ts';
import type { WaitingRow } from '../outbox/rows.ts';
import type { BatchAnswer, Clock, Platform } from '../ports.ts';
import { BatchChoice } from './batch-choice.ts';
import { BatchEffects } from './batch-effects.ts';
import { OUTAGE_AT, type Pace } from './pace.ts';
import type { Requests } from './requests.ts';
import type { SendWindow } from './send-window.ts';
import type { Sender } from './sender.ts';
import type { Suspects } from './suspects.ts';

export interface BatchesDeps {
  readonly outbox: Pick<OutboxStore, 'usable' | 'due' | 'row' | 'inOrder' | 'setAlone' | 'counts'>;
  readonly client: Pick<Platform, 'send' | 'rate'>;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly requests: Requests;
  readonly sender: Sender;
  readonly suspects: Suspects;
  readonly window: SendWindow;
}

/** So long an answer waits to be written down while the next batch leaves. */
const LEAVING_MS = 50;

const bytesOf = (rows: readonly WaitingRow[]) => rows.reduce((sum, { sealed }) => sum + sealed.length, 0);
const endedBy = ({ results }: BatchAnswer): number => results.filter(({ outcome }) => outcome !== 'retry').length;

/** The queue, one batch after the other. */
export class Batches {
  private readonly deps: BatchesDeps;
  private readonly effects: BatchEffects;
  private readonly choice: BatchChoice;
  /** The batch that was sent while the answer before it was being written down. */
  private ahead: Promise<boolean> | null = null;

  constructor(deps: BatchesDeps) {
    const { client, window } = deps;
    this.deps = deps;
    this.effects = new BatchEffects(deps);
    const limits = () => window.limits(client.rate(), this.effects.probing);
    this.choice = new BatchChoice({ ...deps, inFlight: deps.sender.inFlight, limits });
  }

  /**
   * Sends the next batch, if the pace allows it and there is one, and waits for its end. While its answer is written down the batch after it may be
   * under way already, which the next call waits for: only after `false`, or `end`, is nothing under way. @returns false: nothing was sent
   */
  next(signal: AbortSignal): Promise<boolean> {
    const under = this.ahead ?? this.send(signal);
    this.ahead = null;
    return under;
  }

  /** Waits for the batch that is under way. */
  async end(): Promise<void> {
    while (this.ahead !== null) {
      const under: Promise<boolean> = this.ahead;
      this.ahead = null;
      await under;
    }
  }

  private async send(signal: AbortSignal, putOff = 0, onSent?: () => void): Promise<boolean> {
    const { client, clock, pace, requests, sender, window } = this.deps;
    if (signal.aborted || pace.wait('batches', clock.monotonic()) > 0) return false;
    const rows = this.choice.next();
    if (rows.length === 0) return false;
    const patient = this.isPatient(rows);
    let began = clock.monotonic();
    const sent = await sender.send(
      rows,
      (items) => {
        began = clock.monotonic();
        pace.began('batches', began);
        return requests.timed(() => client.send(items, signal, { patient, waiting: this.waitingBeside(putOff), onSent }));
      },
      (answer) => {
        if (!answer.ok) return;
        const { body } = answer.value;
        window.passed(bytesOf(rows));
        return this.goesOn(body) ? this.sendAhead(signal, rows.length - endedBy(body)) : undefined;
      },
    );
    // Given up by ourselves: it says nothing about rows or platform.
    if (!signal.aborted) this.effects.note(rows, sent, began);
    return true;
  }

  /** @returns when it has left, or soon: while this kiosk writes its answers down, nothing more of a request leaves */
  private sendAhead(signal: AbortSignal, putOff: number): Promise<void> {
    const { clock } = this.deps;
    const left = Promise.withResolvers<void>();
    const timer = clock.setTimeout(left.resolve, LEAVING_MS);
    this.ahead = this.send(signal, putOff, left.resolve).finally(left.resolve);
    return left.promise.then(() => clock.clearTimeout(timer));
  }

  /**
   * Whether a late answer is waited for. Not by rows under suspicion, so that one at which the platform hangs is found soon; but by them too when
   * nothing gets through any more, since it may just be slow with all.
   */
  private isPatient(rows: readonly WaitingRow[]): boolean {
    return this.deps.pace.failures('batches') >= OUTAGE_AT || !this.choice.isSuspicious(rows);
  }

  /** All is well, and the platform asks for no wait: what follows need not wait for the disk. */
  private goesOn({ nextSlotMs = 0 }: BatchAnswer): boolean {
    const { outbox, pace, suspects } = this.deps;
    return nextSlotMs === 0 && suspects.ids.size === 0 && !pace.failing && outbox.usable;
  }

  /** Rows that wait and are not under way. @param putOff those of the answer that is being written down */
  private waitingBeside(putOff: number): number {
    const { outbox, sender } = this.deps;
    const { pending, sending } = outbox.counts();
    return Math.max(0, pending + sending - sender.inFlight.size + putOff);
  }
}
