import type { Snapshot } from '../../../contract/port.ts';
import { japanDay } from '../../catalogue/finder.ts';
import type { Clock } from '../../ports.ts';
import type { Minute } from './pending-counts.ts';
import type { Tally } from './tally.ts';
import { createVisitWatch } from './visit-watch.ts';

const MINUTE_MS = 60_000;
const JAPAN_MINUTES = 9 * 60;
const DAY_MINUTES = 24 * 60;

/** The kiosk as the counting sees it: what is on the screen, and nothing else. */
export interface Watched {
  snapshot(): Snapshot;
  onSnapshot(listener: (snapshot: Snapshot) => void): () => void;
}

const minuteOf = ({ screen }: Snapshot): Minute =>
  screen.name !== 'out-of-order' ? 'served' : screen.reason === 'staff' ? 'console' : 'out-of-order';

/**
 * Counts what is on the screen, and the minutes it could be used. Never in the way of a visit: what goes wrong in here stays in here.
 * @param fault told once when the counting itself has a bug
 * @returns stop
 */
export function createTallyFeed(kiosk: Watched, clock: Clock, tally: Tally, fault: () => void): () => void {
  const watch = createVisitWatch(({ day, key, n }) => tally.add(day, key, n));
  let broken = false;
  const safely = (run: () => void) => {
    if (broken) return;
    try {
      run();
    } catch {
      broken = true;
      fault();
    }
  };
  const see = (snapshot: Snapshot) => safely(() => watch(snapshot, { day: japanDay(clock.now()), ms: clock.monotonic() }));
  let timer: unknown = null;
  let beaten = -1;
  // In the middle of every minute of the wall clock, so that none is left out or counted twice however late a timer comes.
  const later = () => {
    timer = clock.setTimeout(beat, MINUTE_MS - ((clock.now() + MINUTE_MS / 2) % MINUTE_MS));
  };
  const beat = () => {
    const now = clock.now();
    const minute = Math.floor(now / MINUTE_MS);
    if (minute !== beaten) {
      beaten = minute;
      safely(() => tally.beat(japanDay(now), (minute + JAPAN_MINUTES) % DAY_MINUTES, minuteOf(kiosk.snapshot())));
    }
    later();
  };
  const unsubscribe = kiosk.onSnapshot(see);
  see(kiosk.snapshot());
  later();
  return () => {
    unsubscribe();
    clock.clearTimeout(timer);
  };
}
