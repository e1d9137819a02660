import type { OutboxStore } from '../../../main/core/outbox/outbox.ts';
import { createDelivery } from '../../../main/core/sync/delivery.ts';
import type { ManualClock } from '../../support/manual-clock.ts';
import { limits, type OpenedQueue } from './store.ts';

const TERMINAL = 'K-TEST-1';
const sync = { catalogueSeconds: 3600, pollSeconds: 60, backOffCapSeconds: 300, startSpreadSeconds: 0 };
/** More looks than that without any time between them is an endless loop: the core would be frozen. */
const MOST_LOOKS = 2000;

type Client = Parameters<typeof createDelivery>[0]['client'];

export interface Drained {
  /** Something still waited after the bound. */
  readonly stuck: boolean;
  /** The loop of delivery went round without a wait. */
  readonly frozen: boolean;
  /** Rounds of delivery that ended with an exception. */
  readonly faults: number;
}

/**
 * The real delivery on this store until nothing waits, on virtual time.
 * @param boundMs virtual time after which what waits is stuck
 */
export async function drain(
  { store, time }: OpenedQueue,
  client: Client,
  clock: ManualClock,
  boundMs = 6 * 3_600_000,
): Promise<Drained> {
  let looks = 0;
  let frozen = false;
  let faults = 0;
  const watched: OutboxStore = Object.create(store, {
    due: {
      value: (...args: Parameters<OutboxStore['due']>) => {
        looks += 1;
        if (looks > MOST_LOOKS) {
          frozen = true;
          // Ends the loop that would never end; delivery takes it for a bug and waits.
          throw new Error('delivery goes round without a wait');
        }
        return store.due(...args);
      },
    },
  });
  const delivery = createDelivery({
    outbox: watched,
    client,
    clock,
    random: (length) => new Uint8Array(length).fill(0x40),
    log: (event) => {
      if (event === 'core.fault') faults += 1;
    },
    terminal: TERMINAL,
    sync,
    challengeStock: limits.challengeStock,
    time,
  });
  const end = clock.monotonic() + boundMs;
  const waits = () => {
    const { pending, sending } = store.counts();
    return pending + sending > 0;
  };
  let waiting = true;
  /** Turns in a row in which no time went by: a timer of no length that is set again and again. */
  let still = 0;
  delivery.start();
  while (!frozen) {
    looks = 0;
    clock.advance(0);
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    waiting = waits();
    if (!waiting) break;
    const next = clock.next();
    if (next === null || next > end) break;
    still = next > clock.monotonic() ? 0 : still + 1;
    if (still > MOST_LOOKS) frozen = true;
    clock.advance(next - clock.monotonic());
  }
  await delivery.stop();
  store.finishChores();
  return { stuck: waiting, frozen, faults };
}
