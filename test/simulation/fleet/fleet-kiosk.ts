import type { Settings } from '../../../main/contract/config.ts';
import type { OutboxStore } from '../../../main/core/outbox/outbox.ts';
import type { WaitingRow } from '../../../main/core/outbox/rows.ts';
import type { Clock } from '../../../main/core/ports.ts';
import { createDelivery, type StaffDelivery } from '../../../main/core/sync/delivery.ts';
import type { PlatformAnswer, PlatformClient, PlatformError } from '../../../main/core/sync/platform-client.ts';
import { createDice } from '../world/dice.ts';
import type { Scheduler } from '../world/scheduler.ts';
import type { ModelServer } from './model-server.ts';

/** 2 KB of an act, sealed. */
const SEALED = 'x'.repeat(2048);
const STOCK = 20;
/** A client that has heard nothing for so long gives up. */
const TIMEOUT_MS = 10_000;
const sync: Settings['sync'] = { catalogueSeconds: 3600, pollSeconds: 60, backOffCapSeconds: 300, startSpreadSeconds: 180 };

export interface FleetKiosk {
  readonly delivery: StaffDelivery;
  readonly left: number;
  readonly requests: { batches: number; others: number };
  line: 'up' | 'down';
}

export interface FleetKioskOptions {
  readonly scheduler: Scheduler;
  readonly server: ModelServer;
  readonly seed: number;
  readonly name: string;
  readonly rows: number;
  readonly onDone: () => void;
}

/** One kiosk: its real delivery over a queue and a line that are only numbers. */
export function createFleetKiosk({ scheduler, server, seed, name, rows, onDone }: FleetKioskOptions): FleetKiosk {
  const dice = createDice(seed, name);
  const requests = { batches: 0, others: 0 };
  const state = { line: 'up' as 'up' | 'down' };
  const epoch = Date.UTC(2026, 10, 23);
  const clock: Clock = {
    now: () => Math.floor(epoch + scheduler.now()),
    monotonic: scheduler.now,
    setTimeout: (run, ms) => scheduler.after(Math.max(1, Math.trunc(ms)), run),
    clearTimeout: (handle) => typeof handle === 'number' && scheduler.cancel(handle),
  };
  const queue = rowsOf(rows, onDone);

  const request = <T>(items: number, body: (nextSlotMs: number) => T): Promise<PlatformAnswer<T>> => {
    if (items > 0) requests.batches += 1;
    else requests.others += 1;
    return new Promise((resolve) => {
      const fail = (error: PlatformError) => resolve({ ok: false, error });
      if (state.line === 'down') {
        requests[items > 0 ? 'batches' : 'others'] -= 1;
        scheduler.after(5, () => fail({ kind: 'line', cause: 'unreachable', status: null, retryAfterMs: null }));
        return;
      }
      let listening = true;
      const timeout = scheduler.after(TIMEOUT_MS, () => {
        listening = false;
        fail({ kind: 'line', cause: 'timeout', status: null, retryAfterMs: null });
      });
      server.request(name, items, Math.max(0, queue.left - items), (said) => {
        if (!listening) return false;
        scheduler.cancel(timeout);
        // Retry-After has whole seconds.
        if (said.admitted) resolve({ ok: true, value: { body: body(said.nextSlotMs), date: null } });
        else fail({ kind: 'busy', status: 503, retryAfterMs: Math.ceil(said.retryAfterMs / 1000) * 1000 });
        return true;
      });
    });
  };

  const client = {
    status: () => request(0, () => ({ time: new Date(clock.now()).toISOString(), maintenance: false })),
    challenges: () => request(0, () => ({ challenges: [] })),
    send: (items: readonly { id: string }[]) =>
      request(items.length, (nextSlotMs) => ({
        results: items.map(({ id }) => ({ outcome: 'accepted' as const, id, reference: 'R-0000' })),
        ...(nextSlotMs > 0 ? { nextSlotMs: Math.round(nextSlotMs) } : {}),
      })),
    rate: () => null,
    close: async () => {},
  } as unknown as PlatformClient;
  const delivery = createDelivery({
    ...{ outbox: queue.outbox, client, clock, sync, terminal: 'K-FLEET', challengeStock: STOCK },
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

/** Nothing here dies. */
const noMark = {
  left: { frozen: false, stage: null, seq: null, inHand: [] },
  inHand: () => {},
  answered: () => {},
  cleared: () => {},
};

/** A queue of equal rows, each of a receipt of its own. */
function rowsOf(count: number, onDone: () => void): { readonly outbox: OutboxStore; readonly left: number } {
  let first = 0;
  const row = (seq: number): WaitingRow => ({
    ...{
      seq,
      id: String(seq),
      kind: 'set-up',
      receipt: String(seq),
      sealed: SEALED,
      attempts: 0,
      state: 'pending',
      alone: false,
    },
  });
  const outbox = {
    usable: true,
    onUsable: () => () => {},
    due(_now: number, { items, bytes, except }: { items: number; bytes: number; except?: ReadonlySet<string> }) {
      const rows: WaitingRow[] = [];
      for (let seq = first; seq < count && rows.length < items; seq++) {
        if (except?.has(String(seq))) continue;
        if (rows.length > 0 && (rows.length + 1) * SEALED.length > bytes) break;
        rows.push(row(seq));
      }
      return rows;
    },
    nextDue: () => (first < count ? 0 : null),
    row: (id: string) => (Number(id) >= first ? row(Number(id)) : null),
    inOrder: (rows: readonly WaitingRow[]) => [...rows],
    markSending: (rows: readonly { id: string }[]) => new Set(rows.map(({ id }) => id)),
    settle(settlements: readonly { id: string }[]) {
      first += settlements.length;
      if (first >= count) onDone();
      return settlements.map(({ id }) => id);
    },
    postpone: () => true,
    setAlone: () => true,
    setApart: () => {},
    addChallenges: () => {},
    challengeCount: () => STOCK,
    work: noMark,
    noteTime: () => {},
    notedTime: () => null,
    tidy: () => {},
    staff: { makeAllDue: () => true },
  } as unknown as OutboxStore;
  return {
    outbox,
    get left() {
      return count - first;
    },
  };
}
