import { z } from 'zod';
import { CAMERA_TROUBLES, CAMERA_USES } from './camera.ts';
import { HOURS_ORDERS } from './hours.ts';
import { KEY_LAYOUTS, OWN_KEYS } from './key-layout.ts';
import { localised } from './languages.ts';
import { LeftOut } from './left-out.ts';
import { EnrolmentCode } from './platform.ts';
import { Journey } from './screens.ts';
import { ReceiptNumber, SubmissionId, SubmissionKind } from './submission.ts';

/**
 * What passes between the staff's page (a second browser, on the staff's own device) and the core. A Port of its own: the public page can
 * send none of this. Nothing in here names a person: no account, certificate, address, picture or content (DESIGN.md, Journeys).
 */

/** `clerk`: sees, calls, retries. `engineer`: also settings, enrolment, export and import. */
export const StaffRole = z.enum(['clerk', 'engineer']);
export type StaffRole = z.infer<typeof StaffRole>;

/** 32 random bytes, base64url: lives on the staff's own device; the kiosk keeps only its SHA-256. */
export const StaffKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** Six digits or more; whatever keyboard the device has. */
const Passcode = z.string().min(6).max(64);

// ---- Health: numbered small checks

export const HealthCheckId = z.enum([
  'reader', // a reader is there
  'card-contact', // a card was read without a fault since the start (or: lay one on)
  'addon', // native/pcsc loads, Node-API only
  'pcscd', // the service answers
  'polkit', // the core's user may use it
  'database', // integrity of the outbox
  'disk', // free space against the settings
  'clock', // against the platform's
  'platform', // reachable, how long it took
  'device-certificate', // mutual TLS: days left
  'printer',
  'camera',
  'audio',
  'versions',
  'scanner', // the hand scanner that the settings name
  'journeys', // what the settings name is offered
]);
export type HealthCheckId = z.infer<typeof HealthCheckId>;

export const HealthResult = z
  .object({
    /** From 1, in the order of HealthCheckId: people on the telephone say "number four". */
    number: z.number().int().min(1),
    id: HealthCheckId,
    state: z.enum(['good', 'warning', 'bad', 'unknown']),
    /** A code from a fixed list of the check's own; the page has the words and what to do. */
    finding: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/),
    /** Numbers and versions for the words: counts, ms, days, names of readers. */
    facts: z.record(z.string().regex(/^[a-z][a-zA-Z0-9]{0,29}$/), z.union([z.number(), z.string().max(120)])),
  })
  .strict();
export type HealthResult = z.infer<typeof HealthResult>;

export const HealthReport = z.object({ at: z.iso.datetime(), terminal: z.string(), results: z.array(HealthResult) }).strict();
export type HealthReport = z.infer<typeof HealthReport>;

// ---- Queue

const count = z.number().int().min(0);
const ParkedRow = z
  .object({
    id: SubmissionId,
    receipt: ReceiptNumber,
    kind: SubmissionKind,
    at: z.iso.datetime(),
    attempts: count,
    reason: z.string().regex(/^[A-Za-z0-9._-]{1,60}$/),
  })
  .strict();

/** What can be noticed about the two copies of the queue (the database and its journal). */
export const FindingCode = z.enum([
  'database-damaged', // set aside, and made again from the journal and from what could be read
  'database-gone',
  'database-stale', // older than the journal: put back from a backup, or its WAL was lost
  'journal-damaged',
  'journal-gone',
  'journal-stale',
  'row-damaged', // one row was made again from its other copy
  'row-restored', // written when the power went, and nobody had been told: delivered all the same
  'row-lost', // in neither copy
  'write-failed', // an act was refused because it could not be made durable; the file was given up
  'salvaged', // rows put back by staff
  'stood-still', // the core stood still at the queue, at this row where one is named, and was started again
]);
export type FindingCode = z.infer<typeof FindingCode>;
/** Receipts of one finding or answer; `more`: that many others are not listed. */
const receipts = { receipts: z.array(ReceiptNumber).max(50), more: count };
const QueueFinding = z.object({ at: z.iso.datetime(), what: FindingCode, ...receipts }).strict();

