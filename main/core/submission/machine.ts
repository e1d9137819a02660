import { and, assign } from 'xstate';
import type { SlipState } from '../../contract/screens.ts';
import { problemFor } from '../charts/card-state.ts';
import { OVER, press, QUEUED, turnPage } from '../charts/common.ts';
import { answerScreen } from './answer-screen.ts';
import { requestOf, type SubmissionDeps, sessionOf, submissionParts } from './machine-setup.ts';
import { readBackOf } from './read-back.ts';
import type { SubmissionContext, SubmissionOutput } from './types.ts';

const TELEPHONE_LAYOUT: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0];
const nothing: SlipState = { state: 'none' };

const end = <O extends SubmissionOutput>(output: O) => ({ type: 'end', params: output }) as const;
const printing = { guard: 'printing', actions: ['beginPrint', 'print'] } as const;
const done = { guard: press('done'), actions: end({ end: 'done' }), target: '#submission.finished' } as const;
const giveUp = { guard: press('home'), actions: end({ end: 'home' }), target: '#submission.finished' } as const;
const backFromReadBack = [
  { guard: 'backToAccount', target: 'account' },
  { guard: press('back'), actions: end({ end: 'back', from: 'read-back' }), target: 'finished' },
] as const;

/**
 * The part that every journey with a PIN shares: a usable card, what must be typed with the card on the reader, read-back, PIN last,
 * sign, deliver, answer (DESIGN.md, Journeys).
 */
