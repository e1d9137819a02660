import { assign, sendParent, sendTo, setup } from 'xstate';
import type { TermsRef } from '../../../contract/submission.ts';
import { createSubmissionMachine, TELEPHONE_LAYOUT } from '../../submission/submission-machine.ts';
import type { GoesOn } from '../../submission/types.ts';
import type { CardState } from '../card-state.ts';
import { problemFor } from '../card-state.ts';
import type { JourneyEvent, JourneyOutput } from '../events.ts';
import { pressed } from '../events.ts';
import type { PrologueContext } from '../prologue/prologue.ts';
import { isLastDocument } from '../prologue/prologue.ts';

/** Named guards and actions of the journey "set-up". The act is injected with its effects. */
export const setUpParts = setup({
  types: {
    context: {} as PrologueContext & { readonly goesOn: readonly GoesOn[] },
    events: {} as JourneyEvent,
    input: {} as {
      card: CardState;
      documents: readonly TermsRef[];
      shuffled: boolean;
      helpers: boolean;
      goesOn: readonly GoesOn[];
    },
    output: {} as JourneyOutput,
  },
  actors: { act: createSubmissionMachine(() => TELEPHONE_LAYOUT) },
  actions: {
    takeCard: assign(({ event }) => (event.type === 'CARD' ? { card: event.card } : {})),
    /** What happens during the act is the act's business. */
    toAct: sendTo('act', ({ event }) => event),
    relayRetry: sendParent({ type: 'RETRY_READ' }),
  },
  guards: {
    home: ({ event }) => pressed(event, 'home'),
    next: ({ event }) => pressed(event, 'next'),
    back: ({ event }) => pressed(event, 'back'),
    done: ({ event }) => pressed(event, 'done'),
    agree: ({ event }) => pressed(event, 'agree'),
    agreeLast: ({ event, context }) => pressed(event, 'agree') && isLastDocument(context),
    backInTerms: ({ event, context }) => pressed(event, 'back') && context.termsIndex > 0,
    showAll: ({ event }) => pressed(event, 'show-all'),
    showSummary: ({ event }) => pressed(event, 'show-summary'),
    other: ({ event }) => pressed(event, 'other'),
    holder: ({ event }) => pressed(event, 'holder'),
    helper: ({ event }) => pressed(event, 'helper'),
    self: ({ event }) => pressed(event, 'self'),
    child: ({ event }) => pressed(event, 'child'),
    represented: ({ event }) => pressed(event, 'represented'),
    asksWho: ({ context }) => context.helpers,
    hasProblem: ({ context }) => problemFor('set-up', context.card) !== null,
  },
});
