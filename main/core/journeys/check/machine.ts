import { assign, setup } from 'xstate';
import type { SlipState } from '../../../contract/screens.ts';
import { type CardState, problemFor } from '../../charts/card-state.ts';
import { commonGuards, OVER, press } from '../../charts/common.ts';
import type { JourneyEvent } from '../../charts/events.ts';
import type { Shows } from '../../charts/screen-of.ts';
import type { SlipSubject } from '../../print/slips.ts';
import type { JourneyDeps } from '../deps.ts';
import { type JourneyInput, type JourneyOutput, journeyActions, leave } from '../journey.ts';
import { checkItems } from './check-items.ts';

interface CheckContext {
  card: CardState;
  slow: boolean;
  slip: SlipState;
  output: JourneyOutput;
}

/** `null`: there is nothing to print yet. */
function slipOf(card: CardState): SlipSubject | null {
  if (card.at === 'ready') return { kind: 'check', facts: card.facts, items: checkItems(card.facts) };
  return card.at === 'problem' ? { kind: 'problem', problem: card.problem } : null;
}

const printing = { guard: 'printing', actions: ['beginPrint', 'print'] } as const;

/** Journey "check": what can my card do today. No PIN, sixty seconds. */
export function createCheck({ print, slowCardMs }: JourneyDeps) {
  return setup({
    types: {
      context: {} as CheckContext,
      events: {} as JourneyEvent,
      input: {} as JourneyInput,
      output: {} as JourneyOutput,
      meta: {} as Shows<CheckContext>,
    },
    actions: {
      ...journeyActions<CheckContext>(),
      takeCard: assign(({ event }) => (event.type === 'card' ? { card: event.card, slip: { state: 'none' } as const } : {})),
      print: ({ context, self }) => {
        const subject = slipOf(context.card);
        if (subject !== null) print(subject, self);
      },
    },
    guards: {
      ...commonGuards,
      isReading: ({ context }) => context.card.at === 'reading',
      hasProblem: ({ context }) => problemFor('check', context.card) !== null,
      isReady: ({ context }) => context.card.at === 'ready',
    },
    delays: { slowCard: slowCardMs },
  }).createMachine({
    id: 'check',
    context: ({ input: { card } }) => ({ card, slow: false, slip: { state: 'none' }, output: { end: 'home' } }),
    initial: 'deciding',
    meta: { screen: () => ({ name: 'reading-card', journey: 'check' }) },
    on: {
      card: { actions: 'takeCard', target: '.deciding' },
      slip: { actions: 'takeSlip' },
      press: { guard: press('home'), actions: leave('home'), target: '.finished' },
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
        meta: { screen: ({ slow }) => ({ name: 'insert-card', journey: 'check', slow }) },
        entry: assign({ slow: false }),
        after: { slowCard: { actions: assign({ slow: true }) } },
        on: { press: { guard: press('back'), actions: leave('menu'), target: 'finished' } },
      },
      reading: {},
      result: {
        meta: {
          screen: ({ card, slip }) =>
            card.at === 'ready' ? { name: 'check-result', facts: card.facts, items: checkItems(card.facts), slip } : null,
        },
        tags: OVER,
        on: {
          press: [
            { guard: press('done'), actions: leave('done'), target: 'finished' },
            {
              guard: press('set-up'),
              actions: assign({ output: { end: 'switch', to: 'set-up', readAgain: false } }),
              target: 'finished',
            },
            printing,
          ],
        },
      },
      problem: {
        meta: {
          screen: ({ card, slip }) => ({
            ...{ name: 'card-problem', journey: 'check', slip },
            problem: problemFor('check', card) ?? { code: 'reader-failed' },
          }),
        },
        on: {
          press: [
            { guard: press('try-again'), actions: 'retryRead' },
            { guard: press('done'), actions: leave('done'), target: 'finished' },
            printing,
          ],
        },
      },
      finished: { type: 'final' },
    },
    output: ({ context }) => context.output,
  });
}
