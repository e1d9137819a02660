import { z } from 'zod';
import { ApplicationState, CertificatesWanted, Contact, ContactKind, FormId, PhotoHints, PhotoWay } from './application.ts';
import { CAMERA_USES } from './camera.ts';
import { CardFacts, CardProblem } from './card.ts';
import { Category, Charset, Day, GrantOn, Purpose, ServiceId, WhereToFind } from './catalogue.ts';
import { Linked, MyKeyId, RefusalCode, StatusReply } from './platform.ts';
import { Filter, ServiceHindrance } from './service-filter.ts';
import { PrintFailure } from './slip.ts';
import { Challenge, ReceiptNumber, TermsRef, WhoseCard } from './submission.ts';

/** Every screen the core can put up, with all the data it needs. The page draws it and holds nothing back. */
export const Journey = z.enum(['check', 'set-up', 'sign-up', 'status', 'municipal', 'pending', 'card-application']);
export type Journey = z.infer<typeof Journey>;

const journey = Journey;
const screen = <N extends string, S extends z.core.$ZodLooseShape>(name: N, shape: S) =>
  z.object({ name: z.literal(name), ...shape }).strict();

/** What is printed, or not, of the slip that belongs to a screen. */
export const SlipState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }).strict(),
  z.object({ state: z.literal('printing') }).strict(),
  z.object({ state: z.literal('printed') }).strict(),
  z.object({ state: z.literal('failed'), reason: PrintFailure }).strict(),
]);
export type SlipState = z.infer<typeof SlipState>;

export const TermsDocument = z
  .object({
    ref: TermsRef,
    title: z.string(),
    /** Three to six plain sentences; shown first. */
    summary: z.array(z.string()),
    /** The whole text, in paragraphs. */
    paragraphs: z.array(z.string()),
  })
  .strict();
export type TermsDocument = z.infer<typeof TermsDocument>;

/** Names in a snapshot are already in the language that is up. */
const name = z.string().min(1).max(120);

/** No card belongs to it (card application): nothing lies on the reader, and no PIN was asked. */
const cardless = { cardless: z.literal(true).optional() };

/** What every read-back shows, whatever it is for. `at`: ISO instant. */
const readBack = {
  whose: WhoseCard,
  terms: z.array(z.object({ ref: TermsRef, title: z.string() }).strict()),
  receipt: ReceiptNumber,
  terminal: z.string(),
  at: z.string(),
  challenge: Challenge,
  helped: z.boolean(),
};

/** What will happen, from the catalogue that the content names. */
export const Prospect = z
  .object({
    percent: z.number(),
    /** Most points, and what must be charged or bought for them, yen. */
    cap: z.number().int(),
    spend: z.number().int(),
    /** First day that counts, and the last. */
    from: Day,
    to: Day,
    maxChargePerTime: z.number().int().nullable(),
  })
  .strict();
export type Prospect = z.infer<typeof Prospect>;

/** The read-back: the signed content's own fields, nothing composed beside it but names and what follows from them. */
export const ReadBack = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('set-up'), ...readBack }).strict(),
  z
    .object({
      kind: z.literal('sign-up'),
      ...readBack,
      service: name,
      on: GrantOn,
      makeId: z.boolean(),
      /** Fields in order, the account first. `text`: as signed; the page draws it in groups of four. `secret`: only its last sign is text. */
      fields: z
        .array(z.object({ label: name, text: z.string().max(32), secret: z.boolean() }).strict())
        .min(2)
        .max(4),
      prospect: Prospect,
    })
    .strict(),
  z
    .object({
      kind: z.literal('municipal'),
      ...readBack,
      policy: name,
      municipality: name,
      amount: z.number().int(),
      answers: z.array(z.object({ question: z.string(), answer: z.enum(['yes', 'no']) }).strict()),
    })
    .strict(),
  z.object({ kind: z.literal('status'), ...readBack }).strict(),
]);
export type ReadBack = z.infer<typeof ReadBack>;

/** How old the catalogue is. `issuedAt`: ISO instant. `old`: it could not be refreshed for a day or more. */
export const CatalogueAge = z.object({ issuedAt: z.string(), old: z.boolean() }).strict();
export type CatalogueAge = z.infer<typeof CatalogueAge>;

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

/** What this card can do today (check journey). */
export const CheckItem = z.enum([
  'set-up-possible',
  'set-up-not-possible',
  'renew-possible',
  'renew-needed',
  'pin-reset-needed',
  'pin-one-try',
  'wait-after-renewal',
  'moved-hint',
]);
export type CheckItem = z.infer<typeof CheckItem>;

