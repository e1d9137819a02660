import type { CardProblem } from '../../contract/card.ts';
import type { GrantOn } from '../../contract/catalogue.ts';
import type { Linked, RefusalCode, StatusReply } from '../../contract/platform.ts';
import type { Journey, ScreenOf, SlipState } from '../../contract/screens.ts';
import type { SubmissionContent, TermsRef, WhoseCard } from '../../contract/submission.ts';
import type { CardState } from '../charts/card-state.ts';

export type CannotAccept = ScreenOf<'cannot-accept'>['reason'];

/** What a person wants done with the card, as far as it is not personal: account and codes are in the session's account form. */
export type SubmissionRequest =
  | { readonly kind: 'set-up'; readonly whose: WhoseCard; readonly terms: readonly TermsRef[]; readonly helped: boolean }
  | {
      readonly kind: 'sign-up';
      readonly whose: WhoseCard;
      readonly terms: readonly TermsRef[];
      readonly service: string;
      readonly on: GrantOn;
      readonly makeId: boolean;
      readonly helped: boolean;
    }
  | {
      readonly kind: 'municipal';
      readonly whose: WhoseCard;
      readonly terms: readonly TermsRef[];
      readonly helped: boolean;
      readonly policy: string;
      readonly answers: readonly { readonly question: string; readonly answer: 'yes' | 'no' }[];
    }
  | { readonly kind: 'status' };

/** What became of a signature attempt. `committed`: sealed and safe in the outbox (a question: on its way). */
export type CommitResult =
  | { readonly kind: 'committed' }
  | { readonly kind: 'problem'; readonly problem: CardProblem }
  | { readonly kind: 'cannot-accept'; readonly reason: CannotAccept };

/** What will be read back, with the tries that the card has left now: it may have lost some in this session. */
export type Composed = { readonly content: SubmissionContent; readonly triesLeft: number } | { readonly cannot: CannotAccept };

/** What the person is told in the end. `waiting`: no answer within the waiting time. `no-line`: a question that could not be asked. */
export type Answer =
  | { readonly kind: 'issued'; readonly myKeyId: string; readonly alreadySet: boolean }
  | { readonly kind: 'signed-up'; readonly linked: Linked; readonly from: string; readonly myKeyId: string }
  | { readonly kind: 'granted'; readonly linked: Linked; readonly amount: number }
  | { readonly kind: 'status'; readonly status: StatusReply }
  | { readonly kind: 'already'; readonly linked: Linked }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  | { readonly kind: 'parked' }
  | { readonly kind: 'no-line' }
  | { readonly kind: 'waiting' };

/** How a submission ends. `resume`: a card that could not be used went again; `back`: to what was before the card. */
export type SubmissionOutput =
  | { readonly end: 'done' | 'home' | 'resume' | 'next-person' }
  | { readonly end: 'back'; readonly from: 'card' | 'read-back' }
  | { readonly end: 'again'; readonly why: 'not-set-up' | 'terms-changed' }
  | { readonly end: 'switch'; readonly to: GoesOn };

/** What a person can go on with who has a My Key ID, on the same card. */
export type GoesOn = 'sign-up' | 'status';

export interface SubmissionInput {
  readonly journey: Journey;
  readonly card: CardState;
  /** `null`: not known yet; the submission only tells about a card that cannot be used. */
  readonly request: SubmissionRequest | null;
  readonly shuffled: boolean;
  /** Journeys that this terminal offers. */
  readonly offers: readonly Journey[];
}

export interface SubmissionContext {
  readonly journey: Journey;
  card: CardState;
  readonly request: SubmissionRequest | null;
  readonly offers: readonly Journey[];
  slow: boolean;
  noticeSeen: boolean;
  content: SubmissionContent | null;
  /** Grows with every key on the account form: what is typed is not in here. */
  touched: number;
  triesLeft: number;
  wrong: boolean;
  digits: number;
  shuffled: boolean;
  layout: readonly number[];
  /** How long the PIN that was typed is held back before the card is asked, ms. */
  pauseMs: number;
  problem: CardProblem | null;
  cannot: CannotAccept;
  answer: Answer | null;
  /** Page of a long answer, from 1. */
  page: number;
  slip: SlipState;
  output: SubmissionOutput;
}
