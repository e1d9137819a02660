import type { Screens } from '../journeys/screens.ts';
import { Accepted } from './accepted.tsx';
import { CannotAccept } from './cannot-accept.tsx';
import { CardProblem } from './card-problem.tsx';
import { Delivering } from './delivering.tsx';
import { ExpiringNotice } from './expiring-notice.tsx';
import { HandOver } from './hand-over.tsx';
import { InsertCard } from './insert-card.tsx';
import { Parked } from './parked.tsx';
import { Pin } from './pin.tsx';
import { PinLastTry } from './pin-last-try.tsx';
import { ReadBack } from './read-back.tsx';
import { ReadingCard } from './reading-card.tsx';
import { Received } from './received.tsx';
import { Refused } from './refused.tsx';
import { RenewedQuestion } from './renewed-question.tsx';
import { RenewedWait } from './renewed-wait.tsx';
import { Signing } from './signing.tsx';

/** From the card to the answer. */
export const submissionScreens = {
  'insert-card': InsertCard,
  'reading-card': ReadingCard,
  'card-problem': CardProblem,
  'expiring-notice': ExpiringNotice,
  'renewed-question': RenewedQuestion,
  'renewed-wait': RenewedWait,
  'read-back': ReadBack,
  'pin-last-try': PinLastTry,
  pin: Pin,
  signing: Signing,
  delivering: Delivering,
  received: Received,
  accepted: Accepted,
  parked: Parked,
  refused: Refused,
  'cannot-accept': CannotAccept,
  'hand-over': HandOver,
} satisfies Screens;