/** What can lie in the outbox, as a slip's holder sees it. */
export const QueuedKind = z.enum(['set-up', 'sign-up', 'municipal', 'card-application']);
export type QueuedKind = z.infer<typeof QueuedKind>;

/** What is wrong with a code, where there is no more to say of it. */
export const ScanProblem = z.enum(['scan-garbage', 'scan-several']);
export type ScanProblem = z.infer<typeof ScanProblem>;

/** Why the form's number that was scanned or typed cannot be right. */
export const FormProblem = z.enum(['too-short', 'scan-url', 'scan-garbage', 'scan-several', 'scan-receipt']);
export type FormProblem = z.infer<typeof FormProblem>;

/** Why an address or a telephone number cannot be right. */
export const ContactProblem = z.enum(['empty', 'too-short', 'no-at', 'two-ats', 'no-domain', 'form', 'no-zero', 'too-long']);
export type ContactProblem = z.infer<typeof ContactProblem>;

/** Most of a person's rows that a status screen names. */
export const MOST_PENDING_HERE = 3;
/**
 * What this card has at this kiosk that is not done. `sent`: on its way. `parked`: staff must look at it. `refused`: the platform said no
 * when nobody stood here to be told; `code`: why, null in every other state. `lost`: damage of the kiosk's storage has taken it.
 */
export const PendingHere = z
  .array(
    z
      .object({
        receipt: ReceiptNumber,
        kind: z.enum(['set-up', 'sign-up', 'municipal']),
        at: z.string().nullable(),
        state: z.enum(['waiting', 'sent', 'parked', 'refused', 'lost']),
        code: RefusalCode.nullable(),
      })
      .strict(),
  )
  .max(MOST_PENDING_HERE);
export type PendingHere = z.infer<typeof PendingHere>;

