import { assign, sendParent, sendTo, setup } from 'xstate';
import { createSubmissionMachine, TELEPHONE_LAYOUT } from '../../submission/submission-machine.ts';
import type { CardState } from '../card-state.ts';
import type { JourneyEvent, JourneyOutput } from '../events.ts';

interface StatusContext {
  card: CardState;
  readonly shuffled: boolean;
  output: JourneyOutput;
}

/** Journey "status": card and PIN, then what is set up, granted and still to come. A question: nothing is queued (DESIGN section 4). */
export const statusMachine = setup({
  types: {
    context: {} as StatusContext,
    events: {} as JourneyEvent,
    input: {} as { card: CardState; shuffled: boolean },
    output: {} as JourneyOutput,
  },
  actors: { act: createSubmissionMachine(() => TELEPHONE_LAYOUT) },
  actions: {
    takeCard: assign(({ event }) => (event.type === 'CARD' ? { card: event.card } : {})),
    toAct: sendTo('act', ({ event }) => event),
    relayRetry: sendParent({ type: 'RETRY_READ' }),
  },
}).createMachine({
  id: 'status',
  context: ({ input }) => ({ card: input.card, shuffled: input.shuffled, output: { end: 'home' } }),
  initial: 'act',
  on: { RETRY_READ: { actions: 'relayRetry' } },
  states: {
    act: {
      invoke: {
        id: 'act',
        src: 'act',
        onSnapshot: {},
        input: ({ context }) => ({ card: context.card, ask: { kind: 'status' }, shuffled: context.shuffled }),
        onDone: [
          { guard: ({ event }) => event.output.end === 'back', actions: assign({ output: { end: 'menu' } }), target: 'finished' },
          { guard: ({ event }) => event.output.end === 'done', actions: assign({ output: { end: 'done' } }), target: 'finished' },
          { actions: assign({ output: { end: 'home' } }), target: 'finished' },
        ],
      },
      on: {
        CARD: { actions: ['takeCard', 'toAct'] },
        PRESS: { actions: 'toAct' },
        PIN_KEY: { actions: 'toAct' },
        PIN_EDIT: { actions: 'toAct' },
      },
    },
    finished: { type: 'final' },
  },
  output: ({ context }) => context.output,
});
