import type { Settings } from '../../contract/config.ts';
import type { OutboxStore } from '../outbox/outbox.ts';
import type { Clock, Platform } from '../ports.ts';
import { LEAST_WAIT_MS } from './back-off.ts';
import type { Batches } from './batches.ts';
import type { ChallengeStock } from './challenge-stock.ts';
import { HeldRows } from './held-rows.ts';
import type { LineState } from './line-state.ts';
import type { Pace } from './pace.ts';
import type { PlatformTime } from './platform-time.ts';
import type { Requests } from './requests.ts';
import { SignOfLife } from './sign-of-life.ts';
import type { Suspects } from './suspects.ts';
import { SILENT_RETRY_MS } from './verdicts.ts';

export interface RoundDeps {
  readonly outbox: Pick<OutboxStore, 'usable' | 'nextDue' | 'tidy'>;
  readonly client: Pick<Platform, 'status' | 'challenges'>;
  readonly clock: Clock;
  readonly pace: Pace;
  readonly line: LineState;
  readonly requests: Requests;
  readonly batches: Pick<Batches, 'next' | 'end'>;
  readonly suspects: Pick<Suspects, 'nextAt'>;
  readonly stock: ChallengeStock;
  readonly time: Pick<PlatformTime, 'keep'>;
  readonly sync: Settings['sync'];
}

/** Everything that delivery can do now. */
export class Round {
  private readonly deps: RoundDeps;
  private readonly pollMs: number;
  private readonly held: HeldRows;
  private readonly life: SignOfLife;
  private tidiedAt = Number.NEGATIVE_INFINITY;

  constructor(deps: RoundDeps) {
    this.deps = deps;
    this.pollMs = deps.sync.pollSeconds * 1000;
    this.held = new HeldRows(deps);
    this.life = new SignOfLife({ ...deps, pollMs: this.pollMs });
  }

  /** @returns ms until the next look; no loop without a wait: less than a second only where the round itself took one */
  async run(signal: AbortSignal): Promise<number> {
    const { outbox, pace, time } = this.deps;
    const began = this.now();
    time.keep();
    if (!outbox.usable) return this.pollMs;
    // With nothing left to deliver, failed batches hold nothing up any more: the answers came another way, or staff took the rows.
    if (outbox.nextDue() === null) pace.worked('batches');
    const away = await this.deliver(signal);
    if (away > 0) return away;
    await this.refill(signal);
    this.tidy();
    if (!this.batchComes() && this.life.untilDue() === 0) {
      await this.life.ask(signal);
      // Nothing is there that could fail any more.
      if (pace.failures('status') === 0) pace.worked('batches');
    }
    // Rows may have fallen due while this took its time; having taken it, it is no loop.
    if (this.isDue() && this.now() - began >= LEAST_WAIT_MS) return pace.wait('batches', this.now());
    return this.untilNext();
  }

  /** Sends what is due. @returns ms until the next try while the line is down; 0: it is up, or a batch shows that by itself */
  private async deliver(signal: AbortSignal): Promise<number> {
    const { pace, line } = this.deps;
    // Over a line that is down there is one try at a time. What is due is the try, but not where it might leave in vain: until it has left
    // its person can take it back.
    const down = line.name === 'offline' && pace.failures('batches') === 0;
    const wait = down ? pace.wait('status', this.now()) : 0;
    if (wait > 0) return Math.max(LEAST_WAIT_MS, wait);
    if (!down) this.held.release();
    if (down && this.held.areHeld(this.isDue())) {
      const next = await this.probe(signal);
      if (next > 0) return next;
    }
    await this.drain(signal);
    if (!down || line.name !== 'offline' || this.batchComes()) return 0;
    const next = await this.probe(signal);
    if (next === 0) await this.drain(signal);
    return next;
  }

  private async drain(signal: AbortSignal): Promise<void> {
    const { outbox, batches } = this.deps;
    while (!signal.aborted && outbox.usable && (await batches.next(signal))) {}
    await batches.end();
  }

  /** Is anybody there? Where something is wanted anyway, that is asked for. @returns ms until the next try; 0: the line is up */
  private async probe(signal: AbortSignal): Promise<number> {
    const { pace, line } = this.deps;
    const purpose = this.wanted() > 0 && pace.failures('challenges') === 0 ? 'challenges' : 'status';
    if (pace.wait(purpose, this.now()) === 0) await (purpose === 'challenges' ? this.refill(signal) : this.life.ask(signal));
    return line.name === 'offline' ? Math.max(LEAST_WAIT_MS, pace.wait(purpose, this.now())) : 0;
  }

  /** How many challenges to draw. While rows wait for their turn they come first, unless persons would soon find none. */
  private wanted(): number {
    const { stock } = this.deps;
    return this.isDue() && !stock.low() ? 0 : stock.wanted();
  }

  private async refill(signal: AbortSignal): Promise<void> {
    const { client, pace, requests, stock, sync } = this.deps;
    const count = this.wanted();
    if (count === 0 || pace.wait('challenges', this.now()) > 0) return;
    const answer = await requests.background('challenges', () => client.challenges(count, signal));
    if (answer.ok && !stock.take(answer.value.body)) {
      pace.fruitless('challenges', this.now());
      pace.rest('challenges', sync.backOffCapSeconds * 1000, this.now());
    }
  }

  private tidy(): void {
    if (this.now() - this.tidiedAt < this.pollMs) return;
    this.tidiedAt = this.now();
    this.deps.outbox.tidy();
  }

  private untilNext(): number {
    const batch = this.untilBatch();
    const waits = batch === null ? [] : [batch];
    if (!this.batchComes()) waits.push(this.life.untilDue());
    if (this.wanted() > 0) waits.push(this.deps.pace.wait('challenges', this.now()));
    return Math.max(LEAST_WAIT_MS, Math.min(...waits));
  }

  /** ms until rows may go: their own time, that of rows that failed alone, and the pace. null: no row waits. */
  private untilBatch(): number | null {
    const { outbox, clock, pace, suspects } = this.deps;
    const due = outbox.nextDue();
    if (due === null) return null;
    const held = pace.wait('batches', this.now());
    if (due > clock.now()) return Math.max(held, due - clock.now());
    // Something is due and nothing was sent: the pace, or an earlier row of its receipt, or a suspicion holds it back.
    if (held > 0) return held;
    const alone = suspects.nextAt();
    return alone === null ? SILENT_RETRY_MS : Math.min(SILENT_RETRY_MS, alone - this.now());
  }

  private isDue(): boolean {
    const due = this.deps.outbox.nextDue();
    return due !== null && due <= this.deps.clock.now();
  }

  /** Rows wait for their turn, or for the platform: the next batch shows by itself whether anybody is there. */
  private batchComes(): boolean {
    const { pace } = this.deps;
    return this.isDue() && (pace.failures('batches') > 0 || pace.wait('batches', this.now()) > 0);
  }

  private now(): number {
    return this.deps.clock.monotonic();
  }
}
