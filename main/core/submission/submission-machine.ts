import { and, assign } from 'xstate';
import type { CardSessionNumber } from '../../contract/card-host.ts';
import type { SlipState } from '../../contract/screens.ts';
import { problemFor } from '../journeys/card-state.ts';
import { OVER, QUEUED } from '../journeys/over.ts';
import { submissionParts } from './submission-parts.ts';
import type { SubmissionContext, SubmissionRequest } from './types.ts';

export const TELEPHONE_LAYOUT: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0];
const nothing: SlipState = { state: 'none' };

function sessionOf(context: SubmissionContext): CardSessionNumber {
  const { card } = context;
  if (card.at !== 'ready') throw new Error('a card is wanted here');
  return card.session;
}

function askOf(context: SubmissionContext): SubmissionRequest {
  if (context.ask === null) throw new Error('nothing was asked for');
  return context.ask;
}

/** Injected from kiosk.ts: a fresh order of the ten digits. */
export type Shuffle = () => readonly number[];

/**
 * The part that every journey with a PIN shares: a usable card, what must be typed with the card on the reader, read-back, PIN last,
 * sign, deliver, answer (DESIGN section 4).
 */
export function createSubmissionMachine(shuffle: Shuffle) {
  const layoutFor = (shuffled: boolean) => (shuffled ? shuffle() : TELEPHONE_LAYOUT);
  return submissionParts.createMachine({
    id: 'act',
    context: ({ input }) => ({
      card: input.card,
      ask: input.ask,
      slow: false,
      noticeSeen: false,
      content: null,
      touched: 0,
      triesLeft: 0,
      wrong: false,
      digits: 0,
      pauseMs: 0,
      shuffled: input.shuffled,
      layout: TELEPHONE_LAYOUT,
      problem: null,
      cannot: 'internal',
      answer: null,
      page: 1,
      slip: nothing,
      goesOn: input.goesOn ?? [],
      output: { end: 'home' },
    }),
    initial: 'card',
    on: {
      SLIP: { actions: 'takeSlip' },
      PRESS: { guard: 'home', actions: assign({ output: { end: 'home' } }), target: '.finished' },
    },
    states: {
      /** Waits for a usable card; also the home of every card problem. */
      card: {
        initial: 'deciding',
        on: { CARD: { actions: 'takeCard', target: '.deciding' } },
        states: {
          deciding: {
            always: [
              { guard: 'hasProblem', target: 'problem' },
              /** A problem card came early and went again: back to where the person was. */
              { guard: 'nothingAsked', actions: assign({ output: { end: 'resume' } }), target: '#act.finished' },
              { guard: 'isReady', target: 'noticing' },
              { guard: 'isReading', target: 'reading' },
              { target: 'insert' },
            ],
          },
          insert: {
            entry: assign({ slow: false }),
            after: { slowCard: { actions: assign({ slow: true }) } },
            on: { PRESS: { guard: 'back', actions: assign({ output: { end: 'back', from: 'card' } }), target: '#act.finished' } },
          },
          reading: {},
          problem: {
            entry: assign({ problem: ({ context }) => problemFor(context.ask?.kind ?? 'set-up', context.card), slip: nothing }),
            on: {
              PRESS: [
                { guard: 'tryAgain', actions: 'retryRead' },
                { guard: 'done', actions: assign({ output: { end: 'done' } }), target: '#act.finished' },
                { guard: 'printing', actions: ['beginPrint', 'print'] },
              ],
            },
          },
          noticing: {
            always: [
              { guard: 'askRenewed', target: 'renewedQuestion' },
              { guard: 'tellExpiring', target: 'expiringNotice' },
              { guard: 'wantsEntry', target: '#act.entry' },
              { target: '#act.composing' },
            ],
          },
          expiringNotice: {
            on: { PRESS: { guard: 'next', actions: assign({ noticeSeen: true }), target: 'noticing' } },
          },
          renewedQuestion: {
            on: {
              PRESS: [
                { guard: 'yes', target: 'renewedWait' },
                { guard: 'no', actions: assign({ noticeSeen: true }), target: 'noticing' },
              ],
            },
          },
          renewedWait: {
            tags: OVER,
            entry: assign({ slip: nothing }),
            on: {
              PRESS: [
                { guard: 'printing', actions: ['beginPrint', 'print'] },
                { guard: 'done', actions: assign({ output: { end: 'done' } }), target: '#act.finished' },
                { guard: 'back', target: 'renewedQuestion' },
              ],
            },
          },
        },
      },
      /** With the card on the reader (invariant 2); what is typed lives on the session's entry desk. */
      entry: {
        entry: {
          type: 'openAccountForm',
          params: ({ context }) => {
            const ask = askOf(context);
            return { session: sessionOf(context), service: ask.kind === 'sign-up' ? ask.service : '' };
          },
        },
        on: {
          TYPE: { actions: [{ type: 'atDesk', params: ({ context }) => ({ session: sessionOf(context) }) }, 'touch'] },
          TYPE_EDIT: { actions: [{ type: 'atDesk', params: ({ context }) => ({ session: sessionOf(context) }) }, 'touch'] },
          SCANNED: { actions: [{ type: 'atDesk', params: ({ context }) => ({ session: sessionOf(context) }) }, 'touch'] },
          PRESS: [
            { guard: 'home', actions: assign({ output: { end: 'home' } }), target: 'finished' },
            { actions: [{ type: 'atDesk', params: ({ context }) => ({ session: sessionOf(context) }) }, 'touch'] },
          ],
          DESK_DONE: 'composing',
          DESK_LEFT: { actions: assign({ output: { end: 'back', from: 'read-back' } }), target: 'finished' },
        },
      },
      composing: {
        invoke: {
          src: 'compose',
          input: ({ context }) => ({ session: sessionOf(context), ask: askOf(context) }),
          onDone: [
            {
              guard: ({ event }) => 'cannot' in event.output,
              actions: assign({ cannot: ({ event }) => ('cannot' in event.output ? event.output.cannot : 'internal') }),
              target: 'cannotAccept',
            },
            {
              actions: assign({
                content: ({ event }) => ('cannot' in event.output ? null : event.output.content),
                triesLeft: ({ event }) => ('cannot' in event.output ? 0 : event.output.triesLeft),
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
            { guard: 'twice', target: 'handOver' },
            { guard: 'confirm', target: 'pinGate' },
            { guard: 'backToEntry', target: 'entry' },
            { guard: 'back', actions: assign({ output: { end: 'back', from: 'read-back' } }), target: 'finished' },
          ],
        },
      },
      /** Helper mode: the card's holder reads it all once more, alone. */
      handOver: {
        on: {
          PRESS: [
            { guard: 'next', target: 'readBackAgain' },
            { guard: 'back', target: 'readBack' },
          ],
        },
      },
      readBackAgain: {
        on: {
          PRESS: [
            { guard: 'confirm', target: 'pinGate' },
            { guard: 'backToEntry', target: 'entry' },
            { guard: 'back', actions: assign({ output: { end: 'back', from: 'read-back' } }), target: 'finished' },
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
            { guard: and(['okWithFour', 'tooSoon']), target: 'pausing' },
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
      /** The digits wait in the session; whoever takes the card away takes them along. */
      pausing: {
        entry: ['clearDigits', 'holdBack'],
        after: { verifyPause: 'signing' },
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
        tags: QUEUED,
        invoke: {
          src: 'answer',
          input: ({ context }) => ({ session: sessionOf(context), limit: 'short' }),
          onDone: [
            {
              guard: and([({ event }) => event.output.kind === 'waiting', 'isQuestion']),
              actions: assign({ answer: { kind: 'no-line' } }),
              target: 'answered',
            },
            { guard: ({ event }) => event.output.kind === 'waiting', target: 'received' },
            { actions: assign({ answer: ({ event }) => event.output, slip: nothing }), target: 'answered' },
          ],
          onError: 'received',
        },
      },
      /** 受付: the slip comes out by itself. Should the answer still come while the person stands here, it is shown. */
      received: {
        tags: OVER,
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
            { guard: 'nextPerson', actions: assign({ output: { end: 'next-person' } }), target: 'finished' },
            { guard: 'printing', actions: ['beginPrint', 'print'] },
          ],
        },
      },
      answered: {
        initial: 'deciding',
        states: {
          deciding: {
            always: [
              { guard: 'refusedNotSetUp', target: 'notSetUp' },
              { guard: and(['refusedTerms', 'somethingUnread']), target: 'termsChanged' },
              { target: 'told' },
            ],
          },
          /** One more read-back and one PIN make the ID and the sign-up together. */
          notSetUp: {
            on: {
              PRESS: [
                { guard: 'printing', actions: ['beginPrint', 'print'] },
                { guard: 'next', actions: assign({ output: { end: 'again', why: 'not-set-up' } }), target: '#act.finished' },
                { guard: 'done', actions: assign({ output: { end: 'done' } }), target: '#act.finished' },
              ],
            },
          },
          termsChanged: {
            on: {
              PRESS: [
                { guard: 'printing', actions: ['beginPrint', 'print'] },
                { guard: 'next', actions: assign({ output: { end: 'again', why: 'terms-changed' } }), target: '#act.finished' },
                { guard: 'done', actions: assign({ output: { end: 'done' } }), target: '#act.finished' },
              ],
            },
          },
          told: {
            tags: OVER,
            on: {
              PRESS: [
                { guard: 'goOnSignUp', actions: assign({ output: { end: 'switch', to: 'sign-up' } }), target: '#act.finished' },
                { guard: 'goOnStatus', actions: assign({ output: { end: 'switch', to: 'status' } }), target: '#act.finished' },
                { guard: 'done', actions: assign({ output: { end: 'done' } }), target: '#act.finished' },
                { guard: 'nextPerson', actions: assign({ output: { end: 'next-person' } }), target: '#act.finished' },
                { guard: 'printing', actions: ['beginPrint', 'print'] },
                { guard: 'previousPage', actions: assign({ page: ({ context }) => context.page - 1 }) },
                { guard: 'followingPage', actions: assign({ page: ({ context }) => context.page + 1 }) },
              ],
            },
          },
        },
      },
      finished: { type: 'final' },
    },
    output: ({ context }) => context.output,
  });
}
