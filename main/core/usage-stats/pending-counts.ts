import type { StatsKey } from './keys.ts';
import type { Mark, OpeningRow, ServiceRow, StatsRow } from './stats-file.ts';

/** What a minute of the kiosk was: usable, with the staff's console open, or out of order. */
export type Minute = 'served' | 'console' | 'out-of-order';

/** Counts that are not in the file yet. Bounded by the number of different keys and days, not by events. */
export interface PendingCounts {
  add(day: string, key: StatsKey, n: number): void;
  countMinute(day: string, minute: number, what: Minute): void;
  serve(rows: readonly ServiceRow[], mark: Mark): void;
  readonly empty: boolean;
  readonly rows: readonly StatsRow[];
  readonly opening: readonly OpeningRow[];
  readonly service: readonly ServiceRow[];
  /** Up to when those rows count; null: none were added. */
  readonly mark: Mark | null;
  clear(): void;
}

/** A count may be below zero here: it takes back what is in the file already. */
export function createPendingCounts(): PendingCounts {
  const counts = new Map<string, Map<StatsKey, number>>();
  const opening = new Map<string, OpeningRow>();
  const service = new Map<string, ServiceRow>();
  let mark: Mark | null = null;
  return {
    add(day, key, n) {
      const ofDay = counts.get(day) ?? new Map<StatsKey, number>();
      counts.set(day, ofDay.set(key, (ofDay.get(key) ?? 0) + n));
    },
    countMinute(day, minute, what) {
      const { first, last, served, console } = opening.get(day) ?? { first: minute, last: minute, served: 0, console: 0 };
      opening.set(day, {
        day,
        first: Math.min(first, minute),
        last: Math.max(last, minute),
        served: served + (what === 'served' ? 1 : 0),
        console: console + (what === 'console' ? 1 : 0),
      });
    },
    serve(rows, upTo) {
      mark = upTo;
      for (const { day, promised, served, byStaff } of rows) {
        const before = service.get(day) ?? { promised: 0, served: 0, byStaff: 0 };
        service.set(day, {
          day,
          promised: before.promised + promised,
          served: before.served + served,
          byStaff: before.byStaff + byStaff,
        });
      }
    },
    get empty() {
      return counts.size === 0 && opening.size === 0 && mark === null;
    },
    get service() {
      return [...service.values()];
    },
    get mark() {
      return mark;
    },
    get rows() {
      return [...counts].flatMap(([day, ofDay]) => [...ofDay].map(([key, count]) => ({ day, key, count })));
    },
    get opening() {
      return [...opening.values()];
    },
    clear() {
      counts.clear();
      opening.clear();
      service.clear();
      mark = null;
    },
  };
}
