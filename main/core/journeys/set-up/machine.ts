import { and, assign } from 'xstate';
import type { SubmissionRequest } from '../../submission/types.ts';
import type { Known } from '../events.ts';
import type { PrologueContext } from '../prologue/prologue.ts';
import { setUpParts } from './parts.ts';

function askOf({ agreed, whose, helped, documents }: PrologueContext): SubmissionRequest | null {
  return agreed ? { kind: 'set-up', whose: whose ?? 'self', helped, terms: documents } : null;
}

/** Said once, and not asked again by what follows with the same card. */
const knownOf = ({ whose, helped, documents }: PrologueContext): Known => ({
  whose: whose ?? 'self',
  helped,
  agreedTo: documents,
});

/** Journey "set-up" (マイナポイントの予約): what it is, whose card, terms, then the act (DESIGN section 4). */
export const setUpMachine = setUpParts.createMachine({
  id: 'set-up',
  context: ({ input }) => ({
    card: input.card,
    shuffled: input.shuffled,
    whose: null,
    helpers: input.helpers,
    helped: false,
    documents: input.documents,
    goesOn: input.goesOn,
    termsIndex: 0,
    full: false,
    agreed: false,
    output: { end: 'home' },
  }),
  initial: 'before',
  on: { RETRY_READ: { actions: 'relayRetry' } },
  states: {
    /** Everything before a card is needed. A card that cannot be used is told about at once, not after the terms. */
    before: {
      initial: 'about',
      entry: assign({ agreed: false }),
      on: {
        CARD: { actions: 'takeCard' },
        PRESS: { guard: 'home', actions: assign({ output: { end: 'home' } }), target: 'finished' },
      },
      always: { guard: 'hasProblem', target: 'act' },
      states: {
        resume: { type: 'history', history: 'deep' },
        about: {
          on: {
            PRESS: [
              // Most people have their own card in the hand: one press says so.
              { guard: 'self', actions: assign({ whose: 'self' }), target: 'askWho' },
              { guard: 'next', target: 'whose' },
              { guard: 'back', actions: assign({ output: { end: 'menu' } }), target: '#set-up.finished' },
            ],
          },
        },
        whose: {
          on: {
            PRESS: [
              { guard: 'self', actions: assign({ whose: 'self' }), target: 'askWho' },
              { guard: 'child', actions: assign({ whose: 'child-under-15' }), target: 'askWho' },
              { guard: 'represented', actions: assign({ whose: 'represented' }), target: 'askWho' },
              { guard: 'other', target: 'whoseStop' },
              { guard: 'back', target: 'about' },
            ],
          },
        },
        whoseStop: {
          on: {
            PRESS: [
              { guard: 'back', target: 'whose' },
              { guard: 'done', actions: assign({ output: { end: 'done' } }), target: '#set-up.finished' },
            ],
          },
        },
        askWho: {
          entry: assign({ helped: false }),
          always: [{ guard: 'asksWho', target: 'whoTypes' }, { target: 'terms' }],
        },
        whoTypes: {
          on: {
            PRESS: [
              { guard: 'holder', actions: assign({ helped: false }), target: 'terms' },
              { guard: 'helper', actions: assign({ helped: true }), target: 'terms' },
              { guard: 'back', target: 'whose' },
            ],
          },
        },
        terms: {
          entry: assign({ termsIndex: 0, full: false }),
          initial: 'reading',
          states: {
            reading: {
              on: {
                PRESS: [
                  { guard: 'agreeLast', actions: assign({ agreed: true }), target: '#set-up.act' },
                  { guard: 'agree', actions: assign({ termsIndex: ({ context }) => context.termsIndex + 1, full: false }) },
                  { guard: 'backInTerms', actions: assign({ termsIndex: ({ context }) => context.termsIndex - 1, full: false }) },
                  { guard: and(['back', 'asksWho']), target: '#set-up.before.whoTypes' },
                  { guard: 'back', target: '#set-up.before.whose' },
                  { guard: 'showAll', actions: assign({ full: true }) },
                  { guard: 'showSummary', actions: assign({ full: false }) },
                ],
              },
            },
          },
        },
      },
    },
    act: {
      invoke: {
        id: 'act',
        src: 'act',
        // Every step of the act is a step of the journey: the page hears of it.
        onSnapshot: {},
        input: ({ context }) => ({
          card: context.card,
          ask: askOf(context),
          shuffled: context.shuffled,
          goesOn: context.goesOn,
        }),
        onDone: [
          { guard: ({ event }) => event.output.end === 'resume', target: 'before.resume' },
          { guard: ({ event }) => event.output.end === 'back' && event.output.from === 'card', target: 'before.terms' },
          { guard: ({ event }) => event.output.end === 'back', target: 'before.whose' },
          { guard: ({ event }) => event.output.end === 'done', actions: assign({ output: { end: 'done' } }), target: 'finished' },
          {
            guard: ({ event }) => event.output.end === 'switch',
            actions: assign({
              output: ({ context, event }) =>
                event.output.end === 'switch' ? { ...event.output, known: knownOf(context) } : { end: 'done' as const },
            }),
            target: 'finished',
          },
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
