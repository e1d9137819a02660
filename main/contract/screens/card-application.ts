import { z } from 'zod';
import { CertificatesWanted, Contact, ContactKind, FormId, PhotoHints, PhotoWay } from '../application.ts';
import { ReceiptNumber } from '../submission.ts';
import { SlipState, screen } from './screen.ts';

/** Why the form's number that was scanned or typed cannot be right. */
export const FormProblem = z.enum(['too-short', 'scan-url', 'scan-garbage', 'scan-several', 'scan-receipt']);
export type FormProblem = z.infer<typeof FormProblem>;

/** Why an address or a telephone number cannot be right. */
export const ContactProblem = z.enum(['empty', 'too-short', 'no-at', 'two-ats', 'no-domain', 'form', 'no-zero', 'too-long']);
export type ContactProblem = z.infer<typeof ContactProblem>;

/** Journey "card application" (個人番号カード交付申請): no card, so no personal entry before the form is read. */
export const cardApplicationScreens = [
  /** What it is, what is needed, what the data is for. Buttons: next, no-form. */
  screen('about-application', {}),
  /** Where a form is to be had; printable. */
  screen('no-form', { slip: SlipState }, { outcome: 'no-form' }),
  /** `text`: digits so far, drawn in groups (FORM_ID_GROUPS). `camera`: the viewfinder is up. */
  screen('form-read', { text: z.string().max(23), problem: FormProblem.nullable(), camera: z.boolean() }, { step: ['camera'] }),
  /** Typed digits, to be compared with the paper: confirm, or back. */
  screen('form-check', { form: FormId }),
  /** Moved or renamed since the form was printed? yes, no. */
  screen('form-moved', {}),
  /** A new form is better: next goes on with the old one; printable. */
  screen('form-moved-advice', { slip: SlipState }),
  /** email, phone, none. */
  screen('contact-kind', {}),
  screen(
    'contact-entry',
    { kind: ContactKind, text: z.string().max(120), problem: ContactProblem.nullable() },
    { step: ['kind'] },
  ),
  /** How people without e-mail and telephone hear of it. */
  screen('contact-none', {}),
  /** toggle-signature, toggle-authentication, next. */
  screen('certificates', CertificatesWanted.shape),
  screen('braille', {}),
  /** How to sit and look. next opens the camera; cover, pose: the two other ways; back. */
  screen('photo-prepare', { way: PhotoWay }),
  /** The live picture: the page sends `photo`. `shots`: pictures taken so far. */
  screen('photo', { way: PhotoWay, shots: z.number().int().min(0) }),
  /** Asked once in a visit: retake, use. The page asks the core for the picture `shot`. */
  screen('photo-advice', { hints: PhotoHints, shot: z.number().int().min(1) }),
  /** retake, use. */
  screen('photo-review', { hints: PhotoHints, shot: z.number().int().min(1) }),
  /** Everything, before the form is read again: confirm, or back. */
  screen('application-read-back', {
    form: FormId,
    moved: z.boolean(),
    contact: Contact,
    certificates: CertificatesWanted,
    braille: z.boolean(),
    way: PhotoWay,
    shot: z.number().int().min(1),
    receipt: ReceiptNumber,
    terminal: z.string(),
    at: z.string(),
  }),
  /** The same form once more: scanned, or typed. Nothing is sent before it. */
  screen('form-again', { text: z.string().max(23), problem: FormProblem.nullable(), camera: z.boolean() }, { step: ['camera'] }),
  /** Another form came: the session is over, nothing was kept. */
  screen('other-form', {}, { outcome: 'other-form' }),
  /** `weeks`: about how long until the card can be fetched; `null`: the platform did not say. */
  screen(
    'application-accepted',
    {
      receipt: ReceiptNumber,
      weeks: z.number().int().nullable(),
      contact: z.boolean(),
      slip: SlipState,
    },
    { outcome: 'accepted' },
  ),
] as const;