/** A row at which the platform fails: it waits, is tried alone and rarely, and holds no other up. */
const AloneRow = z
  .object({ id: SubmissionId, receipt: ReceiptNumber, kind: SubmissionKind, attempts: count, next: z.iso.datetime() })
  .strict();

/** Which parked rows; null: any. */
export const ParkedFilter = z.object({ reason: ParkedRow.shape.reason.nullable(), kind: SubmissionKind.nullable() }).strict();
export type ParkedFilter = z.infer<typeof ParkedFilter>;

/** The check of every row and of both copies, which runs beside the service. `at`: its last end; null: none has ended since the start. `put-off`: the core stood still at it; it begins again some hours later, or when staff ask. */
export const QueueVerdict = z
  .object({
    state: z.enum(['running', 'put-off', 'good', 'repaired', 'damaged']),
    at: z.iso.datetime().nullable(),
    checked: count,
    wrong: count,
  })
  .strict();
export type QueueVerdict = z.infer<typeof QueueVerdict>;
export const QueueView = z
  .object({
    counts: z
      .object({ pending: count, sending: count, accepted: count, refused: count, parked: count, cancelled: count, lost: count })
      .strict(),
    line: z.enum(['online', 'offline']),
    /** Age of the oldest row that waits, seconds; null: none waits. */
    oldestSeconds: z.number().int().min(0).nullable(),
    nextAttempt: z.iso.datetime().nullable(),
    /** Answers of the platform to the last rows, by code (accepted, refusal codes, parked reasons). */
    lastAnswers: z.array(z.object({ code: z.string().max(60), count }).strict()).max(40),
    /** Those that the request asked for, oldest first; `counts.parked` says how many there are in all. */
    parked: z.array(ParkedRow).max(100),
    /** All parked rows by their reason. */
    parkedReasons: z.array(z.object({ reason: ParkedRow.shape.reason, count }).strict()).max(40),
    alone: z.array(AloneRow).max(50),
    /** Newest first, until they are acknowledged. */
    findings: z.array(QueueFinding).max(50),
    verdict: QueueVerdict,
    challenges: count,
    /** Where an export can go: mounted media, by name. */
    media: z.array(z.string().max(80)).max(8),
  })
  .strict();
export type QueueView = z.infer<typeof QueueView>;

/** A queue's file that was set aside, counted; nothing of its content. */
export const SetAsideFile = z
  .object({
    name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/),
    /** null: not even its form can be read. */
    rows: z
      .object({
        waiting: count,
        parked: count,
        settled: count,
        /** Unsent, whole, and not in the queue of today: what "save rows" would put back. */
        missing: count,
        /** Rows whose own check fails, and places that cannot be read. */
        bad: count,
      })
      .strict()
      .nullable(),
  })
  .strict();
export type SetAsideFile = z.infer<typeof SetAsideFile>;

// ---- Report

/** A count that would single somebody out is not shown. */
export const Shown = z.union([count, z.literal('few')]);
export type Shown = z.infer<typeof Shown>;
const shownBy = z.array(z.object({ key: z.string().max(60), count: Shown }).strict()).max(60);
export const StaffReport = z
  .object({
    from: z.iso.date(),
    to: z.iso.date(),
    visits: Shown,
    setUps: Shown,
    /** Cards newly issued in the month, as staff entered it; null: not entered. */
    issued: count.nullable(),
    /** Set-ups as a share of half the cards issued, percent (the ministry's plan: about 50 %); null: cannot be said. */
    planPercent: z.number().int().min(0).nullable(),
    signUps: shownBy,
    applications: Shown,
    municipal: Shown,
    /** key: `step.reason` */
    abandoned: shownBy,
    helpedPercent: z.number().int().min(0).max(100).nullable(),
    /** journey to minutes, one decimal */
    medianMinutes: z.array(z.object({ key: z.string().max(60), minutes: z.number().min(0) }).strict()).max(20),
    /** locked, expired, ... */
    referrals: shownBy,
    /** Served out of what the opening hours promised, what staff closed by hand left out; without hours: out of the minutes between a day's first and last. */
    uptimePercent: z.number().min(0).max(100).nullable(),
    /** Whole minutes within the opening hours of the period, as far as they have passed; null: no hours are set. */
    opening: z.object({ promisedMinutes: count, servedMinutes: count, closedByStaffMinutes: count }).strict().nullable(),
    /** One bar a day for the picture. */
    days: z.array(z.object({ day: z.iso.date(), setUps: Shown, signUps: Shown, applications: Shown }).strict()).max(62),
    /** Below this a count is `few`. */
    threshold: z.number().int().min(1),
  })
  .strict();
