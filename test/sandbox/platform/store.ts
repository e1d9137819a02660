import type Database from 'better-sqlite3';
import { z } from 'zod';
import { ApplicationContent, ApplicationState, FormId } from '../../../main/contract/application.ts';
import { GrantOn, MunicipalPolicy } from '../../../main/contract/catalogue.ts';
import { MaskedAccount, MyKeyId, RefusalCode } from '../../../main/contract/platform.ts';
import {
  Challenge,
  ReceiptNumber,
  SubmissionContent,
  SubmissionId,
  SubmissionKind,
  TerminalId,
} from '../../../main/contract/submission.ts';

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

/** `same_as`: the person that this one turned out to be. */
const PersonRow = z.object({ person: z.number().int(), my_key_id: MyKeyId, same_as: z.number().int().nullable() }).strict();
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
const BodyRow = z.object({ body: z.string() }).strict();

/** `account`: keyed hash. `since`, `frozen_at`: epoch ms. `first_day`: first day that counts, in Japan. Frozen: it earns no more. */
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
    frozen_at: z.number().int().nullable(),
  })
  .strict();
export type LinkRow = z.infer<typeof LinkRow>;

const RightRow = z.object({ person: z.number().int(), measure: z.string(), since: z.number().int() }).strict();

const { area: Area } = MunicipalPolicy.shape;
const MunicipalRow = z
  .object({
    person: z.number().int(),
    policy: z.string(),
    yen: count,
    at: z.number().int(),
    service: z.string(),
    area: Area,
    claimed: z.string().nullable(),
  })
  .strict();

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

