import type { Calendar } from '../hours/calendar.ts';
import type { Override } from '../hours/override-store.ts';
import type { Clock } from '../ports.ts';
import type { Boot } from '../sync/platform-time.ts';
import { type Mark, MOST_ORDERS, MOST_SPANS, type ServiceRow } from './stats-file.ts';

/** What the kiosk is at a moment: somebody could use it, staff have closed it by hand, or neither (out of order, console open, hours not begun). */
export type Service = 'served' | 'by-staff' | 'lost';

type Order = NonNullable<Mark['orders']>[number];
type Span = NonNullable<Mark['held']>['spans'][number];

export interface ServiceCountDeps {
  readonly calendar: Calendar;
  /** What staff said of the opening by hand, also what has ended. */
  readonly override: () => Override | null;
  readonly clock: Clock;
  readonly boot: Boot;
  /** Up to when has been counted, from the file; null: counting begins now. */
  readonly mark: () => Mark | null;
  readonly add: (rows: readonly ServiceRow[], mark: Mark) => void;
}

/** Who does not look at the time for so long was asleep, or stood still: nobody was served. */
const STILL_MS = 150_000;
/** A machine that has just been switched on may have to be told the time first; what went before is counted once that is over. */
const SETTLED_MS = 120_000;

/** Sums by day of the time that the opening hours promise. Moments in epoch ms. */
function daySums(calendar: Calendar, orders: readonly Order[]) {
  const rows = new Map<string, ServiceRow>();
  const count = (from: number, to: number, what: Service) => {
    for (const [day, ms] of calendar.openBetween(from, to)) {
      const { promised, served, byStaff } = rows.get(day) ?? { promised: 0, served: 0, byStaff: 0 };
      rows.set(day, {
        day,
        promised: promised + ms,
        served: served + (what === 'served' ? ms : 0),
        byStaff: byStaff + (what === 'by-staff' ? ms : 0),
      });
    }
  };
  /** Switched off, or not running: closed by staff as far as they had said so. */
  const countGap = (from: number, to: number) => {
    const within = (ms: number) => Math.min(to, Math.max(from, ms));
    count(from, within(orders[0]?.at ?? to), 'lost');
    for (const [n, { at, closed }] of orders.entries()) {
      const begin = within(at);
      const end = within(orders[n + 1]?.at ?? to);
      const opens = closed === null ? begin : Math.min(end, Math.max(begin, closed.until ?? end));
      count(begin, opens, 'by-staff');
      count(opens, end, 'lost');
    }
  };
  return { rows, count, countGap };
}

const lengthOf = (spans: readonly Span[]) => spans.reduce((total, { ms }) => total + ms, 0);

/** What a mark holds back, as the next look goes on with it. */
function heldOf(last: Mark | null, boot: Boot): { service: Span['service'] | null; seen: number; spans: Span[] } {
  const held = last?.held;
  if (held?.boot !== boot.id) return { service: null, seen: 0, spans: [] };
  // Between that core and this one none ran.
  return { service: 'not-running', seen: held.uptimeMs, spans: [...held.spans] };
}

/**
 * Counts the time that the opening hours promise, and what became of it. Within one run of the machine time is its uptime, so a clock that is
 * set makes nothing longer, shorter or double: it only says which minutes of the calendar they were. Time in which the core did not run is what
 * lies between the mark and now; over a restart of the machine by the wall clock, which is all there is.
 * @returns to be called whenever the service may have changed, and every minute
 */
export function createServiceCount({ calendar, override, clock, boot, mark, add }: ServiceCountDeps): (now: Service) => void {
  let last = mark();
  /** What staff's word is now, as a mark keeps it. */
  const orderAt = (at: number): Order => {
    const said = override();
    return { at, closed: said?.set === 'closed' ? { until: said.until } : null };
  };
  /** What they had said at the mark, and since. A mark of an earlier version does not tell: then what stands now, since when it was said. */
  let orders: readonly Order[] = last?.orders ?? [orderAt(override()?.at ?? 0)];
  /** `spans`: of this run of the machine, not counted yet. */
  let { service, seen, spans } = heldOf(last, boot);

  /** Counts up to a moment, which becomes the mark. */
  const countTo = ({ id, uptimeMs, wall }: { id: string; uptimeMs: number; wall: number }, order: Order) => {
    const { rows, count, countGap } = daySums(calendar, orders);
    const run = lengthOf(spans);
    let at = wall - run;
    if (last !== null) {
      // The first look of this run of the core: what lies before it. Later on the mark is where the spans begin.
      const gap = last.boot === id ? Math.max(0, uptimeMs - run - last.uptimeMs) : Math.max(0, at - last.wall);
      countGap(at - gap, at);
    }
    for (const { ms, service: what } of spans) {
      if (what === 'not-running') countGap(at, at + ms);
      else count(at, at + ms, what);
      at += ms;
    }
    spans = [];
    orders = [order];
    last = { boot: id, uptimeMs, wall, orders: [...orders] };
    add([...rows.values()], last);
  };

  if (last?.held !== undefined && last.held.boot !== boot.id) {
    // A run of the machine ended before it was counted: by the clock it had. A clock that was behind cannot be told apart from lost time.
    const { spans: kept, boot: id, uptimeMs, wall } = last.held;
    if (wall - lengthOf(kept) >= last.wall) {
      spans = kept;
      countTo({ id, uptimeMs, wall }, orders.at(-1) ?? orderAt(wall));
    }
  }

  /** Only kept: another core may be the one that counts this time. */
  const hold = (before: Mark, uptimeMs: number, wall: number) => {
    const order = orderAt(wall);
    if (JSON.stringify(order.closed) !== JSON.stringify(orders.at(-1)?.closed ?? null))
      orders = [...orders, order].slice(-MOST_ORDERS);
    add([], {
      ...before,
      orders: [...orders],
      held: { boot: boot.id, uptimeMs, wall, spans: spans.slice(-MOST_SPANS) },
    });
  };

  return (now) => {
    const uptimeMs = Math.floor(boot.uptimeMs());
    const wall = clock.now();
    if (service !== null) {
      const ms = Math.max(0, uptimeMs - seen);
      if (ms > 0) spans.push({ ms, service: ms > STILL_MS && service !== 'not-running' ? 'lost' : service });
    }
    seen = uptimeMs;
    service = now;
    if (last !== null && last.boot !== boot.id && uptimeMs < SETTLED_MS) hold(last, uptimeMs, wall);
    else countTo({ id: boot.id, uptimeMs, wall }, orderAt(wall));
  };
}
