import type { Settings } from '../../../main/contract/config.ts';
import { unreachable } from '../../../main/contract/result.ts';
import { PATIENCE } from '../../../main/core/platform-http/exchange.ts';
import { createRateMeter } from '../../../main/core/platform-http/rate-meter.ts';
import { StallTimer } from '../../../main/core/platform-http/stall-timer.ts';
import type { Clock, Platform, PlatformAnswer, PlatformError, SendOptions } from '../../../main/core/ports.ts';
import { createDelivery, type StaffDelivery } from '../../../main/core/sync/delivery.ts';
import { createDice } from '../world/dice.ts';
import type { Scheduler } from '../world/scheduler.ts';
import { fleetQueue, SEALED_BYTES } from './fleet-queue.ts';
import type { ModelServer } from './model-server.ts';

const TIMEOUT_MS = 10_000;
/** Headers, and what JSON adds to an item. */
const HEAD_BYTES = 400;
const ITEM_BYTES = SEALED_BYTES + 200;

export type Asked = 'batches' | 'refused' | 'status' | 'challenges';

export interface FleetKiosk {
  readonly delivery: StaffDelivery;
  readonly left: number;
  /** What left the kiosk until its last row was settled; `refused` are batches that the platform did not let in, the others all the rest. */
  readonly requests: Readonly<Record<Asked, number>>;
  /** What left it after that. */
  readonly after: number;
  line: 'up' | 'down';
}

export interface FleetKioskOptions {
  readonly scheduler: Scheduler;
  readonly server: ModelServer;
  readonly seed: number;
  readonly name: string;
  readonly rows: number;
  readonly sync: Settings['sync'];
  readonly onDone: () => void;
}

/** One kiosk: its real delivery and its real deadlines, over a queue and a fast line that are only numbers. */
export function createFleetKiosk({ scheduler, server, seed, name, rows, sync, onDone }: FleetKioskOptions): FleetKiosk {
  const dice = createDice(seed, name);
  const requests: Record<Asked, number> = { batches: 0, refused: 0, status: 0, challenges: 0 };
  const state = { line: 'up' as 'up' | 'down', after: 0 };
  const epoch = Date.UTC(2026, 10, 23);
  const clock: Clock = {
    now: () => Math.floor(epoch + scheduler.now()),
    monotonic: scheduler.now,
    setTimeout: (run, ms) => scheduler.after(Math.max(1, Math.trunc(ms)), run),
    clearTimeout: (handle) => typeof handle === 'number' && scheduler.cancel(handle),
  };
  const queue = fleetQueue(rows, onDone);
  const meter = createRateMeter();

  const count = (what: Asked) => {
    if (queue.left > 0) requests[what] += 1;
    else state.after += 1;
  };

  const request = <T>(
    what: Asked,
    items: number,
    { patient = false, waiting = 0 }: SendOptions,
    body: (nextSlotMs: number) => T,
  ): Promise<PlatformAnswer<T>> =>
    new Promise((resolve) => {
      const fail = (error: PlatformError) => resolve({ ok: false, error });
      const lost = (cause: 'unreachable' | 'timeout' | 'unmarked') =>
        fail({ kind: 'line', cause, status: null, retryAfterMs: null });
      if (state.line === 'down') return void scheduler.after(5, () => lost('unreachable'));
      const bytes = HEAD_BYTES + items * ITEM_BYTES;
      const began = scheduler.now();
      let listening = true;
      const over = (what: Asked) => {
        listening = false;
        stall.stop();
        count(what);
      };
      const answerMs = patient ? TIMEOUT_MS * PATIENCE : TIMEOUT_MS;
      const stall = new StallTimer(clock, { timeoutMs: TIMEOUT_MS, answerMs, sendRate: meter.pessimistic }, () => {
        meter.failed(bytes, scheduler.now() - began);
        over(what);
        lost('timeout');
      });
      stall.sent(bytes, true);
      server.request(name, items, waiting, (said) => {
        if (!listening) return false;
        over(said.kind === 'refused' ? 'refused' : what);
        switch (said.kind) {
          case 'admitted':
            meter.took(bytes, scheduler.now() - began);
            resolve({ ok: true, value: { body: body(said.nextSlotMs), date: null } });
            return true;
          case 'refused':
            // Retry-After has whole seconds.
            fail({ kind: 'busy', status: 503, retryAfterMs: Math.max(1, Math.floor(said.retryAfterMs / 1000)) * 1000 });
            return true;
          case 'gateway':
            lost('unmarked');
            return true;
          default:
            return unreachable(said);
        }
      });
    });

  const client = {
    status: () =>
      request('status', 0, { patient: true }, () => ({ time: new Date(clock.now()).toISOString(), maintenance: false })),
    challenges: (wanted: number) =>
      request('challenges', 0, { patient: true }, () => ({
        challenges: Array.from({ length: wanted }, () => ({ challenge: '', expiresAt: new Date(clock.now()).toISOString() })),
      })),
    send: (items: readonly { id: string }[], _signal: AbortSignal, options: SendOptions = {}) =>
      request('batches', items.length, options, (nextSlotMs) => ({
        results: items.map(({ id }) => ({ outcome: 'accepted' as const, id, reference: 'R-0000' })),
        ...(nextSlotMs > 0 ? { nextSlotMs: Math.round(nextSlotMs) } : {}),
      })),
    rate: () => meter.rate,
    close: async () => {},
  } as unknown as Platform;
  const delivery = createDelivery({
    ...{ outbox: queue.outbox, client, clock, sync, terminal: 'K-FLEET', challengeStock: queue.challengeStock },
    random: (length) => dice.bytes(length),
    log: () => {},
  });
  return Object.assign(state, {
    delivery,
    requests,
    get left() {
      return queue.left;
    },
  });
}
