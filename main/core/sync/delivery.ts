import type { Settings } from '../../contract/config.ts';
import type { Log } from '../../contract/log-events.ts';
import type { BatchItem, ItemResult } from '../../contract/platform.ts';
import type { OutboxStore } from '../outbox/outbox.ts';
import type { Clock, Delivery, Platform, PlatformAnswer, RandomBytes } from '../ports.ts';
import { fraction } from './back-off.ts';
import { Batches } from './batches.ts';
import { createChallengeStock } from './challenge-stock.ts';
import { createLineState, type LineState } from './line-state.ts';
import { Pace, PURPOSES, type Purpose } from './pace.ts';
import { PersonalRequests } from './personal-requests.ts';
import { createPlatformTime, type PlatformTime } from './platform-time.ts';
import { createRequests, type Requests } from './requests.ts';
import { Round } from './round.ts';
import { Scheduler } from './scheduler.ts';
import { createSendWindow } from './send-window.ts';
import { Sender } from './sender.ts';
import { Suspects } from './suspects.ts';
import { createUrgent } from './urgent.ts';
import { createVerdicts, SILENT_RETRY_MS, type Verdicts } from './verdicts.ts';
import { createWorkMarker, meetAgain } from './work-marker.ts';

export interface DeliveryDeps {
  readonly outbox: OutboxStore;
  readonly client: Platform;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly log: Log;
  readonly terminal: string;
  readonly sync: Settings['sync'];
  readonly challengeStock: number;
  /** The same that the outbox asks (`platformNow`). Without it: one that lives no longer than this delivery. */
  readonly time?: PlatformTime;
}

/** Delivery as the staff's side uses it. */
export interface StaffDelivery extends Delivery {
  /** Tries at once and once, past every wait: the back-off, the budget, what the platform asked for, and each row's own. */
  retryNow(): void;
  /** Epoch ms of the next try by itself; null: none is planned. */
  readonly nextAttempt: number | null;
  /** Something the kiosk asks the platform for fails now. */
  readonly sick: boolean;
  /** ms until each purpose may ask again, and how often it failed in a row. */
  readonly waits: Readonly<Record<Purpose, { readonly ms: number; readonly failures: number }>>;
  /**
   * Answers that came another way than over the line: settled as those of a batch are.
   * @returns ids that were settled by this; those that waited no more are not among them. null: it could not be written down
   */
  take(results: readonly ItemResult[]): readonly string[] | null;
  /** A background request of somebody else's, within the pace and the budget of all. @returns null: not now */
  paced<T>(purpose: Purpose, request: () => Promise<PlatformAnswer<T>>): Promise<PlatformAnswer<T> | null>;
}

interface OutboxDeliveryDeps {
  readonly outbox: OutboxStore;
  readonly client: Platform;
  readonly clock: Clock;
  /** ms that the first try waits. */
  readonly firstInMs: () => number;
  readonly time: PlatformTime;
  readonly pace: Pace;
  readonly line: LineState;
  readonly requests: Requests;
  readonly verdicts: Verdicts;
  readonly suspects: Suspects;
  readonly scheduler: Scheduler;
  readonly personal: PersonalRequests;
}

/**
 * Drains the outbox to the platform: one batch at a time, at least once, settled only by an answer of the platform's own. Nothing to
 * recover after `kill -9`: what is not settled is due again. Rules and their measurements: SOURCES.md, Delivery: rules.
 */
class OutboxDelivery implements StaffDelivery {
  private readonly deps: OutboxDeliveryDeps;

  constructor(deps: OutboxDeliveryDeps) {
    this.deps = deps;
    const { outbox, scheduler, time } = deps;
    outbox.onUsable((usable) => {
      if (!usable) return;
      if (scheduler.signal !== null) time.load();
      scheduler.look();
    });
  }

  start(): void {
    const { outbox, clock, firstInMs, suspects, scheduler, time } = this.deps;
    if (scheduler.signal !== null) return;
    time.load();
    meetAgain(suspects, outbox, clock);
    scheduler.start(firstInMs());
  }

  async stop(): Promise<void> {
    const { client, personal, scheduler } = this.deps;
    await Promise.all([scheduler.stop(), personal.ended()]);
    await client.close();
  }

