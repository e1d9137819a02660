import { type ActionFunction, assign, type ParameterizedObject, sendParent } from 'xstate';
import type { Button } from '../../contract/page-protocol.ts';
import type { SlipState } from '../../contract/screens.ts';
import type { CardState } from './card-state.ts';
import { isPressed, type JourneyEvent } from './events.ts';

/** Tag of a state that tells how it ended: the person has nothing more to do here. */
export const OVER = 'over';
/** Tag of a state in which what was asked is safe in the outbox. */
export const QUEUED = 'queued';

/** The guard "this button was pressed". */
export const press = <B extends Button>(button: B) => ({ type: 'pressed', params: { button } }) as const;
/** Guards of every chart that prints. */
export const commonGuards = {
  pressed: ({ event }: { readonly event: { readonly type: string } }, { button }: { button: Button }) => isPressed(event, button),
  /** Printing is asked for, and goes not on already. */
  printing: ({ context: { slip }, event }: { context: { readonly slip: SlipState }; event: { readonly type: string } }) =>
    isPressed(event, 'print') && slip.state !== 'printing' && slip.state !== 'printed',
};

type Params = ParameterizedObject['params'] | undefined;
type Assign<Context extends object, P extends Params> = ActionFunction<
  Context,
  JourneyEvent,
  JourneyEvent,
  P,
  never,
  never,
  never,
  never,
  never
>;

/**
 * An action that changes fields which several journeys have.
 * @param change what it sets, out of the fields that it knows of
 */
export const changes =
  <Fields extends object, Context extends Fields>() =>
  <P extends Params = undefined>(
    change: (context: Fields, event: JourneyEvent, params: P) => Partial<Fields>,
  ): Assign<Context, P> =>
    // A context has the fields that are shared, and more: what is part of those is part of it.
    assign<Context, JourneyEvent, P, JourneyEvent, never>(
      ({ context, event }, params) => change(context, event, params) as Partial<Context>,
    );

/** Actions of every chart that prints and may have the card read again. */
export function commonActions<Context extends { slip: SlipState }>() {
  const set = changes<{ slip: SlipState }, Context>();
  return {
    takeSlip: set((_, event) => (event.type === 'slip' ? { slip: event.slip } : {})),
    beginPrint: set(() => ({ slip: { state: 'printing' } })),
    noSlip: set(() => ({ slip: { state: 'none' } })),
    retryRead: sendParent<Context, JourneyEvent, undefined, JourneyEvent, JourneyEvent>({ type: 'retry-read' }),
  };
}

/** Lists of several pages, from 1. */
export function pageActions<Context extends { page: number }>() {
  const set = changes<{ page: number }, Context>();
  return { turnPage: set<{ by: 1 | -1 }>(({ page }, _, { by }) => ({ page: page + by })) };
}
export const turnPage = <By extends 1 | -1>(by: By) => ({ type: 'turnPage', params: { by } }) as const;

export function cardActions<Context extends { card: CardState }>() {
  const set = changes<{ card: CardState }, Context>();
  return { takeCard: set((_, event) => (event.type === 'card' ? { card: event.card } : {})) };
}
