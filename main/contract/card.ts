import { z } from 'zod';
import { RenewalTrip } from './renewal.ts';

/**
 * What can be wrong with a card, as the person is told it. One code, one screen text, one next step
 * (SOURCES.md, Set-up: states of a card; SOURCES.md, Card: status words).
 */
export const CardProblem = z.discriminatedUnion('code', [
  z.object({ code: z.literal('not-my-number-card') }), // SELECT of the JPKI application: 6A82
  z.object({ code: z.literal('juki-card') }), // token label JPKIAPICCTOKEN: the old 住基カード
  z.object({ code: z.literal('phone') }), // token label of a phone: not at this counter
  z.object({ code: z.literal('newer-card') }), // a label or a key of a later generation than this program knows
  z.object({ code: z.literal('no-auth-certificate') }), // EF 000A holds no certificate
  z.object({ code: z.literal('pin-less-card') }), // 顔認証マイナンバーカード
  z.object({ code: z.literal('pin-wrong'), triesLeft: z.number().int().min(0).max(15) }),
  z.object({ code: z.literal('pin-locked') }), // the last try went here: 63C0 to VERIFY
  z.object({ code: z.literal('pin-unusable') }), // no try left when the card came, or 6983, 6984, 6A88 to VERIFY: locked otherwise, or never set
  z.object({ code: z.literal('certificate-expired'), notAfter: z.string() }),
  z.object({ code: z.literal('certificate-unreadable') }), // not X.509, or cut short
  z.object({ code: z.literal('signature-mismatch') }), // what the card signed does not fit the certificate that it gave
  z.object({ code: z.literal('mute') }),
  z.object({ code: z.literal('removed') }),
  /** Reader gone, service down, host gone, time-out. `why`: for staff, where they can do something about it (polkit). */
  z.object({ code: z.literal('reader-failed'), why: z.literal('not-allowed').optional() }),
  z.object({ code: z.literal('reader-busy') }),
  /** `sw`: four hex digits; `step`: which of our commands got it. */
  z.object({
    code: z.literal('unexpected-status'),
    sw: z.string().regex(/^[0-9A-F]{4}$/),
    step: z.enum(['select', 'label', 'tries', 'certificate', 'verify', 'sign']),
  }),
]);
export type CardProblem = z.infer<typeof CardProblem>;
export type CardProblemCode = CardProblem['code'];

/**
 * What the kiosk may show of a card without a PIN. Nothing here names a person: no serial, no subject.
 * Dates are ISO 8601 instants (UTC); screens show them in Japan time.
 */
export const CardFacts = z
  .object({
    triesLeft: z.number().int().min(0).max(15),
    notBefore: z.string(),
    notAfter: z.string(),
    /** `expiring`: within three months (renewal is possible). `future`: not valid yet (clock or card). */
    validity: z.enum(['valid', 'expiring', 'expired', 'future']),
    /** Issued less than 48 hours ago: the platform may not know it yet (SOURCES.md, Set-up: states of a card). */
    recentlyIssued: z.boolean(),
    /** Null: it ends in more than a year, or has not begun. */
    renewal: RenewalTrip.nullable(),
  })
  .strict();
export type CardFacts = z.infer<typeof CardFacts>;
