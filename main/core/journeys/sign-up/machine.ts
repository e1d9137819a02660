import { and, assign } from 'xstate';
import { NO_FILTER } from '../../../contract/service-filter.ts';
import type { SubmissionRequest } from '../../submission/types.ts';
import { OVER } from '../over.ts';
import type { ServiceChoice, SignUpContext } from './parts.ts';
import { signUpParts } from './parts.ts';

function askOf({ agreed, whose, agreedTo, service, on, makeId, helped }: SignUpContext): SubmissionRequest | null {
  if (!agreed || service === null || on === null || whose === null) return null;
  return { kind: 'sign-up', whose, terms: agreedTo, service, on, makeId, helped };
}

/**
 * Journey "sign-up" (マイナポイント申込): find one service, its conditions, whose card, terms, then the act with the entry of the account
 * (DESIGN section 4). Up to the act nothing of it is personal.
 */
export function createSignUpMachine(shelf: ServiceChoice) {
  return signUpParts(shelf).createMachine({
    id: 'sign-up',
    context: ({ input }) => ({
      card: input.card,
      shuffled: input.shuffled,
      whose: input.known?.whose ?? null,
      documents: [],
      termsIndex: 0,
      full: false,
      agreed: false,
      output: { end: 'home' },
      filter: NO_FILTER,
      typing: false,
      page: 1,
      service: input.preselected,
      on: null,
      helpers: input.helpers,
      helped: input.known?.helped ?? false,
      makeId: false,
      agreedTo: input.known?.agreedTo ?? [],
      known: input.known,
      saidWhose: input.known?.whose ?? null,
      family: input.preselected !== null,
      scan: 'ready',
      scanProblem: null,
      slip: { state: 'none' },
    }),
    initial: 'before',
    on: { RETRY_READ: { actions: 'relayRetry' }, SLIP: { actions: 'takeSlip' } },
    states: {
      /** Needs no card: nothing personal is entered. A card that cannot be used is told about at once. */
      before: {
        initial: 'deciding',
        entry: assign({ agreed: false }),
        on: {
          CARD: { actions: 'takeCard' },
          PRESS: { guard: 'home', actions: assign({ output: { end: 'home' } }), target: 'finished' },
        },
        always: { guard: 'hasProblem', target: 'act' },
        states: {
          resume: { type: 'history', history: 'deep' },
          deciding: {
            always: [
              { guard: 'empty', target: 'noCatalogue' },
              // What it is about was said in the journey before.
              { guard: 'isKnown', target: 'finder' },
              { target: 'about' },
            ],
          },
          noCatalogue: {
            on: {
              PRESS: [
                { guard: 'back', actions: assign({ output: { end: 'menu' } }), target: '#sign-up.finished' },
                { guard: 'done', actions: assign({ output: { end: 'done' } }), target: '#sign-up.finished' },
              ],
            },
          },
          about: {
            entry: assign({ scan: 'ready', scanProblem: null }),
            on: {
              SCANNED: [{ guard: 'scanKnown', actions: 'chooseScanned', target: 'service' }, { actions: 'sayScan' }],
              PRESS: [
                { guard: 'scan', actions: assign({ scan: 'camera', scanProblem: null }) },
                { guard: 'stopScan', actions: assign({ scan: 'ready', scanProblem: null }) },
                // Most people have their own card in the hand: one press says so.
                { guard: and(['self', 'preselected']), actions: 'sayOwn', target: 'service' },
                { guard: 'self', actions: 'sayOwn', target: 'finder' },
                { guard: 'preselected', actions: 'sayLater', target: 'service' },
                { guard: 'next', actions: 'sayLater', target: 'finder' },
                { guard: 'back', actions: assign({ output: { end: 'menu' } }), target: '#sign-up.finished' },
              ],
            },
          },
          finder: {
            on: {
              FIND: { actions: 'narrow' },
              CHOOSE: { guard: 'known', actions: ['choose', assign({ typing: false })], target: 'service' },
              SCANNED: { guard: 'scanKnown', actions: 'chooseScanned', target: 'service' },
              TYPE: { guard: 'isTyping', actions: 'typeKeyword' },
              TYPE_EDIT: [
                { guard: 'lone', actions: 'chooseLone', target: 'service' },
                { guard: 'isTyping', actions: 'editKeyword' },
              ],
              PRESS: [
                { guard: 'type', actions: assign({ typing: true }) },
                { guard: 'clear', actions: 'widen' },
                { guard: 'previousPage', actions: assign({ page: ({ context }) => context.page - 1 }) },
                { guard: 'followingPage', actions: assign({ page: ({ context }) => context.page + 1 }) },
                { guard: 'back', actions: assign({ typing: false }), target: 'about' },
              ],
            },
          },
          /** What it asks, and what stands in the way: told here, not later. */
          service: {
            on: {
              PRESS: [
                { guard: 'charge', actions: assign({ on: 'charge' }), target: 'registering' },
                { guard: 'purchase', actions: assign({ on: 'purchase' }), target: 'registering' },
                { guard: 'later', target: 'saved' },
                {
                  guard: 'back',
                  actions: assign({ service: null, whose: ({ context }) => context.saidWhose }),
                  target: 'finder',
                },
              ],
            },
          },
          registering: { always: [{ guard: 'registerFirst', target: 'registered' }, { target: 'askWhose' }] },
          askWhose: { always: [{ guard: 'saidWhose', target: 'checkWhose' }, { target: 'whose' }] },
          /** Asked, because only the service knows: who has not registered gets a slip that says how. */
          registered: {
            on: {
              PRESS: [
                { guard: 'yes', target: 'askWhose' },
                { guard: 'no', target: 'saved' },
                { guard: 'back', target: 'service' },
              ],
            },
          },
          /** A slip with the service's code: no personal data, and no session waits. */
          saved: {
            tags: OVER,
            entry: [assign({ slip: { state: 'printing' } }), 'print'],
            on: {
              PRESS: [
                { guard: 'printing', actions: [assign({ slip: { state: 'printing' } }), 'print'] },
                { guard: 'back', target: 'service' },
                { guard: 'done', actions: assign({ output: { end: 'done' } }), target: '#sign-up.finished' },
              ],
            },
          },
          whose: {
            on: {
              PRESS: [
                { guard: 'self', actions: assign({ whose: 'self' }), target: 'checkWhose' },
                { guard: 'child', actions: assign({ whose: 'child-under-15' }), target: 'checkWhose' },
                { guard: 'represented', actions: assign({ whose: 'represented' }), target: 'checkWhose' },
                { guard: 'other', target: 'whoseStop' },
                { guard: 'back', target: 'service' },
              ],
            },
          },
          /** A service that takes no minors says so on its own screen. */
          checkWhose: {
            always: [{ guard: 'hindered', target: 'service' }, { guard: 'isKnown', target: 'terms' }, { target: 'askWho' }],
          },
          askWho: {
            entry: assign({ helped: false }),
            always: [{ guard: 'asksWho', target: 'whoTypes' }, { target: 'hasId' }],
          },
          whoseStop: {
            on: {
              PRESS: [
                { guard: 'back', target: 'whose' },
                { guard: 'done', actions: assign({ output: { end: 'done' } }), target: '#sign-up.finished' },
              ],
            },
          },
          whoTypes: {
            on: {
              PRESS: [
                { guard: 'holder', actions: assign({ helped: false }), target: 'hasId' },
                { guard: 'helper', actions: assign({ helped: true }), target: 'hasId' },
                { guard: and(['back', 'saidWhose']), target: 'service' },
                { guard: 'back', target: 'whose' },
              ],
            },
          },
          hasId: {
            on: {
              PRESS: [
                { guard: 'yes', actions: assign({ makeId: false }), target: 'terms' },
                { guard: 'no', actions: assign({ makeId: true }), target: 'terms' },
                { guard: and(['back', 'asksWho']), target: 'whoTypes' },
                { guard: and(['back', 'saidWhose']), target: 'service' },
                { guard: 'back', target: 'whose' },
              ],
            },
          },
          terms: {
            entry: 'openTerms',
            initial: 'deciding',
            states: {
              deciding: {
                always: [{ guard: 'nothingToRead', actions: 'agreeAll', target: '#sign-up.act' }, { target: 'reading' }],
              },
              reading: {
                on: {
                  PRESS: [
                    { guard: 'agreeLast', actions: 'agreeAll', target: '#sign-up.act' },
                    { guard: 'agree', actions: assign({ termsIndex: ({ context }) => context.termsIndex + 1, full: false }) },
                    {
                      guard: 'backInTerms',
                      actions: assign({ termsIndex: ({ context }) => context.termsIndex - 1, full: false }),
                    },
                    { guard: and(['back', 'isKnown']), target: '#sign-up.before.service' },
                    { guard: 'back', target: '#sign-up.before.hasId' },
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
          onSnapshot: {},
          input: ({ context }) => ({ card: context.card, ask: askOf(context), shuffled: context.shuffled }),
          onDone: [
            { guard: ({ event }) => event.output.end === 'resume', target: 'before.resume' },
            {
              guard: ({ event }) => event.output.end === 'back',
              actions: assign({ agreedTo: ({ context }) => context.known?.agreedTo ?? [] }),
              target: 'before.service',
            },
            {
              guard: ({ event }) => event.output.end === 'again' && event.output.why === 'not-set-up',
              actions: [assign({ makeId: true }), 'relayRetry'],
              target: 'before.terms',
            },
            {
              guard: ({ event }) => event.output.end === 'again',
              actions: 'relayRetry',
              target: 'before.terms',
            },
            {
              guard: ({ event, context }) => event.output.end === 'next-person' && context.service !== null,
              actions: assign({ output: ({ context }) => ({ end: 'next-person', service: context.service ?? '' }) }),
              target: 'finished',
            },
            {
              guard: ({ event }) => event.output.end === 'done',
              actions: assign({ output: { end: 'done' } }),
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
          TYPE: { actions: 'toAct' },
          TYPE_EDIT: { actions: 'toAct' },
          SCANNED: { actions: 'toAct' },
        },
      },
      finished: { type: 'final' },
    },
    output: ({ context }) => context.output,
  });
}
