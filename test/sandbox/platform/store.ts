import type Database from 'better-sqlite3';
import { z } from 'zod';
import { Challenge, SubmissionContent, SubmissionId, SubmissionKind, TerminalId } from '../../../main/contract/content.ts';
import { MyKeyId, RefusalCode } from '../../../main/contract/platform.ts';

const count = z.number().int().nonnegative();
const ChallengeRow = z
  .object({
    challenge: Challenge,
    kiosk: TerminalId,
    issued_at: z.number().int(),
    expires_at: z.number().int(),
    used_by: SubmissionId.nullable(),
  })
  .strict();
export type ChallengeRow = z.infer<typeof ChallengeRow>;

const PersonRow = z.object({ person: z.number().int(), my_key_id: MyKeyId }).strict();
export type PersonRow = z.infer<typeof PersonRow>;

export const SubmissionRow = z
  .object({
    id: SubmissionId,
    kind: SubmissionKind,
    receipt: z.string(),
    terminal: TerminalId,
    sealed_sha256: z.instanceof(Uint8Array),
    outcome: z.enum(['accepted', 'refused']),
    code: RefusalCode.nullable(),
    reference: z.string(),
    reply: z.string().nullable(),
    person: z.number().int().nullable(),
    received_at: z.number().int(),
  })
  .strict();
export type SubmissionRow = z.infer<typeof SubmissionRow>;

/** What was answered to one delivery of an item. */
export const DeliveryOutcome = z.enum(['accepted', 'refused', 'duplicate', 'conflict']);
export type DeliveryOutcome = z.infer<typeof DeliveryOutcome>;
const DeliveryCount = z.object({ id: SubmissionId, outcome: DeliveryOutcome, count }).strict();

/** Every query of the platform, over one connection. What comes back passes zod. */
export function createStore(db: Database.Database) {
  const one = <S extends z.ZodType>(schema: S, sql: string) => {
    const statement = db.prepare(sql);
    return (...values: unknown[]): z.infer<S> | null => {
      const row = statement.get(...values);
      return row === undefined ? null : schema.parse(row);
    };
  };
  const all = <S extends z.ZodType>(schema: S, sql: string) => {
    const statement = db.prepare(sql);
    return (...values: unknown[]): z.infer<S>[] => statement.all(...values).map((row) => schema.parse(row));
  };
  const run = (sql: string) => {
    const statement = db.prepare(sql);
    return (...values: unknown[]): number => statement.run(...values).changes;
  };
  const addPerson = db.prepare('INSERT INTO people (my_key_id, created_at) VALUES (?, ?)');
  return {
    /** All or nothing, on the disk when it returns. */
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
    submission: one(SubmissionRow, 'SELECT * FROM submissions WHERE id = ?'),
    submissions: all(
      SubmissionRow.extend({ content: z.string().nullable() }),
      'SELECT s.*, w.content FROM submissions AS s LEFT JOIN witness AS w ON w.id = s.id ORDER BY s.received_at, s.rowid',
    ),
    outcomeCounts: one(
      z.object({ accepted: count, refused: count }).strict(),
      `SELECT count(*) FILTER (WHERE outcome = 'accepted') AS accepted, count(*) FILTER (WHERE outcome = 'refused') AS refused
         FROM submissions`,
    ),
    addSubmission: run(
      `INSERT INTO submissions (id, kind, receipt, terminal, sealed_sha256, outcome, code, reference, reply, person, received_at)
       VALUES (@id, @kind, @receipt, @terminal, @sealed_sha256, @outcome, @code, @reference, @reply, @person, @received_at)`,
    ),
    addWitness: run('INSERT INTO witness (id, content) VALUES (?, ?)'),
    addDelivery: run('INSERT INTO deliveries (id, kiosk, outcome, at) VALUES (?, ?, ?, ?)'),
    deliveryCounts: all(DeliveryCount, 'SELECT id, outcome, count(*) AS count FROM deliveries GROUP BY id, outcome'),
    challenge: one(ChallengeRow, 'SELECT * FROM challenges WHERE challenge = ?'),
    addChallenge: run('INSERT INTO challenges (challenge, kiosk, issued_at, expires_at) VALUES (?, ?, ?, ?)'),
    spendChallenge: run('UPDATE challenges SET used_by = ? WHERE challenge = ? AND used_by IS NULL'),
    dropChallenges: run('DELETE FROM challenges WHERE expires_at < ?'),
    challengeCounts: one(
      z.object({ issued: count, used: count }).strict(),
      'SELECT count(*) AS issued, count(used_by) AS used FROM challenges',
    ),
    personOf: one(
      PersonRow,
      'SELECT p.person, p.my_key_id FROM certificates AS c JOIN people AS p ON p.person = c.person WHERE c.certificate = ?',
    ),
    personWithId: one(PersonRow, 'SELECT person, my_key_id FROM people WHERE my_key_id = ?'),
    addPerson: (myKeyId: string, at: number): number => Number(addPerson.run(myKeyId, at).lastInsertRowid),
    setCertificate: run(
      `INSERT INTO certificates (certificate, person, first_seen) VALUES (?, ?, ?)
       ON CONFLICT (certificate) DO UPDATE SET person = excluded.person`,
    ),
    people: all(PersonRow, 'SELECT person, my_key_id FROM people ORDER BY person'),
    certificatesOf: all(
      z.object({ certificate: z.string() }).strict(),
      'SELECT certificate FROM certificates WHERE person = ? ORDER BY first_seen, rowid',
    ),
    contentOf: (text: string) => SubmissionContent.parse(JSON.parse(text)),
    close: () => void db.close(),
  };
}
export type Store = ReturnType<typeof createStore>;
