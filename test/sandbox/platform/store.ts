import type Database from 'better-sqlite3';
import { z } from 'zod';
import { ApplicationContent, ApplicationState, FormId } from '../../../main/contract/application.ts';
import { GrantOn } from '../../../main/contract/catalogue.ts';
import {
  Challenge,
  ReceiptNumber,
  SubmissionContent,
  SubmissionId,
  SubmissionKind,
  TerminalId,
} from '../../../main/contract/content.ts';
import { MaskedAccount, MyKeyId, RefusalCode } from '../../../main/contract/platform.ts';

/** What can be taken: signed by a card, or the application for one. */
export const AnyContent = z.union([SubmissionContent, ApplicationContent]);
export type AnyContent = z.infer<typeof AnyContent>;

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

const CatalogueRow = z.object({ version: z.number().int(), body: z.string() }).strict();

/** `account`: keyed hash. `since`: epoch ms. `first_day`: first day that counts, in Japan. */
export const LinkRow = z
  .object({
    person: z.number().int(),
    measure: z.string(),
    service: z.string(),
    account: z.instanceof(Uint8Array),
    masked: MaskedAccount,
    grant_on: GrantOn,
    catalogue: z.number().int(),
    since: z.number().int(),
    first_day: z.iso.date(),
  })
  .strict();
export type LinkRow = z.infer<typeof LinkRow>;

const MunicipalRow = z.object({ person: z.number().int(), policy: z.string(), yen: count, at: z.number().int() }).strict();

const ReportRow = z
  .object({
    seq: z.number().int(),
    service: z.string(),
    report: z.string(),
    kind: z.enum(['charge', 'purchase', 'reversal']),
    account: z.instanceof(Uint8Array).nullable(),
    yen: z.number().int().nullable(),
    reverses: z.string().nullable(),
    at: z.number().int(),
    received_at: z.number().int(),
  })
  .strict();

const CountedRow = z
  .object({
    kind: z.enum(['charge', 'purchase']),
    at: z.number().int(),
    yen: z.number().int().nullable(),
    reversed: z.number().int(),
  })
  .strict();

const FormRow = z.object({ form: FormId, used: z.number().int().min(0).max(1) }).strict();

/** `state`: ApplicationState as JSON. */
export const ApplicationRow = z
  .object({ id: SubmissionId, form: FormId, receipt: ReceiptNumber, terminal: TerminalId, state: z.string() })
  .strict();
export type ApplicationRow = z.infer<typeof ApplicationRow>;

/** `upto`: last entry of `grants` that it holds. */
const ClaimRow = z
  .object({
    service: z.string(),
    month: z.string(),
    points: z.number().int(),
    upto: z.number().int(),
    claimed_at: z.number().int(),
    paid_at: z.number().int().nullable(),
  })
  .strict();
