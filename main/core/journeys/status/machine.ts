import { sendTo, setup } from 'xstate';
import type { SlipState } from '../../../contract/screens.ts';
import type { CardState } from '../../charts/card-state.ts';
import { cardActions } from '../../charts/common.ts';
import type { JourneyEvent } from '../../charts/events.ts';
import type { Shows } from '../../charts/screen-of.ts';
import type { JourneyDeps } from '../deps.ts';
import { handsOn, type JourneyInput, type JourneyOutput, journeyActions, leave } from '../journey.ts';

interface StatusContext {
  card: CardState;
  readonly shuffled: boolean;
  slip: SlipState;
  output: JourneyOutput;
}

/**
 * Journey "status": card and PIN, then what is set up, granted and still to come. A question: nothing is queued (DESIGN.md,
 * Journeys).
 */
export function createStatus({ submission }: JourneyDeps) {
  return setup({
    types: {
      context: {} as StatusContext,
      events: {} as JourneyEvent,
      input: {} as JourneyInput,
      output: {} as JourneyOutput,
      meta: {} as Shows<StatusContext>,
    },
    actors: { submission },
    actions: {
      ...journeyActions<StatusContext>(),
      ...cardActions<StatusContext>(),
      toSubmission: sendTo('submission', ({ event }) => event),
    },
  }).createMachine({
    id: 'status',
    context: ({ input: { card, shuffled } }) => ({ card, shuffled, slip: { state: 'none' }, output: { end: 'home' } }),
    initial: 'submission',
    on: { 'retry-read': { actions: 'retryRead' } },
    states: {
      submission: {
        meta: { child: 'submission', screen: () => ({ name: 'reading-card', journey: 'status' }) },
        invoke: {
          id: 'submission',
          src: 'submission',
          onSnapshot: {},
          input: ({ context: { card, shuffled } }) => ({
            journey: 'status',
            card,
            request: { kind: 'status' },
            shuffled,
            offers: [],
          }),
          onDone: [
            { guard: ({ event }) => event.output.end === 'back', actions: leave('menu'), target: 'finished' },
            { guard: ({ event }) => event.output.end === 'done', actions: leave('done'), target: 'finished' },
            { actions: leave('home'), target: 'finished' },
          ],
        },
        on: handsOn,
      },
      finished: { type: 'final' },
    },
    output: ({ context }) => context.output,
  });
}
