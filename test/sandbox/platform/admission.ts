import { createSlotBook } from './slot-book.ts';

export interface AdmissionOptions {
  /** Batches that are worked on at the same time. */
  readonly workers: number;
  /** Monotonic ms. */
  readonly now: () => number;
  /** What would wait longer is refused; default 5 s. Below the deadline of the kiosks, or work is done for nobody. */
  readonly maxWaitMs?: number;
  /** What an item costs a worker until one has been measured, ms. */
  readonly firstMsAnItem?: number;
}

export type Arrival =
  /** `waitMs`: until its turn comes, estimated. */
  { readonly admitted: true; readonly waitMs: number } | { readonly admitted: false; readonly retryAfterMs: number };

export interface Load {
  readonly queuedItems: number;
  /** Of kiosks that were told when to come back. */
  readonly promisedItems: number;
  /** Measured: worker time. */
  readonly msAnItem: number;
  /** Until what stands in the queue is done. */
  readonly waitMs: number;
}

/** Who is let in, and who comes back when. */
export interface Admission {
  /** A batch is at the door. Admitted: `done` or `left` must follow, with the same number of items. */
  arrive(kiosk: string, items: number): Arrival;
  /** What was estimated at the door has been counted. */
  recount(estimated: number, counted: number): void;
  /** An admitted batch was worked on for `ms` of one worker's time. */
  done(items: number, ms: number): void;
  /** An admitted batch went away, or failed: nothing is learnt from it. */
  left(items: number): void;
  /**
   * When this kiosk's next batch has its turn, ms from now; 0: at once. Counted as promised until the kiosk comes.
   * @param more items that it still has, or will probably bring; 0: none
   */
  nextSlotMs(kiosk: string, more: number): number;
  readonly load: Load;
}

const MAX_WAIT_MS = 5000;
const FIRST_MS_AN_ITEM = 3;
/** Who was not told to come now is let in up to this share of the longest wait: the rest is for those who were. */
const NEWCOMER_SHARE = 0.5;
/** Slots are given this share of the longest wait too early, so that the queue does not run dry because kiosks come a little late. */
const LEAD_SHARE = 0.25;
/** A person who waits sends so few; they are let in like those with a slot. */
const FEW_ITEMS = 3;
/** Retry-After has whole seconds, so a kiosk may come up to one early. */
const EARLY_MS = 1000;
const LEAST_RETRY_MS = 1000;
/** The contract's longest wait. */
const MOST_WAIT_MS = 900_000;
/** The golden ratio's fraction: its multiples are spread evenly in [0, 1), however many they are. */
const SPREAD = 0.618_033_988_749_895;

/** Worker time an item over about the last 400 items. One measure counts for at most ten times what is known: a machine may sleep. */
function createPace(first: number) {
  let ms = first;
  let items = 1;
  return {
    msAnItem: () => ms / items,
    add: (count: number, cost: number) => {
      const keep = Math.exp(-count / 400);
      const believed = Math.min(Math.max(cost, count * 0.001), (10 * count * ms) / items);
      ms = ms * keep + believed;
      items = items * keep + count;
    },
  };
}

/**
 * Admission control with server-assigned slots (SOURCES.md, Delivery: come-back after an outage). The queue is bounded by an
 * estimated wait: items in it times
 * what an item costs, measured. Who is refused, and who has more, is told a slot after everybody who is in the queue or has a slot already; so
 * all who come back are spread over just the time that the known backlog needs. Pure: no timer, time comes in.
 */
export function createAdmission(options: AdmissionOptions): Admission {
  const { workers, now, maxWaitMs = MAX_WAIT_MS, firstMsAnItem = FIRST_MS_AN_ITEM } = options;
  const pace = createPace(firstMsAnItem);
  const slots = createSlotBook();
  let queued = 0;
  let overlong = 0;
  const waitFor = (items: number): number => (items * pace.msAnItem()) / workers;

  /** Longer than the contract can say: they come back early, spread over its last third, and are told again. */
  const sayable = (ms: number): number => {
    if (ms <= MOST_WAIT_MS) return ms;
    overlong = (overlong + SPREAD) % 1;
    return MOST_WAIT_MS * (1 - overlong / 3);
  };

  const giveSlot = (kiosk: string, items: number, least: number): number => {
    slots.drop(kiosk);
    const wait = waitFor(queued + slots.items) - maxWaitMs * LEAD_SHARE;
    const ms = Math.round(sayable(Math.max(least, wait)));
    slots.book(kiosk, items, now(), ms);
    return ms;
  };

  return {
    arrive: (kiosk, items) => {
      const at = now();
      slots.sweep(at);
      const slot = slots.of(kiosk);
      const due = slot !== null && at >= slot.at - EARLY_MS;
      const few = items <= FEW_ITEMS;
      const waitMs = waitFor(queued);
      if (waitMs <= (due || few ? maxWaitMs : maxWaitMs * NEWCOMER_SHARE)) {
        // A person's own act before the slot is no answer to it.
        if (due || !few) slots.drop(kiosk);
        queued += items;
        return { admitted: true, waitMs };
      }
      // Too early: the place is kept.
      const retryAfterMs = slot !== null && !due ? Math.round(slot.at - at) : giveSlot(kiosk, items, LEAST_RETRY_MS);
      return { admitted: false, retryAfterMs };
    },
    recount: (estimated, counted) => {
      queued = Math.max(0, queued - estimated + counted);
    },
    done: (items, ms) => {
      queued = Math.max(0, queued - items);
      if (items > 0) pace.add(items, ms);
    },
    left: (items) => {
      queued = Math.max(0, queued - items);
    },
    nextSlotMs: (kiosk, more) => {
      if (more > 0) return giveSlot(kiosk, more, 0);
      slots.drop(kiosk);
      return 0;
    },
    get load() {
      return { queuedItems: queued, promisedItems: slots.items, msAnItem: pace.msAnItem(), waitMs: waitFor(queued) };
    },
  };
}
