import type { TermsRef, WhoseCard } from '../../../contract/submission.ts';
import type { CardState } from '../card-state.ts';
import type { JourneyOutput } from '../events.ts';

/** What every journey with a PIN knows before the card is needed. */
export interface PrologueContext {
  card: CardState;
  readonly shuffled: boolean;
  whose: WhoseCard | null;
  /** People are helped here: who touches the screen is asked. */
  readonly helpers: boolean;
  /** Somebody else works the screen for the holder. */
  helped: boolean;
  /** The documents to agree to, in order, and the one that is up. */
  documents: readonly TermsRef[];
  termsIndex: number;
  full: boolean;
  /** Every document was agreed to in this visit. */
  agreed: boolean;
  output: JourneyOutput;
}

export function isLastDocument({ termsIndex, documents }: PrologueContext): boolean {
  return termsIndex + 1 >= documents.length;
}
