import type Database from 'better-sqlite3';
import { z } from 'zod';
import { RowChanges } from './row-changes.ts';
import { ChallengeRow, HEADER_COLUMNS, waitingStates } from './rows.ts';

const Num = z.object({ n: z.number().int() });
const numberOf = (row: unknown): number => Num.parse(row).n;
const Place = z.object({ seq: z.number().int(), receipt: z.string() });

/** Every statement of the outbox, prepared once for a connection. Rows come back raw: whoever reads one checks it by itself. */
export function statementsFor(db: Database.Database) {
  // Named, because SQLite would rather take the index of states and sort what it finds.
  const head = `FROM outbox INDEXED BY outbox_due WHERE head = 1 AND alone = 0 AND ${waitingStates}`;
  const alone = `FROM outbox INDEXED BY outbox_alone WHERE head = 1 AND alone = 1 AND ${waitingStates}`;
  const statements = {
    find: db.prepare('SELECT seq, hash, state FROM outbox WHERE id = ?'),
    header: db.prepare(`SELECT ${HEADER_COLUMNS} FROM outbox WHERE seq = ?`),
    sealed: db.prepare('SELECT sealed FROM payload WHERE seq = ?').pluck(),
    reserve: db.prepare('INSERT OR REPLACE INTO reservation (id, room) VALUES (?, zeroblob(?))'),
    release: db.prepare('DELETE FROM reservation WHERE id = ?'),
    dropReservations: db.prepare('DELETE FROM reservation'),
    lastSeq: db.prepare('SELECT seq AS n FROM outbox ORDER BY seq DESC LIMIT 1'),
    // Both kinds of what is due, each along its own index: what is due by now, and what a clock that jumped put too far away.
    due: db.prepare(`SELECT seq, receipt ${head} AND next_attempt <= ? ORDER BY next_attempt, seq LIMIT ?`),
    tooFar: db.prepare(`SELECT seq, receipt ${head} AND next_attempt > ? ORDER BY next_attempt, seq LIMIT ?`),
    dueAlone: db.prepare(`SELECT seq, receipt ${alone} AND next_attempt <= ? ORDER BY next_attempt, seq LIMIT 1`),
    nextDue: db.prepare(`SELECT next_attempt AS n ${head} AND next_attempt >= 0 ORDER BY next_attempt LIMIT 1`),
    nextAlone: db.prepare(`SELECT next_attempt AS n ${alone} AND next_attempt >= 0 ORDER BY next_attempt LIMIT 1`),
    // Rows of one receipt in one state: the index leads to each of them, however many there are.
    ofReceipt: db.prepare(
      'SELECT seq, state, next_attempt FROM outbox WHERE receipt = ? AND state = ? AND seq > ? ORDER BY seq LIMIT ?',
    ),
    // Whether each index leads to its row: what the long check asks, one step each.
    viaReceipt: db.prepare('SELECT 1 FROM outbox INDEXED BY outbox_receipt WHERE receipt = ? AND state = ? AND seq = ?').pluck(),
    viaState: db.prepare('SELECT 1 FROM outbox INDEXED BY outbox_state WHERE state = ? AND seq = ?').pluck(),
    viaDue: db.prepare(`SELECT 1 ${head} AND next_attempt = ? AND seq = ?`).pluck(),
    viaAlone: db.prepare(`SELECT 1 ${alone} AND next_attempt = ? AND seq = ?`).pluck(),
    firstOf: db.prepare('SELECT seq FROM outbox WHERE receipt = ? AND state = ? ORDER BY seq LIMIT 1').pluck(),
    look: db.prepare(
      'SELECT seq, kind, state, created_at, code FROM outbox WHERE receipt = ? AND state = ? ORDER BY seq LIMIT 1',
    ),
    isSending: db.prepare(`SELECT 1 FROM outbox WHERE seq = ? AND id = ? AND state = 'sending'`).pluck(),
    // Of these receipts (a JSON list) the ones of which something still waits: hardly ever any, and one question instead of two for each.
    stillWaiting: db
      .prepare(
        `SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM outbox WHERE receipt = value AND state = 'pending')
            OR EXISTS (SELECT 1 FROM outbox WHERE receipt = value AND state = 'sending')`,
      )
      .pluck(),
    setHead: db.prepare('UPDATE outbox SET head = ? WHERE seq = ? AND head <> ?'),
    postpone: db.prepare(`UPDATE outbox SET next_attempt = ?, attempts = attempts + ? WHERE seq = ? AND ${waitingStates}`),
    setAlone: db.prepare(
      `UPDATE outbox SET alone = 1, next_attempt = ?, attempts = attempts + 1 WHERE seq = ? AND ${waitingStates}`,
    ),
    setSegment: db.prepare('UPDATE outbox SET segment = ? WHERE seq = ?'),
    beginCancelling: db.prepare('INSERT OR IGNORE INTO cancelling (receipt) VALUES (?)'),
    endCancelling: db.prepare('DELETE FROM cancelling WHERE receipt = ?'),
    cancelling: db.prepare('SELECT receipt FROM cancelling LIMIT 1').pluck(),
    addChallenge: db.prepare('INSERT OR IGNORE INTO challenge (challenge, expires_at) VALUES (?, ?)'),
    dropExpired: db.prepare('DELETE FROM challenge WHERE expires_at <= ?'),
    challengeCount: db.prepare('SELECT count(*) AS n FROM challenge WHERE expires_at > ?'),
    takeChallenge: db.prepare(
      `DELETE FROM challenge WHERE challenge =
         (SELECT challenge FROM challenge WHERE expires_at > ? ORDER BY expires_at LIMIT 1) RETURNING challenge, expires_at`,
    ),
    note: db.prepare('INSERT OR REPLACE INTO note (key, value) VALUES (?, ?)'),
    noted: db.prepare('SELECT value FROM note WHERE key = ?').pluck(),
    finding: db.prepare('INSERT INTO finding (at, what, receipts) VALUES (?, ?, ?)'),
    trimFindings: db.prepare('DELETE FROM finding WHERE seq <= (SELECT max(seq) FROM finding) - ?'),
  };
  const all = (statement: Database.Statement, ...values: unknown[]) => statement.all(...values).map((row) => Place.parse(row));
  return {
    ...statements,
    change: new RowChanges(db),
    places: {
      due: (now: number, most: number) => all(statements.due, now, most),
      tooFar: (after: number, most: number) => all(statements.tooFar, after, most),
      alone: (now: number) => all(statements.dueAlone, now)[0] ?? null,
    },
    newest: (): number => {
      const row = statements.lastSeq.get();
      return row === undefined ? 0 : numberOf(row);
    },
    challenges: (now: number): number => numberOf(statements.challengeCount.get(now)),
    spendChallenge(now: number) {
      const row = statements.takeChallenge.get(now);
      return row === undefined ? undefined : ChallengeRow.parse(row);
    },
    nextOf: (statement: 'nextDue' | 'nextAlone'): number | null => {
      const row = statements[statement].get();
      return row === undefined ? null : numberOf(row);
    },
  };
}
export type Statements = ReturnType<typeof statementsFor>;
