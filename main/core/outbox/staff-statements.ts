import type Database from 'better-sqlite3';
import { z } from 'zod';
import { SubmissionId } from '../../contract/submission.ts';
import { AloneStored, Finding, FindingCode, ParkedStored, RowState } from './rows.ts';

const AnswerRow = z.object({ code: z.string(), at: z.number().int().nullable(), seq: z.number().int() });
const CodeCount = z.object({ code: z.string(), count: z.number().int() }).strict();
const Place = z.object({ seq: z.number().int(), id: SubmissionId }).strict();
const StateOnly = z.object({ state: RowState });
const At = z.object({ seq: z.number().int(), at: z.number().int() });
const StoredFinding = z.object({ at: z.number().int(), what: FindingCode, receipts: z.string() });

/** A row that is not as its schema says is left out here: the long check mends it or says that it is lost. */
const good = <S extends z.ZodType>(schema: S, rows: readonly unknown[]): z.infer<S>[] =>
  rows.flatMap((row) => {
    const parsed = schema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });

const finding = (raw: unknown): Finding[] =>
  good(StoredFinding, [raw]).flatMap(({ at, what, receipts }) => {
    try {
      return good(Finding, [{ at, what, receipts: JSON.parse(receipts) }]);
    } catch {
      return [];
    }
  });

const PARKED_COLUMNS = 'id, receipt, kind, created_at, attempts, code, seq';
/** No index knows the kind: of more rows than these the later ones are not looked through, so that the call stays short. */
const MOST_LOOKED_THROUGH = 5000;
const ofKind = (rows: string): string =>
  `SELECT id, receipt, kind, created_at, attempts, code FROM (${rows} ORDER BY seq LIMIT ${MOST_LOOKED_THROUGH})
    WHERE @kind IS NULL OR kind = @kind ORDER BY seq LIMIT @most`;

/** What only the staff's side asks of the outbox. What comes back passes zod. */
export function staffStatementsFor(db: Database.Database) {
  const statements = {
    oldest: db.prepare('SELECT seq, created_at AS at FROM outbox WHERE state = ? ORDER BY seq LIMIT 1'),
    parked: db.prepare(ofKind(`SELECT ${PARKED_COLUMNS} FROM outbox WHERE state = 'parked' AND seq > 0`)),
    parkedBy: db.prepare(
      ofKind(`SELECT ${PARKED_COLUMNS} FROM outbox INDEXED BY outbox_code WHERE state = 'parked' AND code = @code`),
    ),
    alone: db.prepare(
      `SELECT id, receipt, kind, attempts, next_attempt FROM outbox INDEXED BY outbox_alone
        WHERE head = 1 AND alone = 1 AND state IN ('pending', 'sending') AND next_attempt >= 0 ORDER BY next_attempt LIMIT ?`,
    ),
    answered: db.prepare(
      `SELECT coalesce(code, state) AS code, settled_at AS at, seq FROM outbox INDEXED BY outbox_settled
        WHERE state IN ('accepted', 'refused') AND settled_at >= 0 ORDER BY settled_at DESC, seq DESC LIMIT ?`,
    ),
    answeredParked: db.prepare(
      `SELECT coalesce(code, state) AS code, settled_at AS at, seq FROM outbox WHERE state = 'parked' ORDER BY seq DESC LIMIT ?`,
    ),
    places: db.prepare('SELECT seq, id FROM outbox WHERE state = ? AND seq > ? ORDER BY seq LIMIT ?'),
    state: db.prepare('SELECT state FROM outbox WHERE id = ?'),
    receiptAt: db.prepare('SELECT receipt FROM outbox WHERE seq = ?').pluck(),
    place: db.prepare('SELECT seq, id FROM outbox WHERE id = ?'),
    nextCode: db
      .prepare(`SELECT code FROM outbox INDEXED BY outbox_code WHERE state = 'parked' AND code > ? ORDER BY code LIMIT 1`)
      .pluck(),
    countCode: db
      .prepare(
        `SELECT count(*) AS n FROM (SELECT 1 FROM outbox INDEXED BY outbox_code WHERE state = 'parked' AND code = ? LIMIT ?)`,
      )
      .pluck(),
    findings: db.prepare('SELECT at, what, receipts FROM finding WHERE seen = 0 ORDER BY seq DESC LIMIT ?'),
    unseen: db.prepare('SELECT at, what, receipts FROM finding WHERE seen = 0 ORDER BY seq LIMIT 50'),
    acknowledge: db.prepare('UPDATE finding SET seen = 1 WHERE seen = 0'),
    sqlite: db.prepare('SELECT sqlite_version() AS v').pluck(),
  };
  return {
    statements,
    oldest: (): number | null =>
      good(At, [statements.oldest.get('pending'), statements.oldest.get('sending')]).sort((a, b) => a.seq - b.seq)[0]?.at ?? null,
    parked: (most: number, code: string | undefined, kind: string | undefined): ParkedStored[] => {
      const wanted = { most, kind: kind ?? null };
      return good(
        ParkedStored,
        code === undefined ? statements.parked.all(wanted) : statements.parkedBy.all({ ...wanted, code }),
      );
    },
    alone: (most: number): AloneStored[] => good(AloneStored, statements.alone.all(most)),
    /** Codes of the last rows that were answered, newest first. */
    answers: (last: number): { code: string; count: number }[] => {
      const rows = good(AnswerRow, [...statements.answered.all(last), ...statements.answeredParked.all(last)]);
      rows.sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || b.seq - a.seq);
      const counts = new Map<string, number>();
      for (const { code } of rows.slice(0, last)) counts.set(code, (counts.get(code) ?? 0) + 1);
      const list = [...counts].map(([code, count]) => ({ code, count }));
      return good(CodeCount, list.sort((a, b) => b.count - a.count || a.code.localeCompare(b.code)).slice(0, 40));
    },
    /** One index step for each code, not for each row. @param most counted of one code */
    parkedReasons: (most: number): { code: string; count: number }[] => {
      const reasons: { code: string; count: number }[] = [];
      for (let code: unknown = statements.nextCode.get(''); typeof code === 'string'; code = statements.nextCode.get(code)) {
        reasons.push({ code, count: z.number().parse(statements.countCode.get(code, most)) });
        if (reasons.length >= 40) break;
      }
      return reasons;
    },
    places: (after: number, most: number, states: readonly RowState[]) =>
      states
        .flatMap((state) => good(Place, statements.places.all(state, after, most)))
        .sort((a, b) => a.seq - b.seq)
        .slice(0, most),
    state(id: string): RowState | null {
      const found = StateOnly.safeParse(statements.state.get(id));
      return found.success ? found.data.state : null;
    },
    /** As it stands there. */
    receiptAt: (seq: number): unknown => statements.receiptAt.get(seq),
    place: (id: string): number | null => good(Place, [statements.place.get(id)])[0]?.seq ?? null,
    findings: (most: number): Finding[] => statements.findings.all(most).flatMap(finding),
    unseen: (): Finding[] => statements.unseen.all().flatMap(finding),
    version: (): number => Number(db.pragma('user_version', { simple: true })),
    sqlite: (): string => z.string().parse(statements.sqlite.get()),
  };
}
export type StaffStatements = ReturnType<typeof staffStatementsFor>;
