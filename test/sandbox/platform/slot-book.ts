/** A kiosk was told to come back at `at` (monotonic ms) with about so many items. */
export interface Slot {
  readonly items: number;
  readonly at: number;
}

export interface SlotBook {
  /** Items of everybody who was told to come back and has not yet. */
  readonly items: number;
  of(kiosk: string): Slot | null;
  /** Comes back in `waitMs`; in place of an earlier slot of the same kiosk. */
  book(kiosk: string, items: number, now: number, waitMs: number): void;
  drop(kiosk: string): void;
  /** Forgets who has not come long after the slot: it had nothing more, or its line is down. */
  sweep(now: number): void;
}

/** A kiosk may come a tenth later than it was told; beyond that, a little patience. */
const LATE_SHARE = 0.1;
const LATE_MS = 30_000;
const SWEEP_MS = 3000;
/** A name costs a sender nothing (without TLS), and memory here: the oldest go first. */
const MOST_SLOTS = 100_000;

/** Who was told to come back when. Pure: time comes in. */
export function createSlotBook(): SlotBook {
  /** In the order of booking, which is nearly that of the slots. */
  const slots = new Map<string, Slot & { readonly ends: number }>();
  let items = 0;
  const drop = (kiosk: string): void => {
    items -= slots.get(kiosk)?.items ?? 0;
    slots.delete(kiosk);
  };
  const dropOldest = (): void => {
    const oldest = slots.keys().next().value;
    if (oldest !== undefined) drop(oldest);
  };
  let lastSweep = Number.NEGATIVE_INFINITY;
  return {
    get items() {
      return items;
    },
    of: (kiosk) => slots.get(kiosk) ?? null,
    book: (kiosk, count, now, waitMs) => {
      drop(kiosk);
      if (slots.size >= MOST_SLOTS) dropOldest();
      slots.set(kiosk, { items: count, at: now + waitMs, ends: now + waitMs * (1 + LATE_SHARE) + LATE_MS });
      items += count;
    },
    drop,
    sweep: (now) => {
      if (now - lastSweep < SWEEP_MS) return;
      lastSweep = now;
      for (const [kiosk, { ends }] of slots) if (ends < now) drop(kiosk);
    },
  };
}
