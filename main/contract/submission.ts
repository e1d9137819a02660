import canonicalize from 'canonicalize';
import { z } from 'zod';
import { GrantOn, ServiceId } from './catalogue.ts';

/**
 * What a person commits, and what the card signs: SHA-256 over `SIGNATURE_DOMAIN` followed by the RFC 8785 form
 * of the content. The read-back screen is drawn from this object and from nothing else (invariant 4).
 */
const SIGNATURE_DOMAIN = 'madoguchi/submission/1\n';

/** Ten digits, the last one a Luhn check digit; shown as 3-3-4. Names no person. */
export const ReceiptNumber = z.string().regex(/^\d{10}$/);
export const SubmissionId = z.uuidv7();
export const TerminalId = z.string().regex(/^[A-Z0-9-]{3,20}$/);
/** Single-use, drawn from the platform: 32 base64url characters (24 random bytes). */
export const Challenge = z.string().regex(/^[A-Za-z0-9_-]{32}$/);
export const TermsRef = z
  .object({ id: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/), version: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) })
  .strict();
export type TermsRef = z.infer<typeof TermsRef>;

/** Declared, never verified (SOURCES.md, Set-up: minors and representatives). */
export const WhoseCard = z.enum(['self', 'child-under-15', 'represented']);
export type WhoseCard = z.infer<typeof WhoseCard>;

/** Public half of a P-256 key that lives in the kiosk's memory for this session only; personal replies are sealed to it. */
export const ReplyKey = z
  .object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string().max(64), y: z.string().max(64) })
  .strict();
export type ReplyKey = z.infer<typeof ReplyKey>;

const common = {
  v: z.literal(1),
  id: SubmissionId,
  receipt: ReceiptNumber,
  terminal: TerminalId,
  /** The instant the read-back was composed: ISO 8601 with milliseconds, UTC. */
  at: z.iso.datetime({ precision: 3 }),
  challenge: Challenge,
  whose: WhoseCard,
  terms: z.array(TermsRef).min(1).max(8),
  /** Somebody else worked the screen for the holder. */
  helped: z.boolean(),
  replyKey: ReplyKey,
};

const SetUpContent = z.object({ ...common, kind: z.literal('set-up') }).strict();

/** A field as the catalogue's rule wants it: folded, without spaces and hyphens. */
const Typed = z.string().regex(/^[0-9A-Za-zァ-ヴー]{1,32}$/);

/** One service, one account (SOURCES.md, Sign-up: fields). Final once the platform has accepted it. */
export const SignUpContent = z
  .object({
    ...common,
    kind: z.literal('sign-up'),
    measure: z.string().regex(/^[a-z0-9-]{2,40}$/),
    /** Version of the catalogue that the person chose from. */
    catalogue: z.number().int().min(1),
    service: ServiceId,
    account: Typed,
    codes: z.array(Typed).min(1).max(3),
    on: GrantOn,
    /** The person has no My Key ID yet, or does not know: one is made with this, and its terms are among `terms`. */
    makeId: z.boolean(),
  })
  .strict();
export type SignUpContent = z.infer<typeof SignUpContent>;

/** A municipality's own points; they go to the service that the person signed up with. */
export const MunicipalContent = z
  .object({
    ...common,
    kind: z.literal('municipal'),
    catalogue: z.number().int().min(1),
    policy: TermsRef.extend({ id: z.string().regex(/^[a-z0-9-]{2,40}$/) }),
    /** Declared, never verified. */
    answers: z
      .array(z.object({ question: z.string().regex(/^[a-z0-9-]{2,40}$/), answer: z.enum(['yes', 'no']) }).strict())
      .min(1)
      .max(5),
  })
  .strict();
export type MunicipalContent = z.infer<typeof MunicipalContent>;

/** A question, not an act: "what have I set up, what was granted?" Never queued: without a line there is no answer to give. */
export const StatusContent = z.object({ ...common, kind: z.literal('status'), terms: z.array(TermsRef).max(0) }).strict();
export type StatusContent = z.infer<typeof StatusContent>;

export const SubmissionContent = z.discriminatedUnion('kind', [SetUpContent, SignUpContent, MunicipalContent, StatusContent]);
export type SubmissionContent = z.infer<typeof SubmissionContent>;
/** What a card signs, and the application for a card, which nothing can sign (application.ts). */
export const SubmissionKind = z.enum(['set-up', 'sign-up', 'municipal', 'status', 'card-application']);
export type SubmissionKind = z.infer<typeof SubmissionKind>;

/** The exact text that is hashed and signed, domain prefix included. Same on kiosk and platform. */
export function signedText(content: SubmissionContent): string {
  const text = canonicalize(content);
  if (text === undefined) throw new Error('content cannot be canonicalised');
  return SIGNATURE_DOMAIN + text;
}

/** What is sealed to the platform's key. base64 = RFC 4648 with padding. */
export const SealedPayload = z
  .object({
    v: z.literal(1),
    content: SubmissionContent,
    /** Over signedText(content), by the card's authentication key, as its certificate says: RSA PKCS#1 v1.5 with SHA-256, or P-384 with SHA-384, r and s; base64. */
    signature: z.base64(),
    /** The user-authentication certificate, DER, base64. */
    certificate: z.base64(),
  })
  .strict();
export type SealedPayload = z.infer<typeof SealedPayload>;