export type ClaimRow = z.infer<typeof ClaimRow>;

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
    secret: one(z.object({ name: z.string(), value: z.instanceof(Uint8Array) }).strict(), 'SELECT * FROM secrets WHERE name = ?'),
    addSecret: run('INSERT INTO secrets (name, value) VALUES (?, ?)'),
    catalogue: one(CatalogueRow, 'SELECT * FROM catalogues WHERE version = ?'),
    newestCatalogue: one(CatalogueRow, 'SELECT * FROM catalogues ORDER BY version DESC LIMIT 1'),
    addCatalogue: run('INSERT OR IGNORE INTO catalogues (version, body) VALUES (?, ?)'),
    linkOf: one(LinkRow, 'SELECT * FROM links WHERE person = ? AND measure = ?'),
    linkOfAccount: one(LinkRow, 'SELECT * FROM links WHERE measure = ? AND service = ? AND account = ?'),
    linksOfAccount: all(LinkRow, 'SELECT * FROM links WHERE service = ? AND account = ?'),
    links: all(LinkRow, 'SELECT * FROM links ORDER BY since, person'),
    addLink: run(
      `INSERT INTO links (person, measure, service, account, masked, grant_on, catalogue, since, first_day)
       VALUES (@person, @measure, @service, @account, @masked, @grant_on, @catalogue, @since, @first_day)`,
    ),
    setBudget: run('INSERT OR REPLACE INTO budgets (policy, yen) VALUES (?, ?)'),
    budget: one(z.object({ policy: z.string(), yen: count }).strict(), 'SELECT * FROM budgets WHERE policy = ?'),
    spentOf: one(z.object({ yen: count }).strict(), 'SELECT coalesce(sum(yen), 0) AS yen FROM municipal_grants WHERE policy = ?'),
    municipalGrant: one(MunicipalRow, 'SELECT * FROM municipal_grants WHERE person = ? AND policy = ?'),
    municipalGrants: all(MunicipalRow, 'SELECT * FROM municipal_grants WHERE person = ? ORDER BY at'),
    addMunicipalGrant: run('INSERT INTO municipal_grants (person, policy, yen, at) VALUES (?, ?, ?, ?)'),
    submissionsOf: all(
      z.object({ kind: SubmissionKind, received_at: z.number().int() }).strict(),
      `SELECT kind, received_at FROM submissions WHERE person = ? AND outcome = 'accepted' ORDER BY received_at`,
    ),
    report: one(ReportRow, 'SELECT * FROM reports WHERE service = ? AND report = ?'),
    addReport: run(
      `INSERT INTO reports (service, report, kind, account, yen, reverses, at, received_at)
       VALUES (@service, @report, @kind, @account, @yen, @reverses, @at, @received_at)`,
    ),
    // `reversed`: when, epoch ms; 0: it was not. Of several reversals the first counts.
    reportsOf: all(
      CountedRow,
      `SELECT r.kind, r.at, r.yen, coalesce((SELECT min(v.at) FROM reports AS v WHERE v.service = r.service AND v.reverses = r.report), 0) AS reversed
         FROM reports AS r WHERE r.service = ? AND r.account = ? AND r.kind <> 'reversal' ORDER BY r.at, r.seq`,
    ),
    pointsOf: one(
      z.object({ points: z.number().int() }).strict(),
      'SELECT coalesce(sum(points), 0) AS points FROM grants WHERE person = ? AND measure = ?',
    ),
    grantsOf: all(
      z.object({ points: z.number().int(), at: z.number().int() }).strict(),
      'SELECT points, at FROM grants WHERE person = ? AND measure = ? ORDER BY seq',
    ),
    addGrant: run('INSERT INTO grants (person, measure, service, points, at) VALUES (?, ?, ?, ?, ?)'),
    // What a service has been granted and has not claimed yet, before an instant.
    unclaimed: one(
      z.object({ points: z.number().int(), upto: z.number().int() }).strict(),
      `SELECT coalesce(sum(points), 0) AS points, coalesce(max(seq), 0) AS upto FROM grants
        WHERE service = @service AND at < @before AND seq > (SELECT coalesce(max(upto), 0) FROM claims WHERE service = @service)`,
    ),
    lastClaimed: one(z.object({ upto: count }).strict(), 'SELECT coalesce(max(upto), 0) AS upto FROM claims WHERE service = ?'),
    allPoints: one(z.object({ points: z.number().int() }).strict(), 'SELECT coalesce(sum(points), 0) AS points FROM grants'),
    claim: one(ClaimRow, 'SELECT * FROM claims WHERE service = ? AND month = ?'),
    claims: all(ClaimRow, 'SELECT * FROM claims ORDER BY month, service'),
    addClaim: run('INSERT INTO claims (service, month, points, upto, claimed_at) VALUES (@service, @month, @points, @upto, @at)'),
    payClaim: run('UPDATE claims SET paid_at = ? WHERE service = ? AND month = ? AND paid_at IS NULL'),
    addForm: run('INSERT OR IGNORE INTO forms (form, printed_at) VALUES (?, ?)'),
    form: one(
      FormRow,
      'SELECT form, EXISTS (SELECT 1 FROM applications AS a WHERE a.form = f.form) AS used FROM forms AS f WHERE form = ?',
    ),
    forms: all(
      FormRow,
      'SELECT form, EXISTS (SELECT 1 FROM applications AS a WHERE a.form = f.form) AS used FROM forms AS f ORDER BY printed_at, form',
    ),
    addApplication: run(
      'INSERT INTO applications (id, form, receipt, terminal, state) VALUES (@id, @form, @receipt, @terminal, @state)',
    ),
    application: one(ApplicationRow, 'SELECT * FROM applications WHERE terminal = ? AND receipt = ? ORDER BY rowid DESC LIMIT 1'),
    applications: all(ApplicationRow, 'SELECT * FROM applications ORDER BY rowid'),
    moveApplication: run('UPDATE applications SET state = ? WHERE terminal = ? AND receipt = ?'),
    stateOf: (row: ApplicationRow) => ApplicationState.parse(JSON.parse(row.state)),
    contentOf: (text: string) => AnyContent.parse(JSON.parse(text)),
    close: () => void db.close(),
  };
}
export type Store = ReturnType<typeof createStore>;
