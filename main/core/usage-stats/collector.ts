import type { Snapshot } from '../../contract/page-protocol.ts';
import type { Opening, OpeningState } from '../hours/opening.ts';
import type { Clock } from '../ports.ts';
import type { Boot } from '../sync/platform-time.ts';
import { japanDay, japanMinute } from '../time.ts';
import type { Minute } from './pending-counts.ts';
import { createServiceCount, type Service } from './service-count.ts';
import type { UsageStats } from './usage-stats.ts';
import { createVisitWatch } from './visit-watch.ts';

const MINUTE_MS = 60_000;

/** The kiosk as the counting sees it: what is on the screen, and nothing else. */
export interface Watched {
  snapshot(): Snapshot;
  onSnapshot(listener: (snapshot: Snapshot) => void): () => void;
  readonly opening: Pick<Opening, 'state' | 'calendar' | 'override' | 'onChange'>;
}

const minuteOf = ({ screen }: Snapshot): Minute =>
  screen.name !== 'out-of-order' ? 'served' : screen.reason === 'staff' ? 'console' : 'out-of-order';

/** A visit that goes on after closing time is served; on nobody's screens the word of the staff counts. */
function serviceOf({ screen }: Snapshot, { open, by }: OpeningState): Service {
  if (screen.name !== 'closed' && screen.name !== 'out-of-order') return 'served';
  return by === 'staff' && !open ? 'by-staff' : 'lost';
}

/**
 * Counts what is on the screen, and the minutes it could be used. Never in the way of a visit: what goes wrong in here stays in here.
 * Where opening hours are set, their time is counted by `service-count.ts`; else minutes between the first and the last beat of a day.
 * @param fault told once when the counting itself has a bug
 * @returns stop
 */
export function createUsageCollector(
  kiosk: Watched,
  clock: Clock,
  boot: Boot,
  usageStats: UsageStats,
  fault: () => void,
): () => void {
  const watch = createVisitWatch(({ day, key, n }) => usageStats.add(day, key, n));
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
  const { calendar } = kiosk.opening;
  const count =
    calendar === null
      ? null
      : createServiceCount({
          calendar,
          override: () => kiosk.opening.override,
          clock,
          boot,
          mark: () => usageStats.mark(),
          add: (rows, mark) => usageStats.serve(rows, mark),
        });
  if (count === null) usageStats.dropMark();
  const serve = () => safely(() => count?.(serviceOf(kiosk.snapshot(), kiosk.opening.state)));
  const see = (snapshot: Snapshot) => safely(() => watch(snapshot, { day: japanDay(clock.now()), ms: clock.monotonic() }));
  let timer: unknown = null;
  let beaten = -1;
  // In the middle of every minute of the wall clock, so that none is left out or counted twice however late a timer comes.
  const later = () => {
    timer = clock.setTimeout(countMinute, MINUTE_MS - ((clock.now() + MINUTE_MS / 2) % MINUTE_MS));
  };
  const countMinute = () => {
    const now = clock.now();
    const minute = Math.floor(now / MINUTE_MS);
    serve();
    if (minute !== beaten && count === null) {
      beaten = minute;
      safely(() => usageStats.countMinute(japanDay(now), japanMinute(now), minuteOf(kiosk.snapshot())));
    }
    later();
  };
  const unsubscribe = [
    kiosk.onSnapshot((snapshot) => {
      see(snapshot);
      serve();
    }),
    kiosk.opening.onChange(serve),
  ];
  see(kiosk.snapshot());
  serve();
  later();
  return () => {
    serve();
    for (const end of unsubscribe) end();
    clock.clearTimeout(timer);
  };
}
