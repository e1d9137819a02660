import type { Button } from '../../contract/port.ts';
import type { Journey, SlipState } from '../../contract/screens.ts';
import type { CardView } from './card-view.ts';

/** What a journey hears. Presses come from the page (already checked against the step), CARD from the session. */
export type JourneyEvent =
  | { readonly type: 'PRESS'; readonly button: Button }
  | { readonly type: 'PIN_KEY'; readonly position: number }
  | { readonly type: 'PIN_EDIT'; readonly edit: 'back' | 'clear' | 'ok' | 'shuffle' | 'unshuffle' }
  | { readonly type: 'CARD'; readonly card: CardView }
  | { readonly type: 'SLIP'; readonly slip: SlipState };

/** How a journey ends. `home`: given up; `menu`: another choice with the same visit; `switch`: straight into another journey. */
export type JourneyOutput = { readonly end: 'done' | 'home' | 'menu' } | { readonly end: 'switch'; readonly to: Journey };

/** Narrow helper for guards: was this button pressed? */
export function pressed(event: { type: string }, button: Button): boolean {
  return event.type === 'PRESS' && (event as { button?: unknown }).button === button;
}
