import type { CardProblem } from '../../contract/card.ts';
import type { CardSession } from '../../contract/card-host.ts';
import type { WhoseCard } from '../../contract/content.ts';
import type { RefusalCode } from '../../contract/platform.ts';
import type { ReadBack, ScreenOf, SlipState } from '../../contract/screens.ts';
import type { CardView } from './card-view.ts';
import type { JourneyOutput } from './events.ts';

export type CannotAccept = ScreenOf<'cannot-accept'>['reason'];

/** What became of a signature attempt. `committed`: sealed and safe in the outbox. */
export type CommitResult =
  | { readonly kind: 'committed' }
  | { readonly kind: 'problem'; readonly problem: CardProblem }
  | { readonly kind: 'cannot-accept'; readonly reason: CannotAccept };

/** What the person is told in the end. `waiting`: no answer within the waiting time. */
export type Answer =
  | { readonly kind: 'issued'; readonly myKeyId: string; readonly alreadySet: boolean }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  | { readonly kind: 'waiting' };

export interface ComposeInput {
  readonly session: CardSession;
  readonly whose: WhoseCard;
}

export interface SetUpContext {
  card: CardView;
  termsCount: number;
  termsIndex: number;
  full: boolean;
  whose: WhoseCard | null;
  /** Every document of the terms was agreed to in this visit. */
  agreed: boolean;
  slow: boolean;
  noticeSeen: boolean;
  readBack: ReadBack | null;
  triesLeft: number;
  wrong: boolean;
  digits: number;
  shuffled: boolean;
  layout: readonly number[];
  problem: CardProblem | null;
  cannot: CannotAccept;
  answer: Answer | null;
  slip: SlipState;
  output: JourneyOutput;
}
