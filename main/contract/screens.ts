import { z } from 'zod';
import { CardFacts, CardProblem } from './card.ts';
import { Challenge, ReceiptNumber, TermsRef, WhoseCard } from './content.ts';
import { MyKeyId, RefusalCode } from './platform.ts';
import { PrintFailure } from './slip.ts';

/** Every screen the core can put up, with all the data it needs. The page draws it and holds nothing back. */
export const Journey = z.enum(['check', 'set-up']);
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

/** The read-back: the signed content's own fields, nothing composed beside it. `at`: ISO instant. */
export const ReadBack = z
  .object({
    kind: z.literal('set-up'),
    whose: WhoseCard,
    terms: z.array(z.object({ ref: TermsRef, title: z.string() }).strict()),
    receipt: ReceiptNumber,
    terminal: z.string(),
    at: z.string(),
    challenge: Challenge,
    helped: z.boolean(),
  })
  .strict();
export type ReadBack = z.infer<typeof ReadBack>;

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

export const Screen = z.discriminatedUnion('name', [
  screen('attract', {}),
  /** `cardPresent`: the menu of a running card session. `can`: journeys that this terminal offers. */
  screen('menu', { can: z.array(journey), cardPresent: z.boolean() }),
  screen('about-set-up', {}),
  screen('whose-card', {}),
  /** "Other": politely no. */
  screen('whose-stop', {}),
  /** One document at a time. `full`: whole text open instead of the summary. */
  screen('terms', { document: TermsDocument, index: z.number().int(), count: z.number().int(), full: z.boolean() }),
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
  screen('renewed-wait', {}),
  screen('read-back', { content: ReadBack, page: z.literal(1) }),
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
  screen('signing', {}),
  screen('delivering', { receipt: ReceiptNumber }),
  screen('issued', { myKeyId: MyKeyId, alreadySet: z.boolean(), receipt: ReceiptNumber, slip: SlipState }),
  /** 受付: safe in the outbox, not delivered yet. Never says 完了. */
  screen('received', { receipt: ReceiptNumber, at: z.string(), slip: SlipState }),
  /** Delivered, but the platform gave no readable answer for this session (for example answered by a repeat). */
  screen('accepted', { receipt: ReceiptNumber, slip: SlipState }),
  screen('refused', { receipt: ReceiptNumber, code: RefusalCode, slip: SlipState }),
  /** Nothing was sent and no PIN was used: `storage` full, no `challenge` left offline, or an `internal` fault. */
  screen('cannot-accept', { reason: z.enum(['storage', 'challenge', 'internal']) }),
  /** The session is over; the card still lies on the reader. Nothing personal. */
  screen('take-card', { alarm: z.boolean() }),
  screen('goodbye', { reason: z.enum(['done', 'removed', 'timeout', 'staff', 'reader', 'home']) }),
  screen('out-of-order', { reason: z.enum(['reader-missing', 'reader-service', 'reader-stuck', 'storage', 'starting']) }),
]);
export type Screen = z.infer<typeof Screen>;
export type ScreenName = Screen['name'];
export type ScreenOf<N extends ScreenName> = Extract<Screen, { name: N }>;