export const Screen = z.discriminatedUnion('name', [
  /** `can`: journeys that this terminal offers, in the order of its settings; each begins by a press of its own. */
  screen('attract', { can: z.array(journey) }),
  /**
   * Outside the opening hours, or closed by staff: no journey begins, no card is spoken to. `opens`: when next, and how far that day in Japan is
   * from today; null: nobody knows. `ask`: where to ask, in the language that is up, as the settings say it; null: they say nothing. `card`: one
   * lies on the reader.
   */
  screen('closed', {
    opens: z.object({ at: z.iso.datetime(), on: z.enum(['today', 'tomorrow', 'later']) }).nullable(),
    ask: z.string().max(200).nullable(),
    card: z.boolean(),
  }),
  /** `cardPresent`: the menu of a running card session. `can`: journeys that this terminal offers. */
  screen('menu', { can: z.array(journey), cardPresent: z.boolean() }),
  screen('about-set-up', {}),
  screen('whose-card', {}),
  /** "Other": politely no. */
  screen('whose-stop', {}),
  /** All documents with their main points; each is agreed to by a press of its own, in order. `index`: the one that comes next. `full`: its whole text is open. */
  screen('terms', { documents: z.array(TermsDocument).min(1).max(4), index: z.number().int(), full: z.boolean() }),
  /** `slow`: nothing readable for 20 s, show the causes (metal, case, second card). */
  screen('insert-card', { journey, slow: z.boolean() }),
  screen('reading-card', { journey }),
  /** A person put the card on without having chosen anything. */
  screen('check-result', { facts: CardFacts, items: z.array(CheckItem), slip: SlipState }),
  screen('card-problem', { problem: CardProblem, journey, slip: SlipState }),
  /** Certificate in its last three months; the person may go on. */
  screen('expiring-notice', { facts: CardFacts }),
  /** "Was the card renewed today?" Only when the certificate is younger than 48 hours. */
  screen('renewed-question', { facts: CardFacts }),
  screen('renewed-wait', { slip: SlipState }),
  /** `page` 2: the second time, by the card's holder alone (helper mode). */
  screen('read-back', { content: ReadBack, page: z.union([z.literal(1), z.literal(2)]) }),
  /** One try left: an explicit extra step before the pad opens. */
  screen('pin-last-try', {}),
  /** `layout[i]`: the digit drawn at position i (telephone order when not shuffled). `digits`: how many are in. */
  screen('pin', {
    digits: z.number().int().min(0).max(4),
    triesLeft: z.number().int().min(1).max(15),
    wrong: z.boolean(),
    shuffled: z.boolean(),
    layout: z.array(z.number().int().min(0).max(9)).length(10),
  }),
  /** `pauseSeconds`: the PIN has not been tried yet; it is held back so long, so that a card cannot be locked in no time. */
  screen('signing', { pauseSeconds: z.number().int().min(0).max(60).nullable() }),
  screen('delivering', { receipt: ReceiptNumber, ...cardless }),
  /** `goesOn`: what the same card can go on with here. */
  screen('issued', {
    myKeyId: MyKeyId,
    alreadySet: z.boolean(),
    goesOn: z.enum(['sign-up', 'status']).nullable(),
    receipt: ReceiptNumber,
    slip: SlipState,
  }),
  /** 受付: safe in the outbox, not delivered yet. Never says 完了. `nextPerson`: of a sign-up; the family run goes on from here. */
  screen('received', { receipt: ReceiptNumber, at: z.string(), nextPerson: z.boolean(), slip: SlipState, ...cardless }),
  /** Delivered, but the platform gave no readable answer for this session (for example answered by a repeat). */
  screen('accepted', { receipt: ReceiptNumber, nextPerson: z.boolean(), slip: SlipState, ...cardless }),
  /** Sent, but the platform could not take it as it is: it is safe here, and staff must look at it. */
  screen('parked', { receipt: ReceiptNumber, at: z.string(), nextPerson: z.boolean(), slip: SlipState }),
  screen('refused', { receipt: ReceiptNumber, code: RefusalCode, nextPerson: z.boolean(), slip: SlipState }),
  /** Nothing was sent and no PIN was used: `storage` full, no `challenge` left offline, or an `internal` fault. */
  screen('cannot-accept', { reason: z.enum(['storage', 'challenge', 'internal']), ...cardless }),

  // Sign-up (マイナポイント申込)
  /** What it is, for whom, until when. `family`: somebody of the family has just finished; the service is chosen already. */
  screen('about-sign-up', {
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
  }),
  /** There is no catalogue yet: nothing can be chosen. */
  screen('no-catalogue', { journey }),
  /**
   * All choices and their result on one screen. `typing`: the kana keyboard is up. `hits`: the page that is up; its order is drawn anew
   * for every visit, so that no service is favoured.
   */
  screen('finder', {
    filter: Filter,
    typing: z.boolean(),
    hits: z.array(Hit).max(12),
    page: z.number().int().min(1),
    pages: z.number().int().min(0),
    total: z.number().int().min(0),
    age: CatalogueAge,
  }),
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
  /** Who touches the screen: the card's holder, or somebody for them (`helper`). */
  screen('who-types', {}),
  /**
   * One field. `text`: as typed so far, folded, without separators; the page draws it in groups of four. `index` of `count`.
   * `rest`: how many more characters may come. `confirmed`: what follows was scanned, not typed. `similar`: signs in it that are easily
   * taken for one another (0 and O, 1 and I).
   */
  screen('entry', {
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
  }),
  /** Helper mode: "give the screen to the card's holder now". */
  screen('hand-over', {}),
  screen('signed-up', {
    receipt: ReceiptNumber,
    linked: Linked,
    service: name,
    myKeyId: MyKeyId.nullable(),
    prospect: Prospect,
    slip: SlipState,
  }),
  /** One person, one service: nothing was changed. */
  screen('already-signed-up', { receipt: ReceiptNumber, linked: Linked, service: name, slip: SlipState }),
  /** No My Key ID yet: `next` makes one with the same sign-up, after one more read-back and one PIN. */
  screen('not-set-up', { receipt: ReceiptNumber, slip: SlipState }),
  /** The conditions changed meanwhile: `next` reads them again. */
  screen('terms-changed', { receipt: ReceiptNumber, slip: SlipState }),
  /** The slip for another day: what was chosen, nothing of the person. */
  screen('saved-for-later', { service: name, preRegistration: z.string().nullable(), slip: SlipState }),

  // Pending: what was accepted here and may not have been sent
  /** `camera`: the viewfinder is up. */
  screen('pending-find', {
    text: z.string().max(10),
    problem: z.enum(['unknown', 'check-digit', ...ScanProblem.options]).nullable(),
    camera: z.boolean(),
  }),
  /**
   * `waiting`: not sent, can be cancelled. `sent`: on its way or at the platform: final. `lost`: the kiosk's storage was damaged, and what
   * was entered is gone. `at` null: nothing but the receipt is left of it, and its kind is not known either. `code`: why it was refused, else null.
   */
  screen('pending-row', {
    receipt: ReceiptNumber,
    kind: QueuedKind,
    at: z.string().nullable(),
    state: z.enum(['waiting', 'sent', 'accepted', 'refused', 'parked', 'cancelled', 'lost']),
    code: RefusalCode.nullable(),
  }),
  screen('pending-sure', { receipt: ReceiptNumber, kind: QueuedKind }),
  /** How the race with the sender ended. */
  screen('pending-cancelled', { receipt: ReceiptNumber, cancelled: z.boolean(), slip: SlipState }),

  // Status
  screen('status', {
    status: StatusReply,
    service: name.nullable(),
    pending: PendingHere,
    page: z.number().int().min(1),
    pages: z.number().int().min(1),
    slip: SlipState,
  }),
  /** Without a line there is no status; what waits here is known all the same. */
  screen('status-offline', { pending: PendingHere }),

  // Municipal points
  screen('policies', {
    policies: z
      .array(
        z
          .object({
            id: z.string(),
            title: name,
            municipality: name,
            purpose: Purpose,
            amount: z.number().int(),
            open: z.boolean(),
          })
          .strict(),
      )
      .max(6),
    purpose: Purpose.nullable(),
    page: z.number().int().min(1),
    pages: z.number().int().min(0),
  }),
  screen('policy', {
    title: name,
    municipality: name,
    purpose: Purpose,
    amount: z.number().int(),
    area: z.enum(['anywhere', 'municipality', 'shops']),
    from: Day,
    lastDay: Day,
    open: z.boolean(),
  }),
  screen('policy-question', { text: z.string(), index: z.number().int(), count: z.number().int() }),
  screen('policy-not-for-you', { title: name }),
  screen('municipal-granted', {
    receipt: ReceiptNumber,
    policy: name,
    amount: z.number().int(),
    linked: Linked,
    service: name,
    slip: SlipState,
  }),

  // Card application (個人番号カード交付申請): no card, so no personal entry before the form is read
  /** What it is, what is needed, what the data is for. Buttons: next, no-form. */
  screen('about-application', {}),
  /** Where a form is to be had; printable. */
  screen('no-form', { slip: SlipState }),
  /** `text`: digits so far, drawn in groups (FORM_ID_GROUPS). `camera`: the viewfinder is up. */
  screen('form-read', { text: z.string().max(23), problem: FormProblem.nullable(), camera: z.boolean() }),
  /** Typed digits, to be compared with the paper: confirm, or back. */
  screen('form-check', { form: FormId }),
  /** Moved or renamed since the form was printed? yes, no. */
  screen('form-moved', {}),
  /** A new form is better: next goes on with the old one; printable. */
  screen('form-moved-advice', { slip: SlipState }),
  /** email, phone, none. */
  screen('contact-kind', {}),
  screen('contact-entry', { kind: ContactKind, text: z.string().max(120), problem: ContactProblem.nullable() }),
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
  screen('form-again', { text: z.string().max(23), problem: FormProblem.nullable(), camera: z.boolean() }),
  /** Another form came: the session is over, nothing was kept. */
  screen('other-form', {}),
  /** `weeks`: about how long until the card can be fetched; `null`: the platform did not say. */
  screen('application-accepted', {
    receipt: ReceiptNumber,
    weeks: z.number().int().nullable(),
    contact: z.boolean(),
    slip: SlipState,
  }),
  /** From the slip's number. `null`: the line is down, or the platform does not know it. */
  screen('application-status', { receipt: ReceiptNumber, application: ApplicationState.nullable(), slip: SlipState }),

  /** The session is over; the card still lies on the reader. Nothing personal. */
  screen('take-card', { alarm: z.boolean() }),
  screen('goodbye', { reason: z.enum(['done', 'removed', 'timeout', 'staff', 'reader', 'home']) }),
  /** `staff`: the staff console is open. `trial`: staff try that camera (for `codes` also the hand scanner); only with `staff`. */
  screen('out-of-order', {
    reason: z.enum(['reader-missing', 'reader-service', 'reader-not-allowed', 'reader-stuck', 'storage', 'starting', 'staff']),
    trial: z.enum(CAMERA_USES).optional(),
  }),
]);
export type Screen = z.infer<typeof Screen>;
export type ScreenName = Screen['name'];
export type ScreenOf<N extends ScreenName> = Extract<Screen, { name: N }>;
