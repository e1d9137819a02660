import { z } from 'zod';
import type { BatchItem } from '../../../main/contract/platform.ts';
import { ReceiptNumber, SubmissionId } from '../../../main/contract/submission.ts';

const ms = z.number().int().min(0).max(600_000);
/** How many requests it holds for; left out: until it is cleared. */
const times = z.number().int().min(1).max(1_000_000).optional();
export const Route = z.enum(['status', 'challenges', 'batches', 'questions', 'catalogue', 'applications', 'enrolments']);
export type Route = z.infer<typeof Route>;
/** Which routes it holds for; left out: all, except where a fault says otherwise. */
const on = z.array(Route).min(1).optional();

/**
 * A row at which the platform fails: every batch that holds it, and nothing else. Named by its id, or by its receipt. Nothing of the batch is
 * done. `how`: `fail` (the default) answers 500, `hang` never answers, `cut` ends the connection.
 */
const SickRow = z
  .object({
    type: z.literal('sick-row'),
    id: SubmissionId.optional(),
    receipt: ReceiptNumber.optional(),
    how: z.enum(['fail', 'hang', 'cut']).optional(),
    times,
  })
  .strict()
  .refine(({ id, receipt }) => (id === undefined) !== (receipt === undefined), 'an id or a receipt');
type SickRow = z.infer<typeof SickRow>;

/** What a test or an operator can make the platform do wrong. */
export const Fault = z.discriminatedUnion('type', [
  /** Answers late. The work is done after the wait. */
  z.object({ type: z.literal('latency'), ms, times, on }).strict(),
  /** Fails before anything is done. */
  z.object({ type: z.literal('status'), status: z.number().int().min(400).max(599), times, on }).strict(),
  z.object({ type: z.literal('too-many'), retryAfterSeconds: z.number().int().min(0).max(3600), times, on }).strict(),
  /** Does everything, then answers 200 with half a JSON text. */
  z.object({ type: z.literal('garbage'), times, on }).strict(),
  /** Does and commits everything, then cuts the connection instead of answering. Without `on`: batches only. */
  z.object({ type: z.literal('drop-reply'), times, on }).strict(),
  /** Cuts the connection before anything is done. */
  z.object({ type: z.literal('drop-request'), times, on }).strict(),
  /** Answers `retry` for each item, does nothing. */
  z.object({ type: z.literal('retry-items'), afterMs: z.number().int().min(0).max(900_000), times }).strict(),
  /** The certificate was issued so recently that it cannot be verified yet. */
  z.object({ type: z.literal('certificate-unknown'), times }).strict(),
  /** The catalogue is signed with another key. */
  z.object({ type: z.literal('forged-catalogue'), times }).strict(),
  /** The platform's clock is off by so much, Date header included. Positive: ahead. */
  z.object({ type: z.literal('clock-skew'), ms: z.number().int().min(-1e11).max(1e11), times, on }).strict(),
  /** `status` says so, everything else is 503. */
  z.object({ type: z.literal('maintenance'), times }).strict(),
  /** Nothing listens for so long. `POST /sandbox/faults` itself cannot be reached then. */
  z.object({ type: z.literal('refuse-connections'), ms: ms.min(1) }).strict(),
  SickRow,
]);
export type Fault = z.infer<typeof Fault>;
export type FaultType = Fault['type'];

/** Faults of one request. The ambient ones add up; of the others the first in line happens. */
export interface Taken {
  readonly latencyMs: number;
  readonly skewMs: number;
  readonly maintenance: boolean;
  readonly outcome: Exclude<Fault, { type: 'latency' | 'clock-skew' | 'maintenance' | 'refuse-connections' | 'sick-row' }> | null;
}

interface Entry {
  readonly fault: Fault;
  left: number;
}

export interface Faults {
  add(fault: Fault): void;
  /** @param type none: all */
  clear(type?: FaultType): void;
  list(): { readonly fault: Fault; readonly left: number | null }[];
  /** The faults that this request meets; counts them down. */
  take(route: Route): Taken;
  /** What a batch with these items meets for the sake of one of them; counts that down. null: none of them is sick. */
  sickIn(items: readonly Pick<BatchItem, 'id' | 'receipt'>[]): NonNullable<SickRow['how']> | null;
}

const routesOf = (fault: Fault): readonly Route[] => {
  switch (fault.type) {
    case 'retry-items':
      return ['batches'];
    case 'certificate-unknown':
      return ['batches', 'questions'];
    case 'forged-catalogue':
      return ['catalogue'];
    case 'drop-reply':
      return fault.on ?? ['batches'];
    case 'maintenance':
      return Route.options;
    case 'refuse-connections':
    case 'sick-row': // known by its rows, when the body has been read
      return [];
    default:
      return fault.on ?? Route.options;
  }
};

export function createFaults(): Faults {
  let entries: Entry[] = [];
  const spend = (entry: Entry): void => {
    entry.left -= 1;
    entries = entries.filter((one) => one.left > 0);
  };
  return {
    add: (fault) => {
      entries.push({ fault, left: 'times' in fault ? (fault.times ?? Infinity) : Infinity });
    },
    clear: (type) => {
      entries = type === undefined ? [] : entries.filter(({ fault }) => fault.type !== type);
    },
    list: () => entries.map(({ fault, left }) => ({ fault, left: left === Infinity ? null : left })),
    take: (route) => {
      let latencyMs = 0;
      let skewMs = 0;
      let maintenance = false;
      let outcome: Taken['outcome'] = null;
      for (const entry of [...entries]) {
        const { fault } = entry;
        if (!routesOf(fault).includes(route)) continue;
        if (fault.type === 'latency') latencyMs += fault.ms;
        else if (fault.type === 'clock-skew') skewMs += fault.ms;
        else if (fault.type === 'maintenance') maintenance = true;
        else if (fault.type === 'refuse-connections' || fault.type === 'sick-row' || outcome !== null) continue;
        else outcome = fault;
        spend(entry);
      }
      return { latencyMs, skewMs, maintenance, outcome };
    },
    sickIn: (items) => {
      for (const entry of entries) {
        const { fault } = entry;
        if (fault.type !== 'sick-row') continue;
        if (!items.some(({ id, receipt }) => id === fault.id || receipt === fault.receipt)) continue;
        spend(entry);
        return fault.how ?? 'fail';
      }
      return null;
    },
  };
}
