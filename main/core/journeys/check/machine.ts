import { assign, sendParent, setup } from 'xstate';
import type { CardProblem } from '../../../contract/card.ts';
import type { SlipState } from '../../../contract/screens.ts';
import type { CardState } from '../card-state.ts';
import { problemFor } from '../card-state.ts';
import type { JourneyEvent, JourneyOutput } from '../events.ts';
import { pressed } from '../events.ts';
import { OVER } from '../over.ts';

interface CheckContext {
  card: CardState;
  slow: boolean;
  slip: SlipState;
  output: JourneyOutput;
}

const nothing: SlipState = { state: 'none' };

/** Journey "check": what can my card do today. No PIN, sixty seconds. */
export const checkMachine = setup({
  types: {
    context: {} as CheckContext,
    events: {} as JourneyEvent,
    input: {} as { card: CardState },
    output: {} as JourneyOutput,
  },
  actions: {
    takeCard: assign(({ event }) => (event.type === 'CARD' ? { card: event.card, slip: nothing } : {})),
    takeSlip: assign(({ event }) => (event.type === 'SLIP' ? { slip: event.slip } : {})),
    retryRead: sendParent({ type: 'RETRY_READ' }),
    /** Injected: prints the slip of the result or the problem and sends SLIP back. */
    print: () => {},
  },
  guards: {
    isAbsent: ({ context }) => context.card.at === 'absent',
    isReading: ({ context }) => context.card.at === 'reading',
    hasProblem: ({ context }) => problemFor('check', context.card) !== null,
    isReady: ({ context }) => context.card.at === 'ready',
    home: ({ event }) => pressed(event, 'home'),
    back: ({ event }) => pressed(event, 'back'),
    done: ({ event }) => pressed(event, 'done'),
    printing: ({ event, context }) =>
      pressed(event, 'print') && context.slip.state !== 'printing' && context.slip.state !== 'printed',
    setUp: ({ event }) => pressed(event, 'set-up'),
    tryAgain: ({ event }) => pressed(event, 'try-again'),
  },
  delays: { slowCard: 20_000 },
}).createMachine({
  id: 'check',
  context: ({ input }) => ({ card: input.card, slow: false, slip: nothing, output: { end: 'home' } }),
  initial: 'deciding',
  on: {
    CARD: { actions: 'takeCard', target: '.deciding' },
    SLIP: { actions: 'takeSlip' },
    PRESS: { guard: 'home', actions: assign({ output: { end: 'home' } }), target: '.finished' },
  },
  states: {
    deciding: {
      always: [
        { guard: 'hasProblem', target: 'problem' },
        { guard: 'isReady', target: 'result' },
        { guard: 'isReading', target: 'reading' },
        { target: 'insert' },
      ],
    },
    insert: {
      entry: assign({ slow: false }),
      after: { slowCard: { actions: assign({ slow: true }) } },
      on: { PRESS: { guard: 'back', actions: assign({ output: { end: 'menu' } }), target: 'finished' } },
    },
    reading: {},
    result: {
      tags: OVER,
      on: {
        PRESS: [
          { guard: 'done', actions: assign({ output: { end: 'done' } }), target: 'finished' },
          { guard: 'setUp', actions: assign({ output: { end: 'switch', to: 'set-up' } }), target: 'finished' },
          { guard: 'printing', actions: [assign({ slip: { state: 'printing' } }), 'print'] },
        ],
      },
    },
    problem: {
      on: {
        PRESS: [
          { guard: 'tryAgain', actions: 'retryRead' },
          { guard: 'done', actions: assign({ output: { end: 'done' } }), target: 'finished' },
          { guard: 'printing', actions: [assign({ slip: { state: 'printing' } }), 'print'] },
        ],
      },
    },
    finished: { type: 'final' },
  },
  output: ({ context }) => context.output,
});

/** The problem a journey shows now; a bug if there is none. */
export function shownProblem(journey: 'check' | 'set-up', card: CardState): CardProblem {
  return problemFor(journey, card) ?? { code: 'reader-failed' };
}
