import type Database from 'better-sqlite3';
import { z } from 'zod';
import { ChallengeRow, CountRow, RowState, WaitingRow } from './rows.ts';

const waiting = `state IN ('pending', 'sending')`;

/** Every statement of the outbox, prepared once for a connection. What comes back passes zod. */
export function statementsFor(db: Database.Database) {
  const due = db.prepare(
    // The first condition of each half lets the partial index do the work; an unsettled earlier row of the receipt that is not due
    // holds the later ones back.
    `SELECT seq, id, kind, receipt, sealed, attempts, state FROM outbox AS o
      WHERE ${waiting} AND (next_attempt <= @now OR next_attempt > @tooFar)
        AND NOT EXISTS (SELECT 1 FROM outbox AS e WHERE e.receipt = o.receipt AND e.seq < o.seq AND e.${waiting}
                          AND e.next_attempt > @now AND e.next_attempt <= @tooFar)
      ORDER BY seq LIMIT @items`,
  );
  const nextDue = db.prepare(`SELECT min(next_attempt) AS at FROM outbox WHERE ${waiting}`);
  const count = db.prepare('SELECT state, count(*) AS count FROM outbox GROUP BY state');
  const challengeCount = db.prepare('SELECT count(*) AS count FROM challenge WHERE expires_at > ?');
  const takeChallenge = db.prepare(
    `DELETE FROM challenge WHERE challenge =
       (SELECT challenge FROM challenge WHERE expires_at > ? ORDER BY expires_at LIMIT 1) RETURNING challenge, expires_at`,
  );
  return {
    find: db.prepare('SELECT hash, state FROM outbox WHERE id = ?'),
    reserve: db.prepare('INSERT OR REPLACE INTO reservation (id, room) VALUES (?, zeroblob(?))'),
    release: db.prepare('DELETE FROM reservation WHERE id = ?'),
    dropReservations: db.prepare('DELETE FROM reservation'),
    insert: db.prepare(
      `INSERT INTO outbox (id, kind, receipt, sealed, hash, state, next_attempt, created_at)
       VALUES (@id, @kind, @receipt, @sealed, @hash, 'pending', @now, @now)`,
    ),
    sending: db.prepare(`UPDATE outbox SET state = 'sending' WHERE id = ? AND state = 'pending'`),
    byReceipt: db.prepare(
      // A parked row's code is for staff.
      `SELECT kind, state, created_at, CASE state WHEN 'refused' THEN code END AS code
         FROM outbox WHERE receipt = ? ORDER BY seq LIMIT 1`,
    ),
    // Of one receipt everything or nothing: where a row may have left, none is cancelled.
    cancel: db.prepare(
      `UPDATE outbox SET state = 'cancelled', sealed = NULL, settled_at = @now WHERE receipt = @receipt AND state = 'pending'
          AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.receipt = @receipt AND o.state <> 'pending')`,
    ),
    settle: db.prepare(
      `UPDATE outbox SET state = @state, reference = @reference, code = @code, settled_at = @now,
              sealed = CASE WHEN @keep = 1 THEN sealed ELSE NULL END
        WHERE id = @id AND ${waiting}`,
    ),
    trim: db.prepare(
      `DELETE FROM outbox WHERE seq IN
         (SELECT seq FROM outbox WHERE state IN ('accepted', 'refused') ORDER BY seq DESC LIMIT -1 OFFSET ?)`,
    ),
    postpone: db.prepare(`UPDATE outbox SET next_attempt = ?, attempts = attempts + ? WHERE id = ? AND ${waiting}`),
    addChallenge: db.prepare('INSERT OR IGNORE INTO challenge (challenge, expires_at) VALUES (?, ?)'),
    dropExpired: db.prepare('DELETE FROM challenge WHERE expires_at <= ?'),
    takeChallenge: {
      get(now: number) {
        const row = takeChallenge.get(now);
        return row === undefined ? undefined : ChallengeRow.parse(row);
      },
    },
    /** One row at a time: a hundred applications with their pictures need not be in memory to send one. */
    *due(now: number, tooFar: number, items: number): Generator<WaitingRow> {
      for (const row of due.iterate({ now, tooFar, items })) yield WaitingRow.parse(row);
    },
    nextDue: (): number | null => z.object({ at: z.number().int().nullable() }).parse(nextDue.get()).at,
    challengeCount: (now: number): number => z.object({ count: z.number().int() }).parse(challengeCount.get(now)).count,
    counts(): Record<RowState, number> {
      const counts = Object.fromEntries(RowState.options.map((state) => [state, 0])) as Record<RowState, number>;
      for (const row of count.all()) {
        const { state, count: n } = CountRow.parse(row);
        counts[state] = n;
      }
      return counts;
    },
  };
}
export type Statements = ReturnType<typeof statementsFor>;
