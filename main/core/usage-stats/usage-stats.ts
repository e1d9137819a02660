import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { Log } from '../../contract/log-events.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import { openDatabase, setAside } from '../outbox/database.ts';
import type { Clock } from '../ports.ts';
import { japanDay } from '../time.ts';
import type { StatsKey } from './keys.ts';
import { LazyWriter } from './lazy-writer.ts';
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

export interface UsageStatsDeps {
  /** Everything the core writes lies below it. */
  readonly data: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Counts are for the year's report; then they go. */
const KEPT_DAYS = 400;
const DAY_MS = 86_400_000;

export const statsFile = (data: string): string => join(data, 'tally', 'tally.db');

function openOrSetAside({ data, clock, log }: UsageStatsDeps): Database.Database | null {
  const path = statsFile(data);
  const first = openDatabase(path, statsMigrations);
  if (first.ok) return first.value;
  log('core.fault', { where: `usage-stats.${first.error}` });
  if (first.error !== 'damaged') return null;
  try {
    setAside(path, 'damaged', String(clock.now()));
  } catch {
    return null;
  }
  const anew = openDatabase(path, statsMigrations);
  return anew.ok ? anew.value : null;
}

/** The kiosk's counts. Nothing of it throws, and nothing waits for it: where the file cannot be written, only counts are lost. */
class CountsFile {
  private readonly db: Database.Database | null;
  private readonly sql: ReturnType<typeof statsStatements> | null;
  private readonly log: Log;
  private readonly pending = createPendingCounts();
  private readonly writer: LazyWriter;
  private readonly clock: Clock;
  /** The day on which old counts were dropped last. */
  private tidied = '';

  /** @param db null: the counts live until the core stops */
  constructor(db: Database.Database | null, { clock, log }: Pick<UsageStatsDeps, 'clock' | 'log'>) {
    this.db = db;
    this.sql = db === null ? null : statsStatements(db);
    this.clock = clock;
    this.log = log;
    this.writer = new LazyWriter({
      clock,
      write: () => this.write(),
      onFault: () => log('core.fault', { where: 'usage-stats.write' }),
    });
  }

  /** @param day in Japan, YYYY-MM-DD @param n below zero takes back what was counted on that day */
  add(day: string, key: StatsKey, n: number): void {
    this.pending.add(day, key, n);
    this.writer.soon();
  }

  /** @param minute of the day in Japan, 0 to 1439 */
  countMinute(day: string, minute: number, what: Minute): void {
    this.pending.countMinute(day, minute, what);
    this.writer.soon();
  }

  /** Time within the opening hours, and up to when it counts now: both are written, or neither. */
  serve(rows: readonly ServiceRow[], mark: Mark): void {
    this.pending.serve(rows, mark);
    this.writer.soon();
  }

  /** Up to when service had been counted; null: never, or it cannot be read. */
  mark(): Mark | null {
    return this.attempt('mark', null, () => this.pending.mark ?? this.sql?.mark() ?? null);
  }

  /** No hours are set (any more): should they come back, counting begins then. */
  dropMark(): void {
    this.attempt('mark', undefined, () => void this.sql?.dropMark.run());
  }

  setIssued(month: string, cards: number): Result<null, 'storage'> {
    try {
      if (this.sql === null) return err('storage');
      this.sql.setIssued.run({ month, cards });
      return ok(null);
    } catch {
      return err('storage');
    }
  }

  /** @param from first day @param to last day; `issued` holds whole months that touch the range */
  read(from: string, to: string): Result<Counted, 'storage'> {
    const { sql, pending } = this;
    const within = <T extends { day: string }>(rows: readonly T[]) => rows.filter(({ day }) => day >= from && day <= to);
    return this.attempt<Result<Counted, 'storage'>>('read', err('storage'), () =>
      ok({
        rows: [...(sql?.counts(from, to) ?? []), ...within(pending.rows)],
        opening: [...(sql?.opening(from, to) ?? []), ...within(pending.opening)],
        service: [...(sql?.service(from, to) ?? []), ...within(pending.service)],
        issued: sql?.issued(from.slice(0, 7), to.slice(0, 7)) ?? [],
      }),
    );
  }

  close(): void {
    this.writer.flush();
    this.db?.close();
  }

  /** @returns `otherwise`, and a line in the log, where the file fails */
  private attempt<T>(what: string, otherwise: T, run: () => T): T {
    try {
      return run();
    } catch {
      this.log('core.fault', { where: `usage-stats.${what}` });
      return otherwise;
    }
  }

  private write(): void {
    const { db, sql, pending, clock } = this;
    if (pending.empty || db === null || sql === null) return;
    const today = japanDay(clock.now());
    db.transaction(() => {
      for (const row of pending.rows) sql.add.run(row);
      for (const row of pending.opening) sql.countMinute.run(row);
      for (const row of pending.service) sql.serve.run(row);
      if (pending.mark !== null) sql.setMark(pending.mark);
      sql.dropNothing.run();
      if (this.tidied === today) return;
      const oldest = japanDay(clock.now() - KEPT_DAYS * DAY_MS);
      sql.dropCounts.run(oldest);
      sql.dropOpening.run(oldest);
      sql.dropService.run(oldest);
    })();
    this.tidied = today;
    pending.clear();
  }
}

export type UsageStats = Pick<CountsFile, keyof CountsFile>;

/** Opens the counts. A damaged file is set aside and a new one begun; without a file the counts live until the core stops. */
export const openUsageStats = (options: UsageStatsDeps): UsageStats => new CountsFile(openOrSetAside(options), options);
