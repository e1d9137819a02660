import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { Log } from '../../contract/log-events.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import { japanDay } from '../catalogue/finder.ts';
import { openDatabase, setAside } from '../outbox/database.ts';
import type { Clock } from '../ports.ts';
import type { StatsKey } from './keys.ts';
import type { Minute } from './pending-counts.ts';
import { createPendingCounts } from './pending-counts.ts';
import { statsStatements } from './statements.ts';
import { type IssuedRow, type Mark, type OpeningRow, type ServiceRow, type StatsRow, statsMigrations } from './stats-file.ts';

/** What was counted in a range of days. The same day and key may come twice (from the file, and not yet in it): they add up. */
export interface Counted {
  readonly rows: readonly StatsRow[];
  readonly opening: readonly OpeningRow[];
  /** Days with opening hours; empty where none were set. */
  readonly service: readonly ServiceRow[];
  readonly issued: readonly IssuedRow[];
}

/** The kiosk's counts. Nothing of it throws, and nothing waits for it: where the file cannot be written, only counts are lost. */
export interface UsageStats {
  /** @param day in Japan, YYYY-MM-DD @param n below zero takes back what was counted on that day */
  add(day: string, key: StatsKey, n: number): void;
  /** @param minute of the day in Japan, 0 to 1439 */
  beat(day: string, minute: number, what: Minute): void;
  /** Time within the opening hours, and up to when it counts now: both are written, or neither. */
  serve(rows: readonly ServiceRow[], mark: Mark): void;
  /** Up to when service had been counted; null: never, or it cannot be read. */
  mark(): Mark | null;
  /** No hours are set (any more): should they come back, counting begins then. */
  dropMark(): void;
  setIssued(month: string, cards: number): Result<null, 'storage'>;
  /** @param from first day @param to last day; `issued` holds whole months that touch the range */
  read(from: string, to: string): Result<Counted, 'storage'>;
  close(): void;
}

export interface UsageStatsOptions {
  /** Everything the core writes lies below it. */
  readonly data: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** At most one transaction in so long. */
const GATHER_MS = 1000;
/** A file that could not be written is tried again after so long. */
const RETRY_MS = 60_000;
/** Counts are for the year's report; then they go. */
const KEPT_DAYS = 400;
const DAY_MS = 86_400_000;

export const statsFile = (data: string): string => join(data, 'tally', 'tally.db');

function openOrSetAside({ data, clock, log }: UsageStatsOptions): Database.Database | null {
  const path = statsFile(data);
  const first = openDatabase(path, statsMigrations);
  if (first.ok) return first.value;
  log('core.fault', { where: `tally.${first.error}` });
  if (first.error !== 'damaged') return null;
  try {
    setAside(path, 'damaged', String(clock.now()));
  } catch {
    return null;
  }
  const anew = openDatabase(path, statsMigrations);
  return anew.ok ? anew.value : null;
}

/** Opens the counts. A damaged file is set aside and a new one begun; without a file the counts live until the core stops. */
export function openUsageStats(options: UsageStatsOptions): UsageStats {
  const { clock, log } = options;
  const db = openOrSetAside(options);
  const sql = db === null ? null : statsStatements(db);
  const pending = createPendingCounts();
  let timer: unknown = null;
  let failing = false;
  let tidied = '';

  const write = () => {
    if (db === null || sql === null) return;
    const today = japanDay(clock.now());
    db.transaction(() => {
      for (const row of pending.rows) sql.add.run(row);
      for (const row of pending.opening) sql.beat.run(row);
      for (const row of pending.service) sql.serve.run(row);
      if (pending.mark !== null) sql.setMark(pending.mark);
      sql.dropNothing.run();
      if (tidied === today) return;
      const oldest = japanDay(clock.now() - KEPT_DAYS * DAY_MS);
      sql.dropCounts.run(oldest);
      sql.dropOpening.run(oldest);
      sql.dropService.run(oldest);
    })();
    tidied = today;
    pending.clear();
  };
  const flush = () => {
    if (timer !== null) clock.clearTimeout(timer);
    timer = null;
    if (pending.empty) return;
    try {
      write();
      failing = false;
    } catch {
      if (!failing) log('core.fault', { where: 'tally.write' });
      failing = true;
    }
  };
  const soon = () => {
    timer ??= clock.setTimeout(flush, failing ? RETRY_MS : GATHER_MS);
  };

  return {
    add(day, key, n) {
      pending.add(day, key, n);
      soon();
    },
    beat(day, minute, what) {
      pending.beat(day, minute, what);
      soon();
    },
    serve(rows, mark) {
      pending.serve(rows, mark);
      soon();
    },
    mark() {
      try {
        return pending.mark ?? sql?.mark() ?? null;
      } catch {
        log('core.fault', { where: 'tally.mark' });
        return null;
      }
    },
    dropMark() {
      try {
        sql?.dropMark.run();
      } catch {
        log('core.fault', { where: 'tally.mark' });
      }
    },
    setIssued(month, cards) {
      try {
        if (sql === null) return err('storage');
        sql.setIssued.run({ month, cards });
        return ok(null);
      } catch {
        return err('storage');
      }
    },
    read(from, to) {
      try {
        const within = <T extends { day: string }>(rows: readonly T[]) => rows.filter(({ day }) => day >= from && day <= to);
        return ok({
          rows: [...(sql?.counts(from, to) ?? []), ...within(pending.rows)],
          opening: [...(sql?.opening(from, to) ?? []), ...within(pending.opening)],
          service: [...(sql?.service(from, to) ?? []), ...within(pending.service)],
          issued: sql?.issued(from.slice(0, 7), to.slice(0, 7)) ?? [],
        });
      } catch {
        log('core.fault', { where: 'tally.read' });
        return err('storage');
      }
    },
    close() {
      flush();
      db?.close();
    },
  };
}
