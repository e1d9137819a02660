import type Database from 'better-sqlite3';
import { z } from 'zod';
import { SubmissionId } from '../../contract/content.ts';
import { ParkedStored, RowState, WaitingRow } from './rows.ts';

const waiting = `state IN ('pending', 'sending')`;
const AnswerCount = z.object({ code: z.string(), count: z.number().int() }).strict();
const Place = z.object({ seq: z.number().int(), id: SubmissionId }).strict();

/** What only the staff's side asks of the outbox. What comes back passes zod. */
export function staffStatementsFor(db: Database.Database) {
  const oldest = db.prepare(`SELECT min(created_at) AS at FROM outbox WHERE ${waiting}`);
  const parked = db.prepare(
    `SELECT id, receipt, kind, created_at, attempts, code FROM outbox WHERE state = 'parked' ORDER BY seq LIMIT ?`,
  );
  const answers = db.prepare(
    `SELECT coalesce(code, state) AS code, count(*) AS count FROM
       (SELECT code, state FROM outbox WHERE state IN ('accepted', 'refused', 'parked') ORDER BY settled_at DESC, seq DESC LIMIT ?)
      GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 40`,
  );
  const places = db.prepare(`SELECT seq, id FROM outbox WHERE ${waiting} AND seq > ? ORDER BY seq LIMIT ?`);
  const row = db.prepare(`SELECT seq, id, kind, receipt, sealed, attempts, state FROM outbox WHERE id = ? AND ${waiting}`);
  const state = db.prepare('SELECT state FROM outbox WHERE id = ?');
  return {
    oldest: (): number | null => z.object({ at: z.number().int().nullable() }).parse(oldest.get()).at,
    parked: (most: number): ParkedStored[] => parked.all(most).map((found) => ParkedStored.parse(found)),
    answers: (most: number) => answers.all(most).map((found) => AnswerCount.parse(found)),
    places: (after: number, most: number) => places.all(after, most).map((found) => Place.parse(found)),
    row(id: string): WaitingRow | null {
      const found = row.get(id);
      return found === undefined ? null : WaitingRow.parse(found);
    },
    state(id: string): RowState | null {
      const found = state.get(id);
      return found === undefined ? null : z.object({ state: RowState }).parse(found).state;
    },
    // Not `pending`: a parked row was handed to the network at least once, and what may have left nobody can cancel.
    unpark: db.prepare(
      `UPDATE outbox SET state = 'sending', attempts = 0, next_attempt = @now, code = NULL, settled_at = NULL
        WHERE id = @id AND state = 'parked' AND sealed IS NOT NULL`,
    ),
    allDue: db.prepare(`UPDATE outbox SET next_attempt = @now WHERE ${waiting} AND next_attempt > @now`),
    check: (): boolean => db.pragma('quick_check', { simple: true }) === 'ok',
    version: (): number => Number(db.pragma('user_version', { simple: true })),
    sqlite: (): string => z.object({ v: z.string() }).parse(db.prepare('SELECT sqlite_version() AS v').get()).v,
  };
}
export type StaffStatements = ReturnType<typeof staffStatementsFor>;
