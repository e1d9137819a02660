import { z } from 'zod';
import { ApplicationState } from '../../../main/contract/application.ts';
import { MyKeyId, RefusalCode } from '../../../main/contract/platform.ts';
import { ReceiptNumber, SubmissionId, TerminalId } from '../../../main/contract/submission.ts';
import { AnyContent, DeliveryOutcome, type Store } from './store.ts';

const count = z.number().int().nonnegative();

/** Counts for tests and for the operator's panel. `accepted`, `refused`: submissions; `duplicates`, `conflicts`: deliveries. */
export const Summary = z
  .object({
    accepted: count,
    refused: count,
    duplicates: count,
    conflicts: count,
    people: count,
    challenges: z.object({ issued: count, used: count }).strict(),
    /** What was answered to each id, and how often: `accepted` above 1 would be a double effect. */
    perId: z.record(SubmissionId, z.record(DeliveryOutcome, count)),
  })
  .strict();
export type Summary = z.infer<typeof Summary>;

/** One id with its first outcome. `content`: what was signed, null when it could not be opened. `person`: see `PersonView`. */
export const SubmissionView = z
  .object({
    id: SubmissionId,
    receipt: z.string(),
    terminal: z.string(),
    outcome: z.enum(['accepted', 'refused']),
    code: RefusalCode.nullable(),
    reference: z.string(),
    person: z.number().int().nullable(),
    receivedAt: z.iso.datetime(),
    content: AnyContent.nullable(),
  })
  .strict();
export type SubmissionView = z.infer<typeof SubmissionView>;

/** `certificates`: keys as `certificateKey` makes them, oldest first. */
export const PersonView = z.object({ person: z.number().int(), myKeyId: MyKeyId, certificates: z.array(z.string()) }).strict();
export type PersonView = z.infer<typeof PersonView>;

/** An application, for the operator's panel. Which form it was made with stays in the database. */
export const ApplicationView = z.object({ receipt: ReceiptNumber, terminal: TerminalId, application: ApplicationState }).strict();
export type ApplicationView = z.infer<typeof ApplicationView>;

export function applicationsOf(store: Store): ApplicationView[] {
  return store.applications().map((row) => ({ receipt: row.receipt, terminal: row.terminal, application: store.stateOf(row) }));
}

const noDeliveries = { accepted: 0, refused: 0, duplicate: 0, conflict: 0 };

export function summaryOf(store: Store): Summary {
  const perId: Summary['perId'] = {};
  for (const { id, outcome, count: times } of store.deliveryCounts()) {
    // Two kiosks may come with one id.
    const before = perId[id] ?? noDeliveries;
    perId[id] = { ...before, [outcome]: before[outcome] + times };
  }
  const deliveries = (outcome: DeliveryOutcome): number => Object.values(perId).reduce((sum, one) => sum + one[outcome], 0);
  return {
    ...(store.outcomeCounts() ?? { accepted: 0, refused: 0 }),
    duplicates: deliveries('duplicate'),
    conflicts: deliveries('conflict'),
    people: store.people().length,
    challenges: store.challengeCounts() ?? { issued: 0, used: 0 },
    perId,
  };
}

export function submissionsOf(store: Store): SubmissionView[] {
  return store.submissions().map(({ id, receipt, terminal, outcome, code, reference, person, received_at, content }) => ({
    id,
    receipt,
    terminal,
    outcome,
    code,
    reference,
    person,
    receivedAt: new Date(received_at).toISOString(),
    content: content === null ? null : store.contentOf(content),
  }));
}

export function peopleOf(store: Store): PersonView[] {
  return store.people().map(({ person, my_key_id }) => ({
    person,
    myKeyId: my_key_id,
    certificates: store.certificatesOf(person).map(({ certificate }) => certificate),
  }));
}
