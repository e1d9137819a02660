import { z } from 'zod';
import { ReceiptNumber } from './submission.ts';

/**
 * One paper slip. Holds no personal data beyond the receipt number; text is already in the person's language.
 * A printer driver lays the lines out; `rule` is a separator.
 */
export const SlipLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('title'), text: z.string().max(60) }).strict(),
  z.object({ type: z.literal('text'), text: z.string().max(400) }).strict(),
  z.object({ type: z.literal('number'), label: z.string().max(40), value: z.string().max(40) }).strict(),
  /** A QR code. Holds what the slip says in words too; nothing personal. */
  z.object({ type: z.literal('code'), text: z.string().regex(/^MADO1[A-Z]:[A-Za-z0-9-]{1,60}$/) }).strict(),
  /** A QR code that a telephone puts into its calendar (renewal.ts). */
  z.object({ type: z.literal('calendar'), text: z.string().startsWith('BEGIN:VCALENDAR\r\n').max(700) }).strict(),
  z.object({ type: z.literal('rule') }).strict(),
]);
export const Slip = z
  .object({
    id: z.string(),
    receipt: ReceiptNumber.nullable(),
    /** For a person who reads the screen in large type. */
    large: z.boolean(),
    lines: z.array(SlipLine).min(1).max(60),
  })
  .strict();
export type Slip = z.infer<typeof Slip>;
export type SlipLine = z.infer<typeof SlipLine>;

/** `line-not-set-up`: a serial line that could not be set to pass bytes on as they are. */
export const PrintFailure = z.enum(['no-printer', 'offline', 'paper-out', 'cover-open', 'refused', 'line-not-set-up']);
export type PrintFailure = z.infer<typeof PrintFailure>;
