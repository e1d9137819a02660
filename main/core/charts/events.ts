import type { PhotoHint } from '../../contract/application.ts';
import type { Button, Intent } from '../../contract/page-protocol.ts';
import type { SlipState } from '../../contract/screens.ts';
import type { CardState } from './card-state.ts';

type WithoutStep<I> = I extends { step: number } ? Omit<I, 'step'> : never;

/** What a person does at the step that is up, by the page's own names. Whoever sends it has compared the step. */
export type PersonEvent =
  | WithoutStep<Exclude<Intent, { type: 'scanned' }>>
  /** `also`: the other codes in view. */
  | { readonly type: 'scanned'; readonly text: string; readonly also?: readonly string[] }
  /** A picture is in the application's session. */
  | { readonly type: 'photo-taken'; readonly hints: readonly PhotoHint[] };

/** What a journey hears: the person, the card of the visit, its printer, and the form that is filled in. */
export type JourneyEvent =
  | PersonEvent
  | { readonly type: 'card'; readonly card: CardState }
  | { readonly type: 'slip'; readonly slip: SlipState }
  /** From a form that is filled in: all is entered and right; or the person went back before its first field. */
  | { readonly type: 'form-done' }
  | { readonly type: 'form-left' }
  /** From the paper form's number: typed, and to be compared with the paper first; read (`fresh`: another one than before); the same again; another. */
  | { readonly type: 'form-typed' }
  | { readonly type: 'form-read'; readonly fresh: boolean }
  | { readonly type: 'form-same' }
  | { readonly type: 'form-other' }
  /** From a submission to its journey, and on to the visit: read the card once more. */
  | { readonly type: 'retry-read' };

export const isPressed = (event: { readonly type: string }, button: Button): boolean =>
  event.type === 'press' && 'button' in event && event.button === button;

/** What a person does at a form. */
export type FieldInput = Extract<PersonEvent, { type: 'type' | 'type-edit' | 'scanned' | 'press' }>;
export const isFieldInput = (event: JourneyEvent): event is FieldInput =>
  event.type === 'type' || event.type === 'type-edit' || event.type === 'scanned' || event.type === 'press';
