import type { CardFacts, CardProblem } from '../../contract/card.ts';
import type { CardSession } from '../../contract/card-host.ts';
import type { Journey } from '../../contract/screens.ts';

/** The card as the journeys see it. Nothing in here names a person. */
export type CardView =
  | { readonly at: 'absent' }
  | { readonly at: 'reading'; readonly session: CardSession }
  | { readonly at: 'ready'; readonly session: CardSession; readonly facts: CardFacts }
  /** `session: null`: something that never answered (upside down). */
  | { readonly at: 'problem'; readonly session: CardSession | null; readonly problem: CardProblem };

/** Kinds of card that never open a personal session: taking them off leads back to "put your card on". */
const NOT_A_PERSON: ReadonlySet<CardProblem['code']> = new Set([
  'not-my-number-card',
  'juki-card',
  'phone',
  'newer-card',
  'mute',
]);

export function opensNoSession(card: CardView): boolean {
  return card.at === 'problem' && NOT_A_PERSON.has(card.problem.code);
}

/** What stands in the way of this journey with this card. `check` tells about locks and dates, so only reading faults stop it. */
export function problemFor(journey: Journey, card: CardView): CardProblem | null {
  if (card.at === 'problem') return card.problem;
  if (card.at !== 'ready' || journey === 'check') return null;
  if (card.facts.validity === 'expired') return { code: 'certificate-expired', notAfter: card.facts.notAfter };
  // Who locked it, and whether it was ever set, nobody can tell here.
  if (card.facts.triesLeft === 0) return { code: 'pin-unusable' };
  return null;
}
