import { z } from 'zod';

/**
 * The catalogue of log events: the only lines the kiosk can write, and the only fields they can hold.
 * No field can carry personal data: enums, counts, codes, durations, row ids and receipt numbers only.
 */
const code = z.string().regex(/^[A-Za-z0-9._-]{1,60}$/);
const count = z.number().int();
const ms = z.number().nonnegative();
const rowId = z.uuidv7();

export const LogEvents = {
  'core.started': { level: 'info', fields: { version: code, node: code, environment: code } },
  'core.stopped': { level: 'info', fields: { reason: code } },
  'core.exited': { level: 'warn', fields: { code: count, signal: code, restartInMs: ms } },
  'core.silent': { level: 'error', fields: { afterMs: ms } },
  'core.fault': { level: 'error', fields: { incident: code, where: code } },
  'card-host.started': { level: 'info', fields: { pid: count, attempt: count } },
  'card-host.exited': { level: 'warn', fields: { code: count, signal: code, restartInMs: ms } },
  'card-host.message-refused': { level: 'error', fields: { reason: code } },
  'reader.extended-hung': { level: 'warn', fields: {} },
  'card-host.deadline': { level: 'error', fields: { op: code, afterMs: ms } },
  'reader.service': { level: 'info', fields: { up: z.boolean(), why: code } },
  'reader.count': { level: 'info', fields: { count } },
  'reader.failed': { level: 'warn', fields: { code, pcsc: code } },
  'card.problem': { level: 'info', fields: { code, sw: code, step: code } },
  'card.command-refused': { level: 'error', fields: { reason: code } },
  'session.began': { level: 'info', fields: { session: count } },
  'session.ended': { level: 'info', fields: { session: count, reason: code, step: code, ms } },
  'journey.step': { level: 'debug', fields: { journey: code, step: code } },
  'journey.left-out': { level: 'warn', fields: { journey: code, lacks: code } },
  'journey.offered': { level: 'info', fields: { journey: code } },
  'journey.outcome': { level: 'info', fields: { journey: code, outcome: code } },
  'audit.head': { level: 'info', fields: { seq: count, hash: code } },
  'port.refused': { level: 'warn', fields: { reason: code } },
  'outbox.opened': { level: 'info', fields: { rows: count, version: count } },
  'outbox.set-aside': { level: 'error', fields: { reason: code } },
  'outbox.aside-wiped': { level: 'info', fields: {} },
  'outbox.usable': { level: 'warn', fields: { usable: z.boolean() } },
  'outbox.given-up': { level: 'error', fields: { reason: code } },
  'outbox.finding': { level: 'error', fields: { what: code, rows: count, receipts: z.string().regex(/^[0-9 ]{0,220}$/) } },
  'outbox.enqueued': { level: 'info', fields: { row: rowId, kind: code } },
  'outbox.refused': { level: 'error', fields: { reason: code } },
  'outbox.settled': { level: 'info', fields: { row: rowId, outcome: code } },
  'outbox.cancelled': { level: 'info', fields: {} },
  'outbox.parked': { level: 'error', fields: { row: rowId, reason: code } },
  'sync.line': { level: 'info', fields: { line: code } },
  'sync.batch': { level: 'info', fields: { items: count, outcome: code, ms } },
  'sync.back-off': { level: 'info', fields: { waitMs: ms, failures: count } },
  'sync.challenges': { level: 'info', fields: { stock: count } },
  'sync.skew': { level: 'warn', fields: { skewMs: z.number() } },
  'catalogue.taken': { level: 'info', fields: { version: count, services: count } },
  'catalogue.refused': { level: 'error', fields: { reason: code } },
  'scanner.device': { level: 'warn', fields: { there: z.boolean() } },
  'printer.printed': { level: 'info', fields: {} },
  'camera.state': { level: 'info', fields: { use: code, state: code } },
  'printer.failed': { level: 'warn', fields: { code } },
  'host.page-replaced': { level: 'warn', fields: { reason: code } },
  'host.refused': { level: 'warn', fields: { reason: code } },
} as const satisfies Record<string, { level: 'debug' | 'info' | 'warn' | 'error'; fields: z.core.$ZodLooseShape }>;

export type LogEventName = keyof typeof LogEvents;
export type LogFields<N extends LogEventName> = {
  [K in keyof (typeof LogEvents)[N]['fields']]?: (typeof LogEvents)[N]['fields'][K] extends z.ZodType
    ? z.infer<(typeof LogEvents)[N]['fields'][K]>
    : never;
};

/** The one way to write a line. A field that is not in the catalogue, or does not parse, is left out. */
export type Log = <N extends LogEventName>(event: N, fields?: LogFields<N>) => void;
