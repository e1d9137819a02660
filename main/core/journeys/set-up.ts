import { assign } from 'xstate';
import type { CardSession } from '../../contract/card-host.ts';
import type { SlipState } from '../../contract/screens.ts';
import { problemFor } from './card-view.ts';
import { setUpParts } from './set-up-parts.ts';
import type { SetUpContext } from './set-up-types.ts';

export const TELEPHONE_LAYOUT: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0];
const nothing: SlipState = { state: 'none' };

function sessionOf(context: SetUpContext): CardSession {
  const { card } = context;
  if (card.at !== 'ready') throw new Error('a card is wanted here');
  return card.session;
}

/** Injected from kiosk.ts: a fresh order of the ten digits. */
export type Shuffle = () => readonly number[];

/** Journey "set-up" (マイナポイントの予約): whose card, terms, card, read-back, PIN last, deliver (DESIGN section 4). */
export function createSetUpMachine(shuffle: Shuffle) {
  const layoutFor = (shuffled: boolean) => (shuffled ? shuffle() : TELEPHONE_LAYOUT);
  return setUpParts.createMachine({
    id: 'set-up',
    context: ({ input }) => ({
      card: input.card,
      termsCount: input.termsCount,
      termsIndex: 0,
      full: false,
      whose: null,
      agreed: false,
      slow: false,
      noticeSeen: false,
      readBack: null,
      triesLeft: 0,
      wrong: false,
      digits: 0,
      shuffled: input.shuffled,
      layout: TELEPHONE_LAYOUT,
      problem: null,
      cannot: 'internal',
      answer: null,
      slip: nothing,
      output: { end: 'home' },
    }),
    initial: 'before',
    on: {
      SLIP: { actions: 'takeSlip' },
      PRESS: { guard: 'home', actions: assign({ output: { end: 'home' } }), target: '.finished' },
    },
    states: {
      /** Everything before a card is needed. A card that cannot be used is told about at once, not after the terms. */
      before: {
        initial: 'about',
        entry: assign({ agreed: false }),
        on: { CARD: { actions: 'takeCard' } },
        always: { guard: 'hasProblem', target: 'card' },
        states: {
          resume: { type: 'history', history: 'deep' },
          about: {
            on: {
              PRESS: [
                { guard: 'next', target: 'whose' },
                { guard: 'back', actions: assign({ output: { end: 'menu' } }), target: '#set-up.finished' },
              ],
            },
          },
          whose: {
            on: {
              PRESS: [
                { guard: 'self', actions: assign({ whose: 'self' }), target: 'terms' },
                { guard: 'child', actions: assign({ whose: 'child-under-15' }), target: 'terms' },
                { guard: 'represented', actions: assign({ whose: 'represented' }), target: 'terms' },
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
          terms: {
            entry: assign({ termsIndex: 0, full: false }),
            initial: 'reading',
            states: {
              reading: {
                on: {
                  PRESS: [
                    { guard: 'agreeLast', actions: assign({ agreed: true }), target: '#set-up.card' },
                    { guard: 'agree', actions: assign({ termsIndex: ({ context }) => context.termsIndex + 1, full: false }) },
                    {
                      guard: 'backInTerms',
                      actions: assign({ termsIndex: ({ context }) => context.termsIndex - 1, full: false }),
                    },
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
      /** Waits for a usable card; also the home of every card problem. */
      card: {
        initial: 'deciding',
        on: { CARD: { actions: 'takeCard', target: '.deciding' } },
        states: {
          deciding: {
            always: [
              { guard: 'hasProblem', target: 'problem' },
              /** A problem card came early and went again: back to where the person was. */
              { guard: ({ context }) => !context.agreed, target: '#set-up.before.resume' },
              { guard: 'isReady', target: 'noticing' },
              { guard: 'isReading', target: 'reading' },
              { target: 'insert' },
            ],
          },
          insert: {
            entry: assign({ slow: false }),
            after: { slowCard: { actions: assign({ slow: true }) } },
            on: { PRESS: { guard: 'back', target: '#set-up.before.terms' } },
          },
          reading: {},
          problem: {
            entry: assign({ problem: ({ context }) => problemFor('set-up', context.card), slip: nothing }),
            on: {
              PRESS: [
                { guard: 'tryAgain', actions: 'retryRead' },
                { guard: 'done', actions: assign({ output: { end: 'done' } }), target: '#set-up.finished' },
                { guard: 'printing', actions: ['beginPrint', 'print'] },
              ],
            },
          },
          noticing: {
            always: [
              { guard: 'askRenewed', target: 'renewedQuestion' },
              { guard: 'tellExpiring', target: 'expiringNotice' },
              { target: '#set-up.composing' },
            ],
          },
          expiringNotice: {
            on: { PRESS: { guard: 'next', actions: assign({ noticeSeen: true }), target: '#set-up.composing' } },
          },
          renewedQuestion: {
            on: {
              PRESS: [
                { guard: 'yes', target: 'renewedWait' },
                { guard: 'no', actions: assign({ noticeSeen: true }), target: '#set-up.composing' },
              ],
            },
          },
          renewedWait: {
            on: {
              PRESS: [
                { guard: 'done', actions: assign({ output: { end: 'done' } }), target: '#set-up.finished' },
                { guard: 'back', target: 'renewedQuestion' },
              ],
            },
          },
        },
      },
      composing: {
        invoke: {
          src: 'compose',
          input: ({ context }) => ({ session: sessionOf(context), whose: context.whose ?? 'self' }),
          onDone: [
            {
              guard: ({ event }) => 'cannot' in event.output,
              actions: assign({ cannot: ({ event }) => ('cannot' in event.output ? event.output.cannot : 'internal') }),
              target: 'cannotAccept',
            },
            {
              actions: assign({
                readBack: ({ event }) => ('cannot' in event.output ? null : event.output),
                triesLeft: ({ context }) => (context.card.at === 'ready' ? context.card.facts.triesLeft : 0),
                wrong: false,
              }),
              target: 'readBack',
            },
          ],
          onError: { actions: assign({ cannot: 'internal' }), target: 'cannotAccept' },
        },
      },
      readBack: {
        on: {
          PRESS: [
            { guard: 'confirm', target: 'pinGate' },
            { guard: 'back', target: 'before.whose' },
          ],
        },
      },
      pinGate: {
        always: [{ guard: 'noTryLeft', target: 'locked' }, { guard: 'oneTryLeft', target: 'pinLastTry' }, { target: 'pin' }],
      },
      pinLastTry: {
        on: {
          PRESS: [
            { guard: 'tryAgain', target: 'pin' },
            { guard: 'stop', actions: assign({ output: { end: 'done' } }), target: 'finished' },
          ],
        },
      },
      pin: {
        entry: [
          'clearDigits',
          { type: 'pinClear', params: ({ context }) => ({ session: sessionOf(context) }) },
          assign({ layout: ({ context }) => layoutFor(context.shuffled) }),
        ],
        on: {
          PIN_KEY: {
            guard: 'canType',
            actions: [
              {
                type: 'pinPush',
                params: ({ context, event }) => ({ session: sessionOf(context), digit: context.layout[event.position] ?? -1 }),
              },
              assign({ digits: ({ context }) => context.digits + 1 }),
            ],
          },
          PIN_EDIT: [
            { guard: 'okWithFour', target: 'signing' },
            {
              guard: 'editBack',
              actions: [
                { type: 'pinBack', params: ({ context }) => ({ session: sessionOf(context) }) },
                assign({ digits: ({ context }) => context.digits - 1 }),
              ],
            },
            {
              guard: 'editClear',
              actions: ['clearDigits', { type: 'pinClear', params: ({ context }) => ({ session: sessionOf(context) }) }],
            },
            {
              guard: 'editShuffle',
              actions: assign({ shuffled: ({ event }) => event.edit === 'shuffle' }),
              target: 'pin',
              reenter: true,
            },
          ],
          PRESS: {
            guard: 'back',
            actions: { type: 'pinClear', params: ({ context }) => ({ session: sessionOf(context) }) },
            target: 'readBack',
          },
        },
      },
      signing: {
        entry: 'clearDigits',
        invoke: {
          src: 'commit',
          input: ({ context }) => ({ session: sessionOf(context) }),
          onDone: [
            { guard: ({ event }) => event.output.kind === 'committed', target: 'delivering' },
            {
              guard: ({ event }) => event.output.kind === 'problem' && event.output.problem.code === 'pin-wrong',
              actions: assign({
                wrong: true,
                triesLeft: ({ event }) =>
                  event.output.kind === 'problem' && event.output.problem.code === 'pin-wrong'
                    ? event.output.problem.triesLeft
                    : 0,
              }),
              target: 'pinGate',
            },
            {
              guard: ({ event }) => event.output.kind === 'problem',
              actions: assign({
                problem: ({ event }) => (event.output.kind === 'problem' ? event.output.problem : null),
                slip: nothing,
              }),
              target: 'failed',
            },
            {
              actions: assign({
                cannot: ({ event }) => (event.output.kind === 'cannot-accept' ? event.output.reason : 'internal'),
              }),
              target: 'cannotAccept',
            },
          ],
          onError: { actions: assign({ cannot: 'internal' }), target: 'cannotAccept' },
        },
      },
      locked: {
        entry: assign({ problem: { code: 'pin-locked' }, slip: nothing }),
        always: 'failed',
      },
      /** A card problem after the read-back: the visit is over, the next step is on the screen and on a slip. */
      failed: {
        on: {
          PRESS: [
            { guard: 'done', actions: assign({ output: { end: 'done' } }), target: 'finished' },
            { guard: 'printing', actions: ['beginPrint', 'print'] },
          ],
        },
      },
      cannotAccept: { on: { PRESS: { guard: 'done', actions: assign({ output: { end: 'done' } }), target: 'finished' } } },
      delivering: {
        invoke: {
          src: 'answer',
          input: ({ context }) => ({ session: sessionOf(context), limit: 'short' }),
          onDone: [
            { guard: ({ event }) => event.output.kind === 'waiting', target: 'received' },
            { actions: assign({ answer: ({ event }) => event.output, slip: nothing }), target: 'answered' },
          ],
          onError: 'received',
        },
      },
      /** 受付: the slip comes out by itself. Should the answer still come while the person stands here, it is shown. */
      received: {
        entry: ['beginPrint', 'print'],
        invoke: {
          src: 'answer',
          input: ({ context }) => ({ session: sessionOf(context), limit: 'none' }),
          onDone: {
            guard: ({ event }) => event.output.kind !== 'waiting',
            actions: assign({ answer: ({ event }) => event.output, slip: nothing }),
            target: 'answered',
          },
        },
        on: {
          PRESS: [
            { guard: 'done', actions: assign({ output: { end: 'done' } }), target: 'finished' },
            { guard: 'printing', actions: ['beginPrint', 'print'] },
          ],
        },
      },
      answered: {
        on: {
          PRESS: [
            { guard: 'done', actions: assign({ output: { end: 'done' } }), target: 'finished' },
            { guard: 'printing', actions: ['beginPrint', 'print'] },
          ],
        },
      },
      finished: { type: 'final' },
    },
    output: ({ context }) => context.output,
  });
}
