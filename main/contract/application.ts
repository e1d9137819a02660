import { z } from 'zod';
import { Challenge, ReceiptNumber, ReplyKey, SubmissionId, TerminalId } from './submission.ts';

/**
 * The application for a My Number Card (個人番号カード交付申請, kōfu shinsei), for a person who has none yet. There is no card to sign
 * with: what binds the person is the form (交付申請書), which is read at the beginning and once more at the end (SOURCES.md, Card
 * application: routes and form).
 */

/** 申請書ID: 23 decimal digits, printed on the form and in its QR code. Not the My Number, and does not reveal it. */
export const FormId = z.string().regex(/^\d{23}$/);
/** How the digits are grouped wherever a person reads or types them. */
export const FORM_ID_GROUPS = [4, 4, 4, 4, 4, 3] as const;

export const ContactKind = z.enum(['email', 'phone']);
export type ContactKind = z.infer<typeof ContactKind>;

/** Folded: half width, no spaces. A phone number holds digits only, with its leading 0. */
export const Contact = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }).strict(),
  z
    .object({
      kind: z.literal('email'),
      text: z
        .string()
        .max(120)
        .regex(/^[!#-'*+\-/-9=?A-Z^-~.]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/),
    })
    .strict(),
  z.object({ kind: z.literal('phone'), text: z.string().regex(/^0\d{9,10}$/) }).strict(),
]);
export type Contact = z.infer<typeof Contact>;

/** Which certificates go on the card. Without `authentication` (利用者証明用) there is no My Key ID and no sign-up. */
export const CertificatesWanted = z.object({ signature: z.boolean(), authentication: z.boolean() }).strict();
export type CertificatesWanted = z.infer<typeof CertificatesWanted>;

/**
 * How the picture was taken: `normal`; `cover`: a head cover worn for religion or health, the outline of the face is visible; `pose`: the
 * person cannot hold the pose (an infant, somebody ill), and the office is told so (SOURCES.md, Card application: photo).
 */
export const PhotoWay = z.enum(['normal', 'cover', 'pose']);
export type PhotoWay = z.infer<typeof PhotoWay>;

/** What a picture may be sent back for. A hint is no refusal: it is shown, and once a picture was taken it asks only once. */
export const PhotoHint = z.enum([
  'no-face',
  'two-faces',
  'off-centre',
  'too-small', // the head in the frame
  'too-large',
  'tilted', // the head leans to a shoulder
  'turned', // the head looks to a side
  'eyes-hidden', // by dark glasses, hair, a mask
  'background', // not plain
  'too-dark',
  'too-bright',
  'glare', // on glasses
  'blurred',
]);
export type PhotoHint = z.infer<typeof PhotoHint>;
export const PhotoHints = z.array(PhotoHint).max(13);

/** The official limits of a picture (SOURCES.md, Card application: photo): JPEG, RGB, px a side, bytes, height to width 45:35. */
export const PHOTO = {
  leastSide: 480,
  mostSide: 6000,
  leastBytes: 20 * 1024,
  mostBytes: 7 * 1024 * 1024,
  height: 45,
  width: 35,
} as const;
/**
 * What this kiosk makes and takes: 700 x 900 px, at most so many bytes, so that a sealed application stays below what one delivery may
 * hold. The page lowers the JPEG quality until it fits.
 */
export const KIOSK_PHOTO = { width: 700, height: 900, mostBytes: 400 * 1024 } as const;
/** The same in base64 characters. */
export const MOST_PHOTO_TEXT = Math.ceil(KIOSK_PHOTO.mostBytes / 3) * 4;

/** How the form's number came in. */
export const FormRead = z.enum(['scan', 'keys']);
export type FormRead = z.infer<typeof FormRead>;

/** What the person read back, and the second reading of the form confirmed. */
export const ApplicationContent = z
  .object({
    v: z.literal(1),
    kind: z.literal('card-application'),
    id: SubmissionId,
    receipt: ReceiptNumber,
    terminal: TerminalId,
    /** The instant the read-back was composed: ISO 8601 with milliseconds, UTC. */
    at: z.iso.datetime({ precision: 3 }),
    challenge: Challenge,
    replyKey: ReplyKey,
    form: FormId,
    /** How the form was read, first and last. */
    read: z.tuple([FormRead, FormRead]),
    /** Moved or renamed since the form was printed, and went on all the same. */
    moved: z.boolean(),
    contact: Contact,
    certificates: CertificatesWanted,
    /** The name in braille on the card. */
    braille: z.boolean(),
    way: PhotoWay,
    /** What was still to be said of the picture when the person took it. */
    hints: PhotoHints,
    /** JPEG, RGB, no EXIF; base64. */
    photo: z.base64().max(MOST_PHOTO_TEXT),
  })
  .strict();
export type ApplicationContent = z.infer<typeof ApplicationContent>;

/** What is sealed to the platform's key for an application: no card, no signature. */
export const SealedApplication = z.object({ v: z.literal(1), content: ApplicationContent }).strict();
export type SealedApplication = z.infer<typeof SealedApplication>;

/** Why an application came back. `form-void`: the form was replaced, or its holder has moved away. */
export const ReturnReason = z.enum(['photo-face', 'photo-background', 'photo-quality', 'form-void', 'ask-office']);
export type ReturnReason = z.infer<typeof ReturnReason>;

/** How an application stands. Names nobody. */
export const ApplicationState = z.discriminatedUnion('state', [
  /** Taken, not looked at. */
  z.object({ state: z.literal('received') }).strict(),
  z.object({ state: z.literal('checking') }).strict(),
  /** The card is being made. */
  z.object({ state: z.literal('making') }).strict(),
  /** On its way to the municipality: a letter says when to fetch it. */
  z.object({ state: z.literal('sent') }).strict(),
  z.object({ state: z.literal('returned'), reasons: z.array(ReturnReason).min(1).max(5) }).strict(),
]);
export type ApplicationState = z.infer<typeof ApplicationState>;
