import type { HoursOrder } from '../../contract/hours.ts';
import { createListeners } from '../../contract/listeners.ts';
import type { Clock } from '../ports.ts';
import { japanDay, japanDayNumber, japanDayStart } from '../time.ts';
import type { Calendar } from './calendar.ts';
import type { Override, OverrideStore } from './override-store.ts';

export interface OpeningState {
  readonly open: boolean;
  /** Who decided: nobody (no hours are set), the hours, or staff. */
  readonly by: 'always' | 'hours' | 'staff';
  /** When it changes next, epoch ms; null: not known, or never. */
  readonly until: number | null;
}

/** Is the kiosk open now, until when, and by whose word. A visit that goes on is none of its business. */
export interface Opening {
  readonly state: OpeningState;
  /** null: no hours are set. */
  readonly calendar: Calendar | null;
  readonly override: Override | null;
  /** @returns false: it holds now, but could not be kept for the next start */
  order(order: HoursOrder): boolean;
  /** Told when the state has changed, and at every midnight in Japan. @returns unsubscribe */
  onChange(listener: () => void): () => void;
  /** Looks at the clock now. */
  look(): void;
  start(): void;
  stop(): void;
}

const MINUTE_MS = 60_000;
/** A clock that was set, or a machine that slept, is noticed within so long. */
const LOOK_MS = 15_000;

/** Does it hold at that time? */
const holds = (override: Override | null, at: number): override is Override =>
  override !== null && (override.until === null || at < override.until);

/** Pure. @param at epoch ms */
function openingAt(calendar: Calendar | null, override: Override | null, at: number): OpeningState {
  if (holds(override, at)) {
    const open = override.set === 'open';
    const { until } = override;
    if (until === null || calendar === null) return { open, by: 'staff', until };
    return { open, by: 'staff', until: open ? calendar.closing(until) : calendar.opening(until) };
  }
  if (calendar === null) return { open: true, by: 'always', until: null };
  const open = calendar.isOpen(at);
  return { open, by: 'hours', until: open ? calendar.closing(at) : calendar.opening(at) };
}

function overrideOf(order: HoursOrder, calendar: Calendar | null, at: number): Override | null {
  const say = (set: Override['set'], until: number | null): Override => ({ v: 1, set, at, until });
  switch (order) {
    case 'open-today':
      return say('open', japanDayStart(japanDayNumber(at) + 1));
    case 'open':
      return say('open', null);
    case 'close':
      return say('closed', null);
    case 'close-till-next': {
      const closes = calendar?.closing(at) ?? null;
      return say('closed', closes === null ? null : (calendar?.opening(closes) ?? null));
    }
    case 'follow':
      return null;
  }
}

export interface OpeningDeps {
  readonly calendar: Calendar | null;
  readonly clock: Clock;
  readonly store: OverrideStore;
}

/** Looks at the wall clock at every minute, and oftener, because that clock may be set and the machine may sleep. */
export function createOpening({ calendar, clock, store }: OpeningDeps): Opening {
  const changes = createListeners<[]>();
  let override = store.read();
  let state = openingAt(calendar, override, clock.now());
  let day = japanDay(clock.now());
  let timer: unknown = null;
  let started = false;

  const look = () => {
    const now = clock.now();
    const next = openingAt(calendar, override, now);
    const today = japanDay(now);
    const same = today === day && next.open === state.open && next.by === state.by && next.until === state.until;
    state = next;
    day = today;
    if (!same) changes.emit();
  };
  const later = () => {
    if (timer !== null) clock.clearTimeout(timer);
    timer = null;
    // Without hours nothing changes by itself, but what staff have set an end to.
    if (!started || (calendar === null && (override?.until ?? null) === null)) return;
    const beat = () => {
      timer = null;
      look();
      later();
    };
    timer = clock.setTimeout(beat, Math.min(LOOK_MS, MINUTE_MS - (clock.now() % MINUTE_MS)));
  };
  return {
    get state() {
      return state;
    },
    calendar,
    get override() {
      return override;
    },
    order(order) {
      override = overrideOf(order, calendar, clock.now());
      const kept = store.write(override);
      look();
      later();
      return kept;
    },
    onChange: changes.add,
    look,
    start() {
      started = true;
      look();
      later();
    },
    stop() {
      started = false;
      later();
    },
  };
}
