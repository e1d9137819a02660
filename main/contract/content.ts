import canonicalize from 'canonicalize';
import { z } from 'zod';

/**
 * What a person commits, and what the card signs: SHA-256 over `SIGNATURE_DOMAIN` followed by the RFC 8785 form
 * of the content. The read-back screen is drawn from this object and from nothing else (invariant 4).
 */
export const SIGNATURE_DOMAIN = 'madoguchi/submission/1\n';

/** Ten digits, the last one a Luhn check digit; shown as 3-3-4. Names no person. */
export const ReceiptNumber = z.string().regex(/^\d{10}$/);
export const SubmissionId = z.uuidv7();
export const TerminalId = z.string().regex(/^[A-Z0-9-]{3,20}$/);
/** Single-use, drawn from the platform: 32 base64url characters (24 random bytes). */
export const Challenge = z.string().regex(/^[A-Za-z0-9_-]{32}$/);
export const TermsRef = z
  .object({ id: z.string().regex(/^[a-z-]{2,40}$/), version: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) })
  .strict();
export type TermsRef = z.infer<typeof TermsRef>;

/** Declared, never verified (official-flows.md section 2.6). */
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

export const SetUpContent = z.object({ ...common, kind: z.literal('set-up') }).strict();
export type SetUpContent = z.infer<typeof SetUpContent>;

export const SubmissionContent = z.discriminatedUnion('kind', [SetUpContent]);
export type SubmissionContent = z.infer<typeof SubmissionContent>;
export type SubmissionKind = SubmissionContent['kind'];
export const SubmissionKind = z.enum(['set-up']);

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
    /** RSA-2048 PKCS#1 v1.5 over SHA-256(signedText(content)), made by the card's authentication key; base64. */
    signature: z.base64(),
    /** The user-authentication certificate, DER, base64. */
    certificate: z.base64(),
  })
  .strict();
export type SealedPayload = z.infer<typeof SealedPayload>;