  nudge(row?: string): void {
    const { outbox, personal, scheduler } = this.deps;
    if (scheduler.signal === null || !outbox.usable) return;
    if (row === undefined) scheduler.look();
    else personal.send(row, scheduler.signal);
  }

  retryNow(): void {
    const { outbox, clock, pace, scheduler } = this.deps;
    if (scheduler.signal === null) return;
    outbox.staff.makeAllDue();
    pace.release(clock.monotonic());
    scheduler.look();
  }

  get nextAttempt(): number | null {
    return this.deps.scheduler.nextAt;
  }

  get sick(): boolean {
    return this.deps.pace.failing;
  }

  get waits(): StaffDelivery['waits'] {
    const { clock, pace } = this.deps;
    const now = clock.monotonic();
    const of = (purpose: Purpose) => [purpose, { ms: pace.wait(purpose, now), failures: pace.failures(purpose) }];
    return Object.fromEntries(PURPOSES.map(of)) as StaffDelivery['waits'];
  }

  take(results: readonly ItemResult[]): readonly string[] | null {
    const { outbox, suspects, verdicts } = this.deps;
    // Only what waits now: a row that was settled over the line meanwhile has had its one answer.
    const rows = results.flatMap(({ id }) => outbox.row(id) ?? []);
    const { done, written } = verdicts.take(rows, results);
    suspects.forget(done);
    return written ? done : null;
  }

  async paced<T>(purpose: Purpose, request: () => Promise<PlatformAnswer<T>>): Promise<PlatformAnswer<T> | null> {
    const { clock, pace, requests, scheduler } = this.deps;
    if (scheduler.signal === null || pace.wait(purpose, clock.monotonic()) > 0) return null;
    return requests.background(purpose, request);
  }

  ask(item: BatchItem): ReturnType<StaffDelivery['ask']> {
    return this.deps.personal.ask(item);
  }

  application(receipt: string): ReturnType<StaffDelivery['application']> {
    return this.deps.personal.application(receipt);
  }

  get line(): StaffDelivery['line'] {
    return this.deps.line.name;
  }

  onLine(...given: Parameters<StaffDelivery['onLine']>): () => void {
    return this.deps.line.on(...given);
  }

  onSettled(...given: Parameters<StaffDelivery['onSettled']>): () => void {
    return this.deps.verdicts.on(...given);
  }
}

export function createDelivery(options: DeliveryDeps): StaffDelivery {
  const { outbox, client, clock, random, log, sync } = options;
  const monotonic = () => clock.monotonic();
  const boot = { id: 'this-process', uptimeMs: monotonic };
  const time = options.time ?? createPlatformTime({ boot, clock, store: () => null });
  const pace = new Pace({
    random,
    capMs: sync.backOffCapSeconds * 1000,
    sparingMs: sync.sparingSeconds === undefined ? undefined : sync.sparingSeconds * 1000,
  });
  const line = createLineState(log);
  const requests = createRequests({ clock, log, pace, line, time });
  const verdicts = createVerdicts({ outbox, clock, random, log });
  const suspects = new Suspects();
  const sender = new Sender({ ...options, verdicts, marker: createWorkMarker(outbox) });
  const batches = new Batches({ ...options, pace, requests, sender, suspects, window: createSendWindow() });
  const stock = createChallengeStock(outbox, options.challengeStock);
  const round = new Round({ ...options, pace, line, requests, batches, suspects, stock, time });
  const fault = () => log('core.fault', { where: 'delivery' });
  const scheduler = new Scheduler({
    clock,
    run: (signal) => round.run(signal),
    onFault() {
      // A bug, or a disk that cannot even be read: never a hot loop, never the end of delivery.
      fault();
      return SILENT_RETRY_MS;
    },
  });
  const urgent = createUrgent({ outbox, sender, suspects, pace, line, requests, monotonic });
  const personal = new PersonalRequests({ client, line, requests, urgent, scheduler, onFault: fault });
  // After a power cut all kiosks start at once.
  const firstInMs = () => Math.round(fraction(random) * sync.startSpreadSeconds * 1000);
  return new OutboxDelivery({
    outbox,
    client,
    clock,
    firstInMs,
    time,
    pace,
    line,
    requests,
    verdicts,
    suspects,
    scheduler,
    personal,
  });
}
