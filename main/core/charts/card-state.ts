import type { CardFacts, CardProblem } from '../../contract/card.ts';
import type { CardSessionNumber } from '../../contract/card-host.ts';
import type { Journey } from '../../contract/screens.ts';

/** The card as the journeys see it. Nothing in here names a person. */
export type CardState =
  | { readonly at: 'absent' }
  | { readonly at: 'reading'; readonly session: CardSessionNumber }
  | { readonly at: 'ready'; readonly session: CardSessionNumber; readonly facts: CardFacts }
  /** `session: null`: something that never answered (upside down). */
  | { readonly at: 'problem'; readonly session: CardSessionNumber | null; readonly problem: CardProblem };

/** Kinds of card that never open a personal session: taking them off leads back to "put your card on". */
const NOT_A_PERSON: ReadonlySet<CardProblem['code']> = new Set([
  'not-my-number-card',
  'juki-card',
  'phone',
  'newer-card',
  'mute',
]);

export function opensNoSession(card: CardState): boolean {
  return card.at === 'problem' && NOT_A_PERSON.has(card.problem.code);
}

/** What stands in the way of this journey with this card. `check` tells about locks and dates, so only reading faults stop it. */
export function problemFor(journey: Journey, card: CardState): CardProblem | null {
  if (card.at === 'problem') return card.problem;
  if (card.at !== 'ready' || journey === 'check') return null;
  if (card.facts.validity === 'expired') return { code: 'certificate-expired', notAfter: card.facts.notAfter };
  // Who locked it, and whether it was ever set, nobody can tell here.
  if (card.facts.triesLeft === 0) return { code: 'pin-unusable' };
  return null;
}
