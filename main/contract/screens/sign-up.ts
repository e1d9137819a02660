import { z } from 'zod';
import { Category, Charset, Day, GrantOn, ServiceId, WhereToFind } from '../catalogue.ts';
import { Linked, MyKeyId } from '../platform.ts';
import { Filter, ServiceHindrance } from '../service-filter.ts';
import { ReceiptNumber } from '../submission.ts';
import { CatalogueAge, name, Prospect, ScanProblem, SlipState, screen } from './screen.ts';

/** One service in the finder's list. */
export const Hit = z
  .object({
    id: ServiceId,
    name,
    /** Its reading, katakana. */
    kana: z.string(),
    category: Category,
    on: z.array(GrantOn),
    /** What stands in the way; empty: sign-up is possible here, today. */
    hindrances: z.array(ServiceHindrance),
    /** Something must be done with the service before; whether it was is asked on its own screen. */
    registerFirst: z.boolean(),
  })
  .strict();
export type Hit = z.infer<typeof Hit>;

/** Why what was typed or scanned cannot be right. Each is told at once, in words. */
export const EntryProblem = z.enum([
  'empty',
  'too-short',
  'too-long',
  'charset',
  'prefix',
  'check-digit',
  'no-date', // no day of the calendar, or one that is still to come
  'other-service', // a code of another service
  'scan-url', // the code is a web address
  'scan-several', // more than one code in the picture fits
  'scan-garbage', // a code, but not of this
]);
export type EntryProblem = z.infer<typeof EntryProblem>;

/** Journey "sign-up" (マイナポイント申し込み): one payment service. */
export const signUpScreens = [
  /** What it is, for whom, until when. `family`: somebody of the family has just finished; the service is chosen already. */
  screen(
    'about-sign-up',
    {
      percent: z.number(),
      cap: z.number().int(),
      from: Day,
      to: Day,
      lastDay: Day,
      age: CatalogueAge,
      family: name.nullable(),
      /** The slip of another day can be scanned here. */
      scan: z.enum(['ready', 'camera']),
      scanProblem: ScanProblem.nullable(),
    },
    { step: ['scan', 'family'] },
  ),
  /**
   * All choices and their result on one screen. `typing`: the kana keyboard is up. `hits`: the page that is up; its order is drawn anew
   * for every visit, so that no service is favoured.
   */
  screen(
    'finder',
    {
      filter: Filter,
      typing: z.boolean(),
      hits: z.array(Hit).max(12),
      page: z.number().int().min(1),
      pages: z.number().int().min(0),
      total: z.number().int().min(0),
      age: CatalogueAge,
    },
    { step: [] },
  ),
  /** One service. `hindrances` empty: buttons for charge and purchase, as far as it has both, else next. `url`: its own sign-up, as a QR. */
  screen('service', {
    hit: Hit,
    lastDay: Day,
    sameDayCounts: z.boolean(),
    maxChargePerTime: z.number().int().nullable(),
    minors: z.boolean(),
    phoneNeeded: z.boolean(),
    /** What must be done with the service first. */
    preRegistration: z.string().nullable(),
    /** What will be asked for: names of the fields, in order, and where each is found. */
    needs: z
      .array(z.object({ label: name, where: WhereToFind }).strict())
      .min(2)
      .max(4),
    url: z.string(),
  }),
  /** "Have you registered with the service?" No: the slip for another day says how. `text`: what must be done. */
  screen('pre-registration', { service: name, text: z.string() }),
  /** "Do you have a My Key ID?" No, or not sure: one is made along. */
  screen('has-id', {}),
  /**
   * One field. `text`: as typed so far, folded, without separators; the page draws it in groups of four. `index` of `count`.
   * `scanned`: it was scanned, not typed. `similar`: signs in it that are easily taken for one another (0 and O, 1 and I).
   */
  screen(
    'entry',
    {
      service: name,
      label: name,
      where: WhereToFind,
      charset: Charset,
      least: z.number().int(),
      most: z.number().int(),
      prefix: z.string(),
      /** One sign more than `most`, where too many were typed. */
      text: z.string().max(33),
      index: z.number().int().min(0).max(3),
      count: z.number().int().min(2).max(4),
      problem: EntryProblem.nullable(),
      similar: z.string(),
      /** The code on the card or in the app can be scanned here. `camera`: the viewfinder is up. */
      scan: z.enum(['off', 'ready', 'camera']),
      scanned: z.boolean(),
      /** The same account was entered by somebody of this family run a moment ago: "one account, one person". */
      usedByFamily: z.boolean(),
    },
    { step: ['index', 'scan'] },
  ),
  screen(
    'signed-up',
    {
      receipt: ReceiptNumber,
      linked: Linked,
      service: name,
      myKeyId: MyKeyId.nullable(),
      prospect: Prospect,
      slip: SlipState,
    },
    { outcome: 'signed-up' },
  ),
  /** One person, one service: nothing was changed. */
  screen('already-signed-up', { receipt: ReceiptNumber, linked: Linked, service: name, slip: SlipState }, { outcome: 'already' }),
  /** No My Key ID yet: `next` makes one with the same sign-up, after one more read-back and one PIN. */
  screen('not-set-up', { receipt: ReceiptNumber, slip: SlipState }, { outcome: 'open' }),
  /** The conditions changed meanwhile: `next` reads them again. */
  screen('terms-changed', { receipt: ReceiptNumber, slip: SlipState }, { outcome: 'open' }),
  /** The slip for another day: what was chosen, nothing of the person. */
  screen('saved-for-later', { service: name, preRegistration: z.string().nullable(), slip: SlipState }, { outcome: 'saved' }),
] as const;
