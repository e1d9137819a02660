import type { ActorLogic, AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import type { Journey, SlipState } from '../../contract/screens.ts';
import type { TermsRef, WhoseCard } from '../../contract/submission.ts';
import type { CardState } from '../charts/card-state.ts';
import { changes, commonActions, OVER, QUEUED } from '../charts/common.ts';
import type { JourneyEvent } from '../charts/events.ts';

/** What the person of this card has said in one journey and is not asked again in the next; nothing of it names anybody. */
export interface Known {
  readonly whose: WhoseCard;
  readonly helped: boolean;
  readonly agreedTo: readonly TermsRef[];
}

/**
 * How a journey ends. `home`: given up; `menu`: another choice with the same visit; `switch`: straight into another journey (`readAgain`: the
 * card was powered off after it had signed); `next-person`: done, and somebody of the same family comes next with the same service.
 */
export type JourneyOutput =
  | { readonly end: 'done' | 'home' | 'menu' }
  | { readonly end: 'switch'; readonly to: Journey; readonly readAgain: boolean; readonly known?: Known }
  | { readonly end: 'next-person'; readonly service: string };

/** What a visit gives a journey that begins. */
export interface JourneyInput {
  readonly card: CardState;
  /** Journeys that this terminal offers. */
  readonly offers: readonly Journey[];
  /** The PIN pad is drawn in a fresh order. */
  readonly shuffled: boolean;
  /** People are helped here: who touches the screen is asked. */
  readonly helpers: boolean;
  /** What the journey before has asked already; `null`: nothing. */
  readonly known: Known | null;
  /** A family run: the service that somebody chose before. Not personal. */
  readonly family: string | null;
}

/** The chart of a journey, as the visit runs it: nobody but `screenOf` looks into its context. */
export type JourneyLogic = ActorLogic<AnyMachineSnapshot, JourneyEvent, JourneyInput> & Pick<AnyStateMachine, 'root'>;

/** The action "end with this". */
export const leave = <E extends 'home' | 'menu' | 'done'>(end: E) => ({ type: 'leave', params: { end } }) as const;

/** Actions of every journey. */
export function journeyActions<Context extends { slip: SlipState; output: JourneyOutput }>() {
  const set = changes<{ output: JourneyOutput }, Context>();
  return {
    ...commonActions<Context>(),
    leave: set<{ end: 'home' | 'menu' | 'done' }>((_, __, { end }) => ({ output: { end } })),
  };
}

/** Hands what a person does, and the card, on to the submission that runs. */
export const handsOn = {
  card: { actions: ['takeCard', 'toSubmission'] },
  press: { actions: 'toSubmission' },
  'pin-key': { actions: 'toSubmission' },
  'pin-edit': { actions: 'toSubmission' },
  type: { actions: 'toSubmission' },
  'type-edit': { actions: 'toSubmission' },
  scanned: { actions: 'toSubmission' },
} as const;

/** Whoever takes the card now has finished: nothing of it has to be begun again. @param journey the snapshot of a journey */
export function isOver(journey: AnyMachineSnapshot): boolean {
  if (journey.hasTag(OVER)) return true;
  const submission: AnyMachineSnapshot | undefined = journey.children['submission']?.getSnapshot();
  if (submission === undefined) return false;
  // A question is kept nowhere, and ends with its answer.
  return submission.hasTag(OVER) || (submission.hasTag(QUEUED) && submission.context.request?.kind !== 'status');
}
