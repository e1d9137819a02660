import { z } from 'zod';
import { GrantOn, Words } from './catalogue.ts';
import { ReceiptNumber, SubmissionId, SubmissionKind, TerminalId } from './submission.ts';

/** Rows of one batch at most. */
export const MAX_BATCH_ITEMS = 100;
/** Holds one application with its picture (application.ts), sealed: 400 KiB, base64 twice, and the rest. */
export const MAX_SEALED_BYTES = 896 * 1024;
export const MAX_BATCH_BYTES = 1024 * 1024;

/**
 * One outbox row on the wire, or a question: POST /v1/questions answers one of kind `status` at once and keeps nothing of it but the spent
 * challenge. `sealed`: JWE compact (ECDH-ES P-256, A256GCM). Idempotency key = id.
 */
export const BatchItem = z
  .object({
    id: SubmissionId,
    kind: SubmissionKind,
    receipt: ReceiptNumber,
    terminal: TerminalId,
    sealed: z.string().min(16).max(MAX_SEALED_BYTES),
  })
  .strict();
export type BatchItem = z.infer<typeof BatchItem>;

/** Why the platform will never accept this item. Final: shown to the person, kept on the row. */
export const RefusalCode = z.enum([
  'unreadable', // cannot be opened, or is not of the schema
  'binding-mismatch', // envelope and content disagree (id, receipt, terminal, kind)
  'signature-invalid',
  'certificate-invalid', // chain, profile
  'certificate-expired', // at the time of the act
  'certificate-revoked',
  'challenge-unknown',
  'challenge-used',
  'challenge-expired',
  'terms-changed', // a version that may no longer be agreed to
  'content-refused',
  'certificate-unknown', // issued or renewed so recently that the verifier does not know it yet
  // sign-up
  'not-set-up', // no My Key ID yet, and none was asked for
  'already-signed-up', // one person, one service
  'account-in-use', // one account, one person
  'service-closed', // after its last day, or gone from the catalogue
  'service-not-here', // app only, or not for a minor's card
  'account-refused', // the service does not know this account, or the codes are wrong
  // municipal
  'policy-closed',
  'policy-budget', // the municipality's budget is used up
  'not-eligible',
  'already-granted',
  'not-signed-up', // no service yet that the points could go to
  // card application
  'form-unknown', // no such form was printed
  'already-applied', // with this form, or a card is there already
  'photo-refused', // not of the official limits, or no picture at all
]);
export type RefusalCode = z.infer<typeof RefusalCode>;

/** Per-item outcome. `duplicate` repeats the first outcome for the same id. */
export const ItemResult = z.discriminatedUnion('outcome', [
  z
    .object({
      outcome: z.enum(['accepted', 'duplicate']),
      id: SubmissionId,
      /** The platform's own reference, not personal. */
      reference: z.string().regex(/^[A-Z0-9-]{4,40}$/),
      /** JWE compact sealed to content.replyKey: a `PersonalReply`. Only the live session can open it. */
      reply: z.string().max(8192).optional(),
    })
    .strict(),
  z
    .object({
      outcome: z.literal('refused'),
      id: SubmissionId,
      code: RefusalCode,
      reference: z.string().regex(/^[A-Z0-9-]{4,40}$/),
      /** As above, where there is more to tell than the code: which service the person has signed up with. */
      reply: z.string().max(8192).optional(),
    })
    .strict(),
  /** Try this item again later. */
  z.object({ outcome: z.literal('retry'), id: SubmissionId, afterMs: z.number().int().min(0).max(900_000) }).strict(),
  /** Same id, other bytes: an alarm for staff; the row is parked. */
  z.object({ outcome: z.literal('conflict'), id: SubmissionId }).strict(),
]);
export type ItemResult = z.infer<typeof ItemResult>;

/** 8 characters (SOURCES.md, Set-up: My Key ID; sample KMILH091). */
export const MyKeyId = z.string().regex(/^[A-Z0-9]{8}$/);

/** An account as only its owner knows it: all but the last four characters are dots. */
export const MaskedAccount = z.string().regex(/^•{0,28}[0-9A-Za-zァ-ヴー]{1,4}$/);

/** A service that a person signed up with. */
export const Linked = z.object({ service: Words, account: MaskedAccount, on: GrantOn, since: z.iso.datetime() }).strict();
export type Linked = z.infer<typeof Linked>;

const points = z.number().int().min(0);
/** What has been counted and granted. `amount`: yen, or points with `granted` and `municipal`. */
export const HistoryItem = z
  .object({
    at: z.iso.datetime(),
    what: z.enum(['set-up', 'sign-up', 'charge', 'purchase', 'reversal', 'granted', 'taken-back', 'municipal']),
    amount: z.number().int(),
  })
  .strict();
export type HistoryItem = z.infer<typeof HistoryItem>;

export const StatusReply = z
  .object({
    kind: z.literal('status'),
    myKeyId: MyKeyId.nullable(),
    linked: Linked.nullable(),
    /** Yen charged or bought so far that count; points granted; points that can still come; the cap. */
    counted: points,
    granted: points,
    remaining: points,
    cap: points,
    /** Newest first. */
    history: z.array(HistoryItem).max(30),
  })
  .strict();
export type StatusReply = z.infer<typeof StatusReply>;

/** What only the person on the spot may see. Never on disk, never in a log. */
export const PersonalReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('set-up'), myKeyId: MyKeyId, alreadySet: z.boolean() }).strict(),
  /** `from`: first day that counts. */
  z.object({ kind: z.literal('sign-up'), myKeyId: MyKeyId, linked: Linked, from: z.iso.date() }).strict(),
  z.object({ kind: z.literal('municipal'), linked: Linked, amount: points }).strict(),
  StatusReply,
  /** A card application was taken. `weeks`: about how long until the card can be fetched. */
  z.object({ kind: z.literal('card-application'), weeks: z.number().int().min(1).max(52) }).strict(),
  /** With a refusal. */
  z.object({ kind: z.literal('already'), linked: Linked }).strict(),
]);
export type PersonalReply = z.infer<typeof PersonalReply>;

/** A code that makes a kiosk known, once: from the platform's operator to the engineer at the kiosk. */
export const EnrolmentCode = z.string().regex(/^[A-Z0-9]{4}(?:-[A-Z0-9]{4}){2,4}$/);