export type StaffReport = z.infer<typeof StaffReport>;

// ---- Settings, audit

export const SettingRow = z.object({ key: z.string().max(120), value: z.string().max(400), from: z.string().max(200) }).strict();
export type SettingRow = z.infer<typeof SettingRow>;
export const SettingsView = z
  .object({
    rows: z.array(SettingRow).max(400),
    profile: z.string().max(60),
    profiles: z.array(z.string().max(60)).max(20),
    /** Days the device's certificate still lasts; null: none. */
    certificateDays: z.number().int().nullable(),
    /** Whose certificate the device shows: that of `platform.tls` (which always wins), the one it was enrolled with, or none. */
    identity: z.enum(['settings', 'enrolled', 'none']),
  })
  .strict();
export type SettingsView = z.infer<typeof SettingsView>;

export const AuditEntry = z
  .object({
    seq: z.number().int().min(1),
    at: z.iso.datetime(),
    role: z.enum(['clerk', 'engineer', 'kiosk', 'nobody']),
    /** The key's own name, given by the engineer who made it ("window 1"), not a person's; empty: none. */
    key: z.string().max(40),
    action: z.string().regex(/^[a-z][a-z0-9.-]{1,59}$/),
    outcome: z.string().regex(/^[A-Za-z0-9._-]{1,60}$/),
    /** SHA-256, hex. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
  })
  .strict();
export type AuditEntry = z.infer<typeof AuditEntry>;
export const AuditView = z
  .object({
    /** Newest first. */
    entries: z.array(AuditEntry).max(50),
    total: count,
    chain: z.discriminatedUnion('state', [
      z.object({ state: z.literal('whole'), checked: count }).strict(),
      z.object({ state: z.literal('broken'), at: z.number().int().min(1) }).strict(),
    ]),
  })
  .strict();
export type AuditView = z.infer<typeof AuditView>;

/** A file for the staff's device. */
export const StaffFile = z
  .object({ name: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,80}$/), type: z.string().max(60), base64: z.base64().max(2_000_000) })
  .strict();
export type StaffFile = z.infer<typeof StaffFile>;

// ---- Trial of cameras and hand scanner, on the public screen while the console is open

export const DeviceTrial = z
  .object({
    /** What is tried; null: nothing. */
    use: z.enum(CAMERA_USES).nullable(),
    /** What the page told of that camera since the trial began; null: nothing yet. */
    camera: z
      .object({ state: z.enum(['running', ...CAMERA_TROUBLES]), standIn: z.boolean(), name: z.string().max(120).nullable() })
      .strict()
      .nullable(),
    /** The last code that was read. Its length only: whoever tries may hold anything before it. `layout`: it was the set-up code, in that layout. */
    code: z
      .object({ by: z.enum(['camera', 'scanner']), signs: count, layout: z.enum(KEY_LAYOUTS).nullable() })
      .strict()
      .nullable(),
    /** Codes read since the trial began. */
    codes: count,
    /** The layout that the scanner is read in from now on, and who named it. */
    layout: z.enum(['auto', ...KEY_LAYOUTS]),
    named: z.enum(['settings', 'set-up-code', 'nobody']),
    /** The core reads the hand scanner that the settings name; otherwise a scanner types like a keyboard. */
    device: z.boolean(),
    /** Which keys people have here, by the settings. */
    keys: z.enum(OWN_KEYS),
  })
  .strict();
