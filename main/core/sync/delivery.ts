import type { Settings } from '../../contract/config.ts';
import type { Log } from '../../contract/log-events.ts';
import type { ItemResult } from '../../contract/platform.ts';
import type { OutboxStore } from '../outbox/outbox.ts';
import type { Clock, Delivery, Platform, PlatformAnswer, RandomBytes } from '../ports.ts';
import { fraction } from './back-off.ts';
import { createBatches } from './batches.ts';
import { createChallengeStock } from './challenge-stock.ts';
import { createLineState } from './line-state.ts';
import { createPace, PURPOSES, type Purpose } from './pace.ts';
import { createPlatformTime, type PlatformTime } from './platform-time.ts';
import { createRequests } from './requests.ts';
import { createRound } from './round.ts';
import { createSendWindow } from './send-window.ts';
import { createSender } from './sender.ts';
import { createSuspects } from './suspects.ts';
import { createUrgent } from './urgent.ts';
import { createVerdicts, SILENT_RETRY_MS } from './verdicts.ts';
import { createWorkMarker, meetAgain } from './work-marker.ts';

export interface DeliveryOptions {
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

/**
 * Drains the outbox to the platform: one batch at a time, at least once, settled only by an answer of the platform's own. Nothing to
 * recover after `kill -9`: what is not settled is due again. Rules and their measurements: SOURCES.md, Delivery: rules.
 */
export function createDelivery(options: DeliveryOptions): StaffDelivery {
  const { outbox, client, clock, random, log, terminal, sync, challengeStock } = options;
  const monotonic = () => clock.monotonic();
  const boot = { id: 'this-process', uptimeMs: monotonic };
  const time = options.time ?? createPlatformTime({ boot, clock, store: () => null });
  const spread = () => Math.round(fraction(random) * sync.startSpreadSeconds * 1000);
  const pace = createPace({
    random,
    capMs: sync.backOffCapSeconds * 1000,
    sparingMs: sync.sparingSeconds === undefined ? undefined : sync.sparingSeconds * 1000,
  });
  const line = createLineState(log);
  const requests = createRequests({ clock, log, pace, line, time });
  const verdicts = createVerdicts({ outbox, clock, random, log });
  const marker = createWorkMarker(outbox);
  const suspects = createSuspects();
  const sender = createSender({ outbox, clock, log, terminal, verdicts, marker });
  const batches = createBatches({ outbox, client, clock, pace, requests, sender, suspects, window: createSendWindow() });
  const urgent = createUrgent({ outbox, sender, suspects, pace, line, requests, monotonic });
  const stock = createChallengeStock(outbox, challengeStock);
  const round = createRound({ outbox, client, clock, pace, line, requests, batches, suspects, stock, time, sync });

  let abort: AbortController | null = null;
  let timer: unknown = null;
  /** Epoch ms at which the timer ends. */
  let wakesAt: number | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  const people = new Set<Promise<void>>();
  outbox.onUsable((usable) => {
    if (!usable) return;
    if (abort !== null) time.load();
    look();
  });

  const wake = (ms: number) => {
    if (timer !== null) clock.clearTimeout(timer);
    timer = abort === null ? null : clock.setTimeout(go, ms);
    wakesAt = abort === null ? null : clock.now() + ms;
  };
  const look = () => {
    if (running === null) wake(0);
    else again = true;
  };
  const fault = () => log('core.fault', { where: 'delivery' });

  const go = () => {
    timer = null;
    if (abort === null || running !== null) return;
    running = round
      .run(abort.signal)
      .catch(() => {
        // A bug, or a disk that cannot even be read: never a hot loop, never the end of delivery.
        fault();
        return SILENT_RETRY_MS;
      })
      .then((ms) => {
        running = null;
        wake(again ? 0 : ms);
        again = false;
      });
  };

  const hurry = (id: string, signal: AbortSignal) => {
    const sending = urgent
      .send(
        id,
        (items) => requests.timed(() => client.send(items, signal, { urgent: true })),
        async () => !requests.statusTells || (await requests.timed(() => client.status(signal, { urgent: true }))).ok,
      )
      .then(() => {}, fault)
      .finally(() => {
        people.delete(sending);
        look();
      });
    people.add(sending);
  };

  return {
    start() {
      if (abort !== null) return;
      abort = new AbortController();
      time.load();
      meetAgain(suspects, outbox, clock);
      // After a power cut all kiosks start at once.
      wake(spread());
    },
    async stop() {
      const ending = abort;
      abort = null;
      if (timer !== null) clock.clearTimeout(timer);
      timer = null;
      ending?.abort();
      await Promise.all([running, ...people]);
      await client.close();
    },
    nudge(row) {
      if (abort === null || !outbox.usable) return;
      if (row === undefined) look();
      else hurry(row, abort.signal);
    },
    retryNow() {
      if (abort === null) return;
      outbox.staff.makeAllDue();
      pace.release(monotonic());
      look();
    },
    get nextAttempt() {
      return running === null ? wakesAt : clock.now();
    },
    get sick() {
      return pace.failing;
    },
    get waits() {
      const now = monotonic();
      const of = (purpose: Purpose) => [purpose, { ms: pace.wait(purpose, now), failures: pace.failures(purpose) }];
      return Object.fromEntries(PURPOSES.map(of)) as StaffDelivery['waits'];
    },
    take(results) {
      // Only what waits now: a row that was settled over the line meanwhile has had its one answer.
      const rows = results.flatMap(({ id }) => outbox.row(id) ?? []);
      const { done, written } = verdicts.take(rows, results);
      suspects.forget(done);
      return written ? done : null;
    },
    async paced(purpose, request) {
      if (abort === null || pace.wait(purpose, monotonic()) > 0) return null;
      return requests.background(purpose, request);
    },
    async ask(item) {
      if (abort === null) return null;
      const { signal } = abort;
      const answer = await requests.timed(() => client.ask(item, signal));
      return answer.ok && answer.value.body.id === item.id ? answer.value.body : null;
    },
    async application(receipt) {
      // With the line known to be down a person does not wait for a time-out.
      if (abort === null || line.name === 'offline') return null;
      const { signal } = abort;
      const answer = await requests.timed(() => client.application(receipt, signal));
      return answer.ok ? answer.value.body.application : null;
    },
    get line() {
      return line.name;
    },
    onLine: (listener) => line.on(listener),
    onSettled: (listener) => verdicts.on(listener),
  };
}
