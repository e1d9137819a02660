import { z } from 'zod';
import { CardFacts, CardProblem } from '../card.ts';
import { GrantOn } from '../catalogue.ts';
import { RefusalCode } from '../platform.ts';
import { Challenge, ReceiptNumber, TermsRef, WhoseCard } from '../submission.ts';
import { cardless, Journey, name, Prospect, SlipState, screen } from './screen.ts';

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

/** From the card to the answer: the same in every journey with a PIN. */
export const submissionScreens = [
  /** `slow`: nothing readable for 20 s, show the causes (metal, case, second card). */
  screen('insert-card', { journey: Journey, slow: z.boolean() }, { step: ['journey'] }),
  screen('reading-card', { journey: Journey }),
  screen('card-problem', { problem: CardProblem, journey: Journey, slip: SlipState }),
  /** Certificate in its last three months; the person may go on. */
  screen('expiring-notice', { facts: CardFacts }),
  /** "Was the card renewed today?" Only when the certificate is younger than 48 hours. */
  screen('renewed-question', { facts: CardFacts }),
  screen('renewed-wait', { slip: SlipState }),
  /** `page` 2: the second time, by the card's holder alone (helper mode). */
  screen('read-back', { content: ReadBack, page: z.union([z.literal(1), z.literal(2)]) }),
  /** Helper mode: "give the screen to the card's holder now". */
  screen('hand-over', {}),
  /** One try left: an explicit extra step before the pad opens. */
  screen('pin-last-try', {}),
  /** `layout[i]`: the digit drawn at position i (telephone order when not shuffled). `digits`: how many are in. */
  screen(
    'pin',
    {
      digits: z.number().int().min(0).max(4),
      triesLeft: z.number().int().min(1).max(15),
      wrong: z.boolean(),
      shuffled: z.boolean(),
      layout: z.array(z.number().int().min(0).max(9)).length(10),
    },
    { step: ['triesLeft', 'wrong', 'layout'] },
  ),
  /** `pauseSeconds`: the PIN has not been tried yet; it is held back so long, so that a card cannot be locked in no time. */
  screen('signing', { pauseSeconds: z.number().int().min(0).max(60).nullable() }),
  screen('delivering', { receipt: ReceiptNumber, ...cardless }),
  /** 受付: safe in the outbox, not delivered yet. Never says 完了. `nextPerson`: of a sign-up; the family run goes on from here. */
  screen(
    'received',
    { receipt: ReceiptNumber, at: z.string(), nextPerson: z.boolean(), slip: SlipState, ...cardless },
    { outcome: 'received' },
  ),
  /** Delivered, but the platform gave no readable answer for this session (for example answered by a repeat). */
  screen('accepted', { receipt: ReceiptNumber, nextPerson: z.boolean(), slip: SlipState, ...cardless }, { outcome: 'accepted' }),
  /** Sent, but the platform could not take it as it is: it is safe here, and staff must look at it. */
  screen('parked', { receipt: ReceiptNumber, at: z.string(), nextPerson: z.boolean(), slip: SlipState }, { outcome: 'parked' }),
  screen(
    'refused',
    { receipt: ReceiptNumber, code: RefusalCode, nextPerson: z.boolean(), slip: SlipState },
    { outcome: 'refused' },
  ),
  /** Nothing was sent and no PIN was used: `storage` full, no `challenge` left offline, or an `internal` fault. */
  screen('cannot-accept', { reason: z.enum(['storage', 'challenge', 'internal']), ...cardless }, { outcome: 'cannot' }),
] as const;