/** `points`: what the subsidy pays; below zero where more was taken back. `municipal`: yen that municipalities owe. */
const ClaimRow = z
  .object({
    service: z.string(),
    month: z.string(),
    points: z.number().int(),
    municipal: count,
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
  const moveLink = db.prepare('UPDATE links SET person = ? WHERE person = ? AND measure = ?');
  const moveGrants = db.prepare('UPDATE grants SET person = ? WHERE person = ? AND measure = ?');
  const joins = [
    'INSERT OR IGNORE INTO rights SELECT @first, measure, since FROM rights WHERE person = @other',
    'UPDATE certificates SET person = @first WHERE person = @other',
    'UPDATE submissions SET person = @first WHERE person = @other',
    'UPDATE OR IGNORE municipal_grants SET person = @first WHERE person = @other',
    'UPDATE people SET same_as = @first WHERE person = @other',
  ].map((sql) => db.prepare(sql));
  return {
    /** All or nothing, on the disk when it returns; inside another: all or nothing of this part. */
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
    /** By the kiosk that sends it, and the id that this one made for it. */
    submission: one(SubmissionRow, 'SELECT * FROM submissions WHERE terminal = ? AND id = ?'),
    submissions: all(
      SubmissionRow.extend({ content: z.string().nullable() }),
      'SELECT s.*, w.content FROM submissions AS s LEFT JOIN witness AS w USING (terminal, id) ORDER BY s.received_at, s.rowid',
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
    addWitness: run('INSERT INTO witness (terminal, id, content) VALUES (?, ?, ?)'),
    addDelivery: run('INSERT INTO deliveries (id, kiosk, outcome, at) VALUES (?, ?, ?, ?)'),
    deliveryCounts: all(DeliveryCount, 'SELECT id, outcome, count(*) AS count FROM deliveries GROUP BY kiosk, id, outcome'),
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
      'SELECT p.person, p.my_key_id, p.same_as FROM certificates AS c JOIN people AS p ON p.person = c.person WHERE c.certificate = ?',
    ),
    personWithId: one(PersonRow, 'SELECT person, my_key_id, same_as FROM people WHERE my_key_id = ?'),
    addPerson: (myKeyId: string, at: number): number => Number(addPerson.run(myKeyId, at).lastInsertRowid),
    setCertificate: run(
      `INSERT INTO certificates (certificate, person, first_seen) VALUES (?, ?, ?)
       ON CONFLICT (certificate) DO UPDATE SET person = excluded.person`,
    ),
    people: all(PersonRow, 'SELECT person, my_key_id, same_as FROM people ORDER BY person'),
    certificatesOf: all(
      z.object({ certificate: z.string() }).strict(),
      'SELECT certificate FROM certificates WHERE person = ? ORDER BY first_seen, rowid',
    ),
    secret: one(z.object({ name: z.string(), value: z.instanceof(Uint8Array) }).strict(), 'SELECT * FROM secrets WHERE name = ?'),
    addSecret: run('INSERT INTO secrets (name, value) VALUES (?, ?)'),
    catalogue: one(CatalogueRow, 'SELECT * FROM catalogues WHERE version = ?'),
    newestCatalogue: one(CatalogueRow, 'SELECT * FROM catalogues ORDER BY version DESC LIMIT 1'),
    addCatalogue: run('INSERT OR IGNORE INTO catalogues (version, body) VALUES (?, ?)'),
    measure: one(BodyRow, 'SELECT body FROM measures WHERE measure = ?'),
    setMeasure: run('INSERT OR REPLACE INTO measures (measure, body) VALUES (?, ?)'),
    addRight: run('INSERT INTO rights (person, measure, since) VALUES (?, ?, ?)'),
    // Nobody's right begins before they have an ID.
    addRights: run('INSERT OR IGNORE INTO rights (person, measure, since) SELECT person, ?, max(created_at, ?) FROM people'),
    rights: all(RightRow, 'SELECT * FROM rights WHERE person = ? ORDER BY since DESC, measure DESC'),
    linkOf: one(LinkRow, 'SELECT * FROM links WHERE person = ? AND measure = ?'),
    linkOfAccount: one(LinkRow, 'SELECT * FROM links WHERE measure = ? AND service = ? AND account = ?'),
    linksOfAccount: all(LinkRow, 'SELECT * FROM links WHERE service = ? AND account = ?'),
    linksOfPerson: all(LinkRow, 'SELECT * FROM links WHERE person = ? ORDER BY since'),
    links: all(LinkRow, 'SELECT * FROM links ORDER BY since, person'),
    addLink: run(
      `INSERT INTO links (person, measure, service, account, masked, grant_on, catalogue, since, first_day)
       VALUES (@person, @measure, @service, @account, @masked, @grant_on, @catalogue, @since, @first_day)`,
    ),
    freezeLink: run('UPDATE links SET frozen_at = ? WHERE person = ? AND measure = ?'),
    /** Inside a transaction; the database looks at its references when that ends. */
    moveLink(measure: string, from: number, to: number): void {
      db.pragma('defer_foreign_keys = ON');
      moveLink.run(to, from, measure);
      moveGrants.run(to, from, measure);
    },
    /** Inside a transaction: everything but links. What both were granted under one policy stays where it is. */
    joinPeople(other: number, first: number): void {
      for (const join of joins) join.run({ other, first });
    },
    setBudget: run('INSERT OR REPLACE INTO budgets (policy, yen) VALUES (?, ?)'),
    addBudget: run('INSERT OR IGNORE INTO budgets (policy, yen) VALUES (?, ?)'),
    budget: one(z.object({ policy: z.string(), yen: count }).strict(), 'SELECT * FROM budgets WHERE policy = ?'),
    spentOf: one(z.object({ yen: count }).strict(), 'SELECT coalesce(sum(yen), 0) AS yen FROM municipal_grants WHERE policy = ?'),
    municipalGrant: one(MunicipalRow, 'SELECT * FROM municipal_grants WHERE person = ? AND policy = ?'),
    municipalGrants: all(MunicipalRow, 'SELECT * FROM municipal_grants WHERE person = ? ORDER BY at'),
    addMunicipalGrant: run(
      'INSERT INTO municipal_grants (person, policy, yen, at, service, area) VALUES (@person, @policy, @yen, @at, @service, @area)',
    ),
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
      z
        .object({
          points: z.number().int(),
          at: z.number().int(),
          claimed: z.string().nullable(),
          paid_at: z.number().int().nullable(),
        })
        .strict(),
      `SELECT g.points, g.at, g.claimed, c.paid_at FROM grants AS g LEFT JOIN claims AS c ON c.service = g.service AND c.month = g.claimed
        WHERE g.person = ? AND g.measure = ? ORDER BY g.seq`,
    ),
    addGrant: run('INSERT INTO grants (person, measure, service, points, at) VALUES (?, ?, ?, ?, ?)'),
    // What a service has been granted and has not claimed yet, before an instant.
    claimGrants: run('UPDATE grants SET claimed = @month WHERE service = @service AND at < @before AND claimed IS NULL'),
    claimMunicipal: run(
      'UPDATE municipal_grants SET claimed = @month WHERE service = @service AND at < @before AND claimed IS NULL',
    ),
    claimed: one(
      z.object({ people: count, points: z.number().int() }).strict(),
      `SELECT count(DISTINCT person) AS people, coalesce(sum(points), 0) AS points FROM grants
        WHERE service = @service AND claimed = @month`,
    ),
    claimedMunicipal: all(
      z.object({ policy: z.string(), area: Area, people: count, yen: count }).strict(),
      `SELECT policy, area, count(*) AS people, sum(yen) AS yen FROM municipal_grants
        WHERE service = @service AND claimed = @month GROUP BY policy, area ORDER BY policy, area`,
    ),
    allPoints: one(z.object({ points: z.number().int() }).strict(), 'SELECT coalesce(sum(points), 0) AS points FROM grants'),
    claim: one(ClaimRow, 'SELECT * FROM claims WHERE service = ? AND month = ?'),
    claims: all(ClaimRow, 'SELECT * FROM claims ORDER BY month, service'),
    addClaim: run(
      'INSERT INTO claims (service, month, points, municipal, claimed_at) VALUES (@service, @month, @points, @municipal, @at)',
    ),
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
