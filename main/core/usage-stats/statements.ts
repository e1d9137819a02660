import type Database from 'better-sqlite3';
import { z } from 'zod';
import { IssuedRow, Mark, OpeningRow, ServiceRow, StatsRow } from './stats-file.ts';

const StoredMark = z.looseObject({ orders: z.string().nullable(), held: z.string().nullable() });

/** Every statement of the counts, prepared once for a connection. What comes back passes zod. */
export function statsStatements(db: Database.Database) {
  const counts = db.prepare('SELECT day, key, count FROM tally WHERE day BETWEEN ? AND ?');
  const opening = db.prepare('SELECT day, first, last, served, console FROM opening WHERE day BETWEEN ? AND ?');
  const issued = db.prepare('SELECT month, cards FROM issued WHERE month BETWEEN ? AND ?');
  const service = db.prepare('SELECT day, promised, served, by_staff AS byStaff FROM service WHERE day BETWEEN ? AND ?');
  const mark = db.prepare('SELECT boot, uptime AS uptimeMs, wall, orders, held FROM mark');
  const setMark = db.prepare(
    'INSERT OR REPLACE INTO mark (one, boot, uptime, wall, orders, held) VALUES (1, @boot, @uptimeMs, @wall, @orders, @held)',
  );
  return {
    add: db.prepare(
      // What is taken back was counted on the same day; should its row be gone with a damaged file, nothing goes below zero.
      `INSERT INTO tally (day, key, count) VALUES (@day, @key, max(0, @count))
         ON CONFLICT (day, key) DO UPDATE SET count = max(0, count + @count)`,
    ),
    countMinute: db.prepare(
      `INSERT INTO opening (day, first, last, served, console) VALUES (@day, @first, @last, @served, @console)
         ON CONFLICT (day) DO UPDATE SET first = min(first, @first), last = max(last, @last),
           served = served + @served, console = console + @console`,
    ),
    serve: db.prepare(
      `INSERT INTO service (day, promised, served, by_staff) VALUES (@day, @promised, @served, @byStaff)
         ON CONFLICT (day) DO UPDATE SET promised = promised + @promised, served = served + @served, by_staff = by_staff + @byStaff`,
    ),
    setMark: ({ orders, held, ...rest }: Mark) =>
      setMark.run({ ...rest, orders: orders ? JSON.stringify(orders) : null, held: held ? JSON.stringify(held) : null }),
    dropMark: db.prepare('DELETE FROM mark'),
    dropService: db.prepare('DELETE FROM service WHERE day < ?'),
    setIssued: db.prepare('INSERT OR REPLACE INTO issued (month, cards) VALUES (@month, @cards)'),
    dropNothing: db.prepare('DELETE FROM tally WHERE count = 0'),
    dropCounts: db.prepare('DELETE FROM tally WHERE day < ?'),
    dropOpening: db.prepare('DELETE FROM opening WHERE day < ?'),
    counts: (from: string, to: string): StatsRow[] => counts.all(from, to).map((row) => StatsRow.parse(row)),
    opening: (from: string, to: string): OpeningRow[] => opening.all(from, to).map((row) => OpeningRow.parse(row)),
    service: (from: string, to: string): ServiceRow[] => service.all(from, to).map((row) => ServiceRow.parse(row)),
    mark: (): Mark | null => {
      const row = mark.get();
      if (row === undefined) return null;
      const { orders, held, ...rest } = StoredMark.parse(row);
      return Mark.parse({
        ...rest,
        ...(orders === null ? {} : { orders: JSON.parse(orders) }),
        ...(held === null ? {} : { held: JSON.parse(held) }),
      });
    },
    issued: (from: string, to: string): IssuedRow[] => issued.all(from, to).map((row) => IssuedRow.parse(row)),
  };
}