export function createSubmission(deps: SubmissionDeps) {
  const layoutFor = (shuffled: boolean) => (shuffled ? deps.shuffle() : TELEPHONE_LAYOUT);
  const readBack = (page: 1 | 2) => ({
    screen: ({ content }: SubmissionContext, language: Parameters<typeof deps.names>[0]) =>
      content === null ? null : ({ name: 'read-back', content: readBackOf(content, deps.names(language)), page } as const),
  });
  return submissionParts(deps).createMachine({
    id: 'submission',
    context: ({ input }) => ({
      journey: input.journey,
      card: input.card,
      request: input.request,
      offers: input.offers,
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
      output: { end: 'home' },
    }),
    initial: 'card',
    meta: { screen: ({ journey }) => ({ name: 'reading-card', journey }) },
    on: { slip: { actions: 'takeSlip' }, press: giveUp },
    states: {
      /** Waits for a usable card; also the home of every card problem. */
      card: {
        initial: 'deciding',
        on: { card: { actions: 'takeCard', target: '.deciding' } },
        states: {
          deciding: {
            always: [
              { guard: 'hasProblem', target: 'problem' },
              /** A problem card came early and went again: back to where the person was. */
              { guard: 'nothingRequested', actions: end({ end: 'resume' }), target: '#submission.finished' },
              { guard: 'isReady', target: 'noticing' },
              { guard: 'isReading', target: 'reading' },
              { target: 'insert' },
            ],
          },
          insert: {
            meta: { screen: ({ journey, slow }) => ({ name: 'insert-card', journey, slow }) },
            entry: assign({ slow: false }),
            after: { slowCard: { actions: assign({ slow: true }) } },
            on: {
              press: { guard: press('back'), actions: end({ end: 'back', from: 'card' }), target: '#submission.finished' },
            },
          },
          reading: {},
          problem: {
            meta: { screen: problemScreen },
            entry: assign({
              problem: ({ context }) => problemFor(context.request?.kind ?? 'set-up', context.card),
              slip: nothing,
            }),
            on: { press: [{ guard: press('try-again'), actions: 'retryRead' }, done, printing] },
          },
          noticing: {
            always: [
              { guard: 'askRenewed', target: 'renewedQuestion' },
              { guard: 'tellExpiring', target: 'expiringNotice' },
              { guard: 'wantsAccount', target: '#submission.account' },
              { target: '#submission.composing' },
            ],
          },
          expiringNotice: {
            meta: { screen: ({ card }) => (card.at === 'ready' ? { name: 'expiring-notice', facts: card.facts } : null) },
            on: { press: { guard: press('next'), actions: assign({ noticeSeen: true }), target: 'noticing' } },
          },
          renewedQuestion: {
            meta: { screen: ({ card }) => (card.at === 'ready' ? { name: 'renewed-question', facts: card.facts } : null) },
            on: {
              press: [
                { guard: press('yes'), target: 'renewedWait' },
                { guard: press('no'), actions: assign({ noticeSeen: true }), target: 'noticing' },
              ],
            },
          },
          renewedWait: {
            meta: { screen: ({ slip }) => ({ name: 'renewed-wait', slip }) },
            tags: OVER,
            entry: 'noSlip',
            on: { press: [printing, done, { guard: press('back'), target: 'renewedQuestion' }] },
          },
        },
      },
      /** With the card on the reader (invariant 2); what is typed lives in the session's account form. */
      account: {
        meta: { screen: ({ card }, language) => (card.at === 'ready' ? deps.accountForm(card.session, language) : null) },
        entry: 'openAccountForm',
        on: {
          type: { actions: ['fillIn', 'touch'] },
          'type-edit': { actions: ['fillIn', 'touch'] },
          scanned: { actions: ['fillIn', 'touch'] },
          press: [giveUp, { actions: ['fillIn', 'touch'] }],
          'form-done': 'composing',
          'form-left': { actions: end({ end: 'back', from: 'read-back' }), target: 'finished' },
        },
      },
      composing: {
        invoke: {
          src: 'compose',
          input: ({ context }) => ({ card: sessionOf(context), request: requestOf(context), journey: context.journey }),
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
        meta: readBack(1),
        on: {
          press: [{ guard: 'twice', target: 'handOver' }, { guard: press('confirm'), target: 'pinGate' }, ...backFromReadBack],
        },
      },
      /** Helper mode: the card's holder reads it all once more, alone. */
      handOver: {
        meta: { screen: () => ({ name: 'hand-over' }) },
        on: {
          press: [
            { guard: press('next'), target: 'readBackAgain' },
            { guard: press('back'), target: 'readBack' },
          ],
        },
      },
      readBackAgain: {
        meta: readBack(2),
        on: { press: [{ guard: press('confirm'), target: 'pinGate' }, ...backFromReadBack] },
      },
      pinGate: {
        always: [{ guard: 'noTryLeft', target: 'locked' }, { guard: 'oneTryLeft', target: 'pinLastTry' }, { target: 'pin' }],
      },
      pinLastTry: {
        meta: { screen: () => ({ name: 'pin-last-try' }) },
        on: {
          press: [
            { guard: press('try-again'), target: 'pin' },
            { guard: press('stop'), actions: end({ end: 'done' }), target: 'finished' },
          ],
        },
      },
      pin: {
        meta: {
          screen: ({ digits, triesLeft, wrong, shuffled, layout }) => ({
            ...{ name: 'pin', digits, triesLeft, wrong, shuffled },
            layout: [...layout],
          }),
        },
        entry: ['clearDigits', 'pinClear', assign({ layout: ({ context }) => layoutFor(context.shuffled) })],
        on: {
          'pin-key': {
            guard: 'canType',
            actions: ['pinPush', assign({ digits: ({ context }) => context.digits + 1 })],
          },
          'pin-edit': [
            { guard: and(['okWithFour', 'tooSoon']), target: 'pausing' },
            { guard: 'okWithFour', target: 'signing' },
            { guard: 'editBack', actions: ['pinBack', assign({ digits: ({ context }) => context.digits - 1 })] },
            { guard: 'editClear', actions: ['clearDigits', 'pinClear'] },
            {
              guard: 'editShuffle',
              actions: assign({ shuffled: ({ event }) => event.edit === 'shuffle' }),
              target: 'pin',
              reenter: true,
            },
          ],
          press: { guard: press('back'), actions: 'pinClear', target: 'readBack' },
        },
      },
      /** The digits wait in the session; whoever takes the card away takes them along. */
      pausing: {
        meta: { screen: ({ pauseMs }) => ({ name: 'signing', pauseSeconds: Math.ceil(pauseMs / 1000) }) },
        entry: ['clearDigits', 'holdBack'],
        after: { verifyPause: 'signing' },
      },
      signing: {
        meta: { screen: () => ({ name: 'signing', pauseSeconds: null }) },
        entry: 'clearDigits',
        invoke: {
          src: 'commit',
          input: ({ context }) => ({ card: sessionOf(context), journey: context.journey }),
          onDone: [
            { guard: ({ event }) => event.output.kind === 'committed', target: 'delivering' },
            {
              guard: ({ event }) => event.output.kind === 'problem' && event.output.problem.code === 'pin-wrong',
              actions: assign({
                wrong: true,
                triesLeft: ({ event: { output } }) =>
                  output.kind === 'problem' && output.problem.code === 'pin-wrong' ? output.problem.triesLeft : 0,
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
      failed: { meta: { screen: problemScreen }, on: { press: [done, printing] } },
      cannotAccept: {
        meta: { screen: ({ cannot }) => ({ name: 'cannot-accept', reason: cannot }) },
        on: { press: done },
      },
      delivering: {
        meta: { screen: ({ content }) => (content === null ? null : { name: 'delivering', receipt: content.receipt }) },
        tags: QUEUED,
        invoke: {
          src: 'answer',
          input: ({ context }) => ({ card: sessionOf(context), limit: 'short' }),
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
        meta: {
          screen: ({ content, slip }) => {
            if (content === null) return null;
            const { receipt, at, kind } = content;
            return { name: 'received', receipt, at, nextPerson: kind === 'sign-up', slip };
          },
        },
        tags: OVER,
        entry: ['beginPrint', 'print'],
        invoke: {
          src: 'answer',
          input: ({ context }) => ({ card: sessionOf(context), limit: 'none' }),
          onDone: {
            guard: ({ event }) => event.output.kind !== 'waiting',
            actions: assign({ answer: ({ event }) => event.output, slip: nothing }),
            target: 'answered',
          },
        },
        on: { press: [done, { guard: 'nextPerson', actions: end({ end: 'next-person' }), target: 'finished' }, printing] },
      },
      answered: {
        meta: {
          screen: (context, language) =>
            answerScreen(context, {
              names: deps.names(language),
              language,
              pendingHere: () => (context.card.at === 'ready' ? deps.pendingHere(context.card.session) : []),
            }),
        },
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
            meta: {
              screen: ({ content, slip }) => (content === null ? null : { name: 'not-set-up', receipt: content.receipt, slip }),
            },
            on: {
              press: [
                printing,
                {
                  guard: press('next'),
                  actions: end({ end: 'again', why: 'not-set-up' }),
                  target: '#submission.finished',
                },
                done,
              ],
            },
          },
          termsChanged: {
            meta: {
              screen: ({ content, slip }) =>
                content === null ? null : { name: 'terms-changed', receipt: content.receipt, slip },
            },
            on: {
              press: [
                printing,
                {
                  guard: press('next'),
                  actions: end({ end: 'again', why: 'terms-changed' }),
                  target: '#submission.finished',
                },
                done,
              ],
            },
          },
          told: {
            tags: OVER,
            on: {
              press: [
                { guard: 'goOnSignUp', actions: end({ end: 'switch', to: 'sign-up' }), target: '#submission.finished' },
                { guard: 'goOnStatus', actions: end({ end: 'switch', to: 'status' }), target: '#submission.finished' },
                done,
                { guard: 'nextPerson', actions: end({ end: 'next-person' }), target: '#submission.finished' },
                printing,
                { guard: 'previousPage', actions: turnPage(-1) },
                { guard: 'followingPage', actions: turnPage(1) },
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

function problemScreen({ problem, journey, slip }: SubmissionContext) {
  return { name: 'card-problem', problem: problem ?? { code: 'reader-failed' }, journey, slip } as const;
}
