import type { Button } from '../../contract/page-protocol.ts';
import type { Journey, SlipState } from '../../contract/screens.ts';
import type { Filter } from '../../contract/service-filter.ts';
import type { TermsRef, WhoseCard } from '../../contract/submission.ts';
import type { CardState } from './card-state.ts';

/** What a journey hears. Presses come from the page (already checked against the step), CARD from the session. */
export type JourneyEvent =
  | { readonly type: 'PRESS'; readonly button: Button }
  | { readonly type: 'PIN_KEY'; readonly position: number }
  | { readonly type: 'PIN_EDIT'; readonly edit: 'back' | 'clear' | 'ok' | 'shuffle' | 'unshuffle' }
  | { readonly type: 'TYPE'; readonly key: string }
  | { readonly type: 'TYPE_EDIT'; readonly edit: 'back' | 'clear' | 'ok' }
  | { readonly type: 'SCANNED'; readonly text: string; readonly also?: readonly string[] }
  | { readonly type: 'FIND'; readonly filter: Partial<Filter> }
  | { readonly type: 'CHOOSE'; readonly id: string }
  | { readonly type: 'CARD'; readonly card: CardState }
  | { readonly type: 'SLIP'; readonly slip: SlipState }
  /** From the entry desk: all is entered; or the person went back before its first field. */
  | { readonly type: 'DESK_DONE' }
  | { readonly type: 'DESK_LEFT' }
  /** From an act to its journey, and on to the visit: read the card once more. */
  | { readonly type: 'RETRY_READ' };

/** What the person of this card has said in one journey and is not asked again in the next; nothing of it names anybody. */
export interface Known {
  readonly whose: WhoseCard;
  readonly helped: boolean;
  readonly agreedTo: readonly TermsRef[];
}

/**
 * How a journey ends. `home`: given up; `menu`: another choice with the same visit; `switch`: straight into another journey;
 * `next-person`: done, and somebody of the same family comes next with the same service.
 */
export type JourneyOutput =
  | { readonly end: 'done' | 'home' | 'menu' }
  | { readonly end: 'switch'; readonly to: Journey; readonly known?: Known }
  | { readonly end: 'next-person'; readonly service: string };

/** Narrow helper for guards: was this button pressed? */
export function pressed(event: { type: string }, button: Button): boolean {
  return event.type === 'PRESS' && (event as { button?: unknown }).button === button;
}