export type DeviceTrial = z.infer<typeof DeviceTrial>;

// ---- Opening

/** `until`: when it changes next; null: not known, or never. `hours`: the settings name opening hours. */
export const OpeningView = z
  .object({ open: z.boolean(), by: z.enum(['always', 'hours', 'staff']), until: z.iso.datetime().nullable(), hours: z.boolean() })
  .strict();
export type OpeningView = z.infer<typeof OpeningView>;

// ---- Requests, only while the console is open

const what = <N extends string, S extends z.core.$ZodLooseShape>(name: N, shape: S) =>
  z.object({ what: z.literal(name), ...shape }).strict();
const Range = { from: z.iso.date(), to: z.iso.date() };
export const StaffRequest = z.discriminatedUnion('what', [
  what('health', {}),
  what('health-file', { as: z.enum(['json', 'text']) }),
  what('queue', { parked: ParkedFilter.optional() }),
  what('check-queue', {}),
  what('seen-findings', {}),
  what('set-aside', {}),
  what('salvage', { file: SetAsideFile.shape.name }),
  what('retry-now', {}),
  what('release', { row: SubmissionId }),
  what('release-all', { parked: ParkedFilter }),
  what('export', { media: z.string().max(80) }),
  what('import', { media: z.string().max(80) }),
  what('report', Range),
  what('report-csv', Range),
  what('report-pdf', Range),
  what('issued', { month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/), cards: z.number().int().min(0).max(1_000_000) }),
  /** Begins or, with null, ends a trial; ends by itself with the console. */
  what('try-devices', { use: z.enum(CAMERA_USES).nullable() }),
  what('trial', {}),
  what('opening', {}),
  what('set-opening', { order: z.enum(HOURS_ORDERS) }),
  what('settings', {}),
  what('profile', { name: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/) }),
  what('enrol', { code: EnrolmentCode }),
  what('audit', { before: z.number().int().min(1).nullable() }),
  /** The whole record, in parts: what comes after this entry; 0: the first part. */
  what('audit-file', { after: z.number().int().min(0) }),
]);
export type StaffRequest = z.infer<typeof StaffRequest>;

/** Which of them a clerk may not send. */
export const ENGINEER_ONLY: readonly StaffRequest['what'][] = [
  'seen-findings',
  'set-aside',
  'salvage',
  'export',
  'import',
  'settings',
  'profile',
  'enrol',
  'audit-file',
];

export const StaffAnswer = z.discriminatedUnion('what', [
  what('health', { report: HealthReport }),
  what('queue', { queue: QueueView }),
  /** `rows` null: they go by themselves, and were not counted. */
  what('released', { rows: count.nullable() }),
  what('set-aside', { files: z.array(SetAsideFile).max(40) }),
  /** `known`: in the queue already. `receipts`: of rows that cannot be saved. */
  what('salvaged', { restored: count, known: count, ...receipts }),
  what('report', { report: StaffReport }),
  what('trial', { trial: DeviceTrial }),
  what('opening', { opening: OpeningView }),
  what('settings', { settings: SettingsView }),
  what('audit', { audit: AuditView }),
  what('file', { file: StaffFile }),
  /** JSON lines of a file with that name; `next`: the `after` of the next part; null: this was the last. */
  what('audit-part', { name: StaffFile.shape.name, text: z.string().max(1_000_000), next: z.number().int().min(1).nullable() }),
  what('exported', { rows: count, file: z.string().max(120) }),
  /** `again`: settled before, over the line or by the same file. */
  what('imported', { settled: count, again: count, unknown: count }),
  /** Nothing was changed: what the settings under that profile lack, one sentence each (file and key, never a value). */
  what('profile-refused', { sentences: z.array(z.string().max(400)).min(1).max(40) }),
  what('done', {}),
]);
export type StaffAnswer = z.infer<typeof StaffAnswer>;

export const StaffError = z.enum([
  'not-open', // the console is not open (any more)
  'not-allowed', // not for this role
  'unknown-row',
  'no-media',
  'media-full',
  'bad-file', // not of this kiosk's platform, or changed since
  'platform-away',
  'code-refused', // enrolment
  'settings-refused',
  'storage',
]);
export type StaffError = z.infer<typeof StaffError>;

// ---- The Port

export const StaffMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), v: z.literal(1), key: StaffKey }).strict(),
  /** First use of a key: its passcode. */
  z.object({ type: z.literal('set-passcode'), passcode: Passcode }).strict(),
  /** Opens the console. Never while somebody is at the screen. */
  z.object({ type: z.literal('open'), passcode: Passcode }).strict(),
  /** Ends the visit that is going on ("staff cancel"); the person's screen says so. */
  z.object({ type: z.literal('end-visit'), passcode: Passcode }).strict(),
  /** The call was seen: somebody is coming. */
  z.object({ type: z.literal('coming') }).strict(),
  z.object({ type: z.literal('close') }).strict(),
  /** Any touch: the console stays open. */
  z.object({ type: z.literal('active') }).strict(),
  z.object({ type: z.literal('ask'), id: z.number().int().nonnegative(), request: StaffRequest }).strict(),
]);
export type StaffMessage = z.infer<typeof StaffMessage>;

/** Read-only, for anybody with a key: where help is wanted, and never with what. */
export const HelpView = z
  .object({
    called: z.boolean(),
    /** Since when, ISO; null: not called. */
    since: z.iso.datetime().nullable(),
    /** `journey` null: nobody, or at the menu. `step`: the screen's name, no more. */
    journey: Journey.nullable(),
    step: z.string().max(40),
    /** Why the screen stands still, as a code: a card problem, out of order, refused, parked, printer. */
    reason: z.string().max(40).nullable(),
    busy: z.boolean(),
    line: z.enum(['online', 'offline']),
    /** `strange-slot`: a slot that nobody uses holds something that is no person's card; the kiosk serves all the same. */
    reader: z.enum(['good', 'strange-slot']),
    /** `paper-low`: it prints, and needs paper soon. */
    printer: z.enum(['good', 'paper-low', 'trouble']),
    camera: z.enum(['good', 'trouble']),
    parked: count,
    leftOut: z.array(LeftOut),
  })
  .strict();
export type HelpView = z.infer<typeof HelpView>;

export const StaffState = z
  .object({
    v: z.literal(1),
    terminal: z.object({ id: z.string(), name: localised(z.string()) }).strict(),
    /** `no-passcode`: first use. `locked`: too many wrong ones. */
    access: z.enum(['unknown-key', 'no-passcode', 'closed', 'locked', 'open']),
    lockedUntil: z.iso.datetime().nullable(),
    /** The last passcode was wrong; tries until the lock. */
    triesLeft: z.number().int().min(0).nullable(),
    /** Why `open` did nothing. */
    refused: z.enum(['wrong-passcode', 'in-use', 'other-console', 'weak-passcode']).nullable(),
    role: StaffRole.nullable(),
    keyName: z.string().max(40),
    /** Seconds until the console closes by itself; null: not open. */
    closesIn: z.number().int().min(0).nullable(),
    help: HelpView.nullable(),
  })
  .strict();
export type StaffState = z.infer<typeof StaffState>;

export const CoreStaffMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: StaffState }).strict(),
  z.object({ type: z.literal('answer'), id: z.number().int().nonnegative(), answer: StaffAnswer }).strict(),
  z.object({ type: z.literal('failed'), id: z.number().int().nonnegative(), error: StaffError }).strict(),
  z.object({ type: z.literal('refused'), code: z.enum(['malformed', 'too-large', 'too-many', 'no-key']) }).strict(),
]);
export type CoreStaffMessage = z.infer<typeof CoreStaffMessage>;
/** Longest message from a staff page, in bytes of UTF-8 JSON. */
export const MAX_STAFF_MESSAGE = 4 * 1024;
/** Longest answer to one: a file, and the rest. */
export const MAX_STAFF_ANSWER = 2_000_000 + 64 * 1024;
