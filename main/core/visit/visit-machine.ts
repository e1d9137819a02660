import { and, assign, enqueueActions, raise, stateIn } from 'xstate';
import type { CardSessionNumber, ReaderEvent } from '../../contract/card-host.ts';
import type { TermsRef } from '../../contract/submission.ts';
import type { Known } from '../journeys/events.ts';
import type { GoesOn } from '../submission/types.ts';
import { noMuteLeft, noSlots, speaksOfMute } from './slots.ts';
import { mute, visitParts } from './visit-parts.ts';
import type { GoodbyeReason, ReadResult, VisitContext } from './visit-types.ts';
import { STUCK_AFTER } from './visit-types.ts';

function sessionIn(news: ReaderEvent): CardSessionNumber {
  return 'session' in news ? news.session : 0;
}

export interface VisitOptions {
  /** The terms of the settings, in the order they are agreed to. */
  readonly documents: readonly TermsRef[];
  readonly shuffled: boolean;
  /** People are helped here: who touches the screen is asked. */
  readonly helpers: boolean;
  readonly warningSeconds: number;
  readonly extensions: number;
}

/** Where a person can go on to from the set-up. */
const goesOnIn = ({ offers }: VisitContext): readonly GoesOn[] =>
  offers.filter((journey): journey is GoesOn => journey === 'sign-up' || journey === 'status');

/** What the journey that led here has asked already. */
const knownFrom = ({ output }: VisitContext): Known | null => (output?.end === 'switch' ? (output.known ?? null) : null);

const isDenied = (read: ReadResult) => !read.ok && read.problem.code === 'reader-failed' && read.problem.why === 'not-allowed';

const gone = (reason: GoodbyeReason) => ({ type: 'because' as const, params: { reason } });

/**
 * The whole visit: is the hardware there, whose card is on, is somebody still here, and which journey is up.
 * Removal, reader fault, time-out and staff cancel lead to `closing` from everywhere, and `closing` wipes (invariant 1).
 */
export function createVisitMachine({ documents, shuffled, helpers, warningSeconds, extensions }: VisitOptions) {
  return visitParts.createMachine({
    id: 'visit',
    type: 'parallel',
    context: ({ input }) => ({
      offers: input.offers,
      firstPrefs: input.prefs,
      prefs: input.prefs,
      service: null,
      denied: false,
      slots: noSlots(input.readersNamed),
      storageOk: input.storageOk,
      faults: 0,
      session: null,
      card: { at: 'absent' },
      journey: null,
      output: null,
      over: false,
      family: null,
      alarm: false,
      reason: 'home',
      staffCalled: false,
      staffOpen: false,
      closed: input.closed,
      trial: null,
      secondsLeft: input.warningSeconds,
      extensionsLeft: input.extensions,
    }),
    on: {
      PREFS: { actions: assign({ prefs: ({ context, event }) => ({ ...context.prefs, ...event.prefs }) }) },
      // Only a context, too: nobody begins a visit while it is closed, and one that goes on is not touched.
      HOURS: { actions: assign({ closed: ({ event }) => event.closed }) },
      OFFERS: { actions: assign({ offers: ({ event }) => event.journeys }) },
      CALL_STAFF: { actions: assign({ staffCalled: true }) },
      CANCEL_CALL: { actions: assign({ staffCalled: false }) },
      STAFF_CLOSE: { actions: assign({ staffOpen: false, trial: null }) },
      STAFF_TRY: { guard: 'staffHoldIt', actions: assign({ trial: ({ event }) => event.use }) },
      // Only a context: a visit that goes on is refused where its act would be promised, and nobody begins another.
      STORAGE: { actions: assign({ storageOk: ({ event }) => event.usable }) },
    },
    states: {
      /** Hardware news becomes context first, then one event that every region may answer. */
      hardware: {
        on: {
          READER: [
            {
              guard: ({ event }) => event.event.type === 'service',
              actions: [
                assign(({ event: { event } }) =>
                  event.type === 'service' ? { service: event.up, denied: event.why === 'not-allowed', faults: 0 } : {},
                ),
                'noteSlots',
              ],
            },
            {
              guard: 'losesReader',
              actions: [assign({ faults: 0 }), 'noteSlots', raise({ type: 'READER_GONE' })],
            },
            {
              guard: ({ event }) => event.event.type === 'readers',
              actions: [assign({ faults: 0 }), 'noteSlots'],
            },
            {
              guard: ({ event }) => event.event.type === 'inserted',
              actions: ['noteSlots', raise(({ event }) => ({ type: 'CARD_IN', session: sessionIn(event.event) }))],
            },
            {
              guard: ({ event }) => event.event.type === 'removed',
              actions: ['noteSlots', raise(({ event }) => ({ type: 'CARD_OUT', session: sessionIn(event.event) }))],
            },
            {
              guard: ({ context, event }) => event.event.type === 'mute' && speaksOfMute(context.slots, event.event),
              actions: ['noteSlots', raise({ type: 'MUTE_IN' })],
            },
            {
              guard: ({ event }) => event.event.type === 'mute-removed',
              actions: [
                'noteSlots',
                enqueueActions(({ context, enqueue }) => {
                  if (noMuteLeft(context.slots)) enqueue.raise({ type: 'MUTE_OUT' });
                }),
              ],
            },
            { actions: 'noteSlots' },
          ],
        },
      },

      card: {
        initial: 'none',
        on: { VISIT_ENDED: '.none', CARD_SET_ASIDE: '.none' },
        states: {
          none: {
            on: {
              BEGIN_SESSION: {
                // Nobody is visited when the reader broke in the very step that asked for this.
                guard: stateIn({ flow: 'visiting' }),
                actions: [
                  assign({
                    session: ({ event }) => event.session,
                    card: ({ event }) => ({ at: 'reading', session: event.session }),
                  }),
                  { type: 'beginSession', params: ({ event }) => ({ session: event.session }) },
                  'tellJourney',
                ],
                target: 'reading',
              },
            },
          },
          reading: {
            invoke: {
              src: 'readCard',
              input: ({ context }) => ({ session: context.session ?? 0 }),
              onDone: [
                {
                  guard: ({ event }) => event.output.ok,
                  actions: [
                    assign({
                      faults: 0,
                      card: ({ context, event }) =>
                        event.output.ok
                          ? { at: 'ready', session: context.session ?? 0, facts: event.output.facts }
                          : context.card,
                    }),
                    'noteProven',
                    'tellJourney',
                  ],
                  target: 'held',
                },
                {
                  actions: [
                    assign({
                      denied: ({ event }) => isDenied(event.output),
                      // A refusal is certain at once; a fault might have been the card.
                      faults: ({ context, event }) =>
                        isDenied(event.output)
                          ? STUCK_AFTER
                          : !event.output.ok && event.output.problem.code === 'reader-failed'
                            ? context.faults + 1
                            : 0,
                      card: ({ context, event }) =>
                        event.output.ok
                          ? context.card
                          : { at: 'problem', session: context.session, problem: event.output.problem },
                    }),
                    'noteProven',
                    { type: 'noteProblem', params: ({ event }) => ({ problem: event.output.ok ? mute : event.output.problem }) },
                    'tellJourney',
                  ],
                  target: 'held',
                },
              ],
              onError: {
                actions: [
                  assign({
                    card: ({ context }) => ({ at: 'problem', session: context.session, problem: { code: 'reader-failed' } }),
                  }),
                  'tellJourney',
                ],
                target: 'held',
              },
            },
            on: { CARD_OUT: { guard: 'strangeCardLeft', actions: ['endSession', 'noCard', 'tellJourney'], target: 'none' } },
          },
          held: {
            on: {
              RETRY_READ: {
                guard: ({ context }) => context.session !== null,
                actions: [assign({ card: ({ context }) => ({ at: 'reading', session: context.session ?? 0 }) }), 'tellJourney'],
                target: 'reading',
              },
              CARD_OUT: { guard: 'strangeCardLeft', actions: ['endSession', 'noCard', 'tellJourney'], target: 'none' },
            },
          },
        },
      },

      idle: {
        initial: 'off',
        on: { VISIT_ENDED: '.off' },
        states: {
          off: { on: { VISIT_BEGAN: { actions: assign({ extensionsLeft: extensions }), target: 'watching' } } },
          watching: {
            after: { idle: 'warning' },
            on: { ACTIVE: { target: 'watching', reenter: true }, CARD_IN: { target: 'watching', reenter: true } },
          },
          warning: {
            entry: assign({ secondsLeft: warningSeconds }),
            initial: 'counting',
            on: {
              ACTIVE: {
                guard: 'canExtend',
                actions: assign({ extensionsLeft: ({ context }) => context.extensionsLeft - 1 }),
                target: 'watching',
              },
            },
            states: {
              counting: {
                after: {
                  second: [
                    { guard: 'lastSecond', actions: raise({ type: 'TIMEOUT' }) },
                    {
                      actions: assign({ secondsLeft: ({ context }) => context.secondsLeft - 1 }),
                      target: 'counting',
                      reenter: true,
                    },
                  ],
                },
              },
            },
          },
        },
      },

      flow: {
        initial: 'outOfOrder',
        states: {
          outOfOrder: {
            always: [
              { guard: 'shut', target: 'closed' },
              /** A card that was put on while nothing worked must come off first: nobody knows whose it is. */
              { guard: and(['works', 'cardStillThere']), target: 'takeCard' },
              { guard: 'works', target: 'attract' },
            ],
            /** Here, and in `closed`, `attract` and `goodbye`: nowhere else is nobody at the screen. */
            on: { STAFF_OPEN: { actions: 'staffOpens' } },
            after: {
              stuckRetry: {
                guard: ({ context }) => context.faults >= STUCK_AFTER,
                actions: assign({ faults: 0, denied: false }),
              },
            },
          },
          /** A card that is put on here opens nothing; once the kiosk opens it must come off first. */
          closed: {
            always: { guard: 'notShut', target: 'outOfOrder' },
            on: { STAFF_OPEN: { actions: 'staffOpens' } },
          },
          attract: {
            always: [
              { guard: 'shut', target: 'closed' },
              { guard: 'broken', target: 'outOfOrder' },
            ],
            on: {
              STAFF_OPEN: { actions: 'staffOpens' },
              PRESS: [
                { guard: 'start', target: 'visiting.menu' },
                // Who sees there what they came for needs no menu.
                { guard: 'check', target: 'visiting.check' },
                { guard: 'setUp', target: 'visiting.setUp' },
                { guard: 'signUp', target: 'visiting.signUp' },
                { guard: 'status', target: 'visiting.status' },
                { guard: 'municipal', target: 'visiting.municipal' },
                { guard: 'pending', target: 'visiting.pending' },
                { guard: 'application', target: 'visiting.application' },
              ],
              CARD_IN: [
                { guard: 'onlyCard', actions: 'beginWith', target: 'visiting.menu' },
                { guard: 'foundCard', target: 'takeCard' },
              ],
              MUTE_IN: { actions: 'muteCard', target: 'visiting.check' },
            },
          },
          visiting: {
            initial: 'menu',
            entry: ['begin', 'pinCatalogue', 'wakeDelivery'],
            always: { guard: 'readerBroken', actions: gone('reader'), target: 'closing' },
            on: {
              CARD_OUT: { guard: 'personLeft', actions: gone('removed'), target: 'closing' },
              READER_GONE: { actions: gone('reader'), target: 'closing' },
              CARD_IN: { guard: 'onlyCard', actions: 'beginWith' },
              STAFF_CANCEL: { actions: gone('staff'), target: 'closing' },
              TIMEOUT: { actions: gone('timeout'), target: 'closing' },
              MUTE_IN: { guard: 'noSession', actions: ['muteCard', 'tellJourney'] },
              MUTE_OUT: { guard: 'noSession', actions: ['noCard', 'tellJourney'] },
            },
            states: {
              menu: {
                entry: assign({ journey: null, over: false }),
                /** A card that cannot be used is told about at once, not after a choice. */
                always: { guard: ({ context }) => context.card.at === 'problem', target: 'check' },
                on: {
                  PRESS: [
                    { guard: 'check', target: 'check' },
                    { guard: 'setUp', target: 'setUp' },
                    { guard: 'signUp', target: 'signUp' },
                    { guard: 'status', target: 'status' },
                    { guard: 'municipal', target: 'municipal' },
                    { guard: 'pending', target: 'pending' },
                    { guard: 'application', target: 'application' },
                    { guard: 'leave', actions: gone('home'), target: '#visit.flow.closing' },
                  ],
                },
              },
              check: {
                entry: assign({ journey: 'check' }),
                invoke: {
                  id: 'journey',
                  src: 'check',
                  // Every step of the journey is a change of the visit: the page hears of it.
                  onSnapshot: { actions: 'noteOver' },
                  input: ({ context }) => ({ card: context.card }),
                  onDone: { actions: 'takeOutput', target: 'routing' },
                },
                on: { PRESS: { actions: 'forward' }, CARD_CHANGED: { actions: 'passCard' } },
              },
              setUp: {
                entry: assign({ journey: 'set-up' }),
                invoke: {
                  id: 'journey',
                  src: 'setUp',
                  // Every step of the journey is a change of the visit: the page hears of it.
                  onSnapshot: { actions: 'noteOver' },
                  input: ({ context }) => ({ card: context.card, documents, shuffled, helpers, goesOn: goesOnIn(context) }),
                  onDone: { actions: 'takeOutput', target: 'routing' },
                },
                on: {
                  PRESS: { actions: 'forward' },
                  PIN_KEY: { actions: 'forward' },
                  PIN_EDIT: { actions: 'forward' },
                  CARD_CHANGED: { actions: 'passCard' },
                },
              },
              signUp: {
                entry: assign({ journey: 'sign-up' }),
                /** What the last person of the family chose is for the next one only. */
                exit: 'noFamily',
                invoke: {
                  id: 'journey',
                  src: 'signUp',
                  onSnapshot: { actions: 'noteOver' },
                  input: ({ context }) => ({
                    card: context.card,
                    shuffled,
                    helpers,
                    preselected: context.family,
                    known: knownFrom(context),
                  }),
                  onDone: { actions: 'takeOutput', target: 'routing' },
                },
                on: {
                  PRESS: { actions: 'forward' },
                  PIN_KEY: { actions: 'forward' },
                  PIN_EDIT: { actions: 'forward' },
                  TYPE: { actions: 'forward' },
                  TYPE_EDIT: { actions: 'forward' },
                  SCANNED: { actions: 'forward' },
                  FIND: { actions: 'forward' },
                  CHOOSE: { actions: 'forward' },
                  CARD_CHANGED: { actions: 'passCard' },
                },
              },
              status: {
                entry: assign({ journey: 'status' }),
                invoke: {
                  id: 'journey',
                  src: 'status',
                  onSnapshot: { actions: 'noteOver' },
                  input: ({ context }) => ({ card: context.card, shuffled }),
                  onDone: { actions: 'takeOutput', target: 'routing' },
                },
                on: {
                  PRESS: { actions: 'forward' },
                  PIN_KEY: { actions: 'forward' },
                  PIN_EDIT: { actions: 'forward' },
                  CARD_CHANGED: { actions: 'passCard' },
                },
              },
              municipal: {
                entry: assign({ journey: 'municipal' }),
                invoke: {
                  id: 'journey',
                  src: 'municipal',
                  onSnapshot: { actions: 'noteOver' },
                  input: ({ context }) => ({ card: context.card, shuffled, helpers }),
                  onDone: { actions: 'takeOutput', target: 'routing' },
                },
                on: {
                  PRESS: { actions: 'forward' },
                  PIN_KEY: { actions: 'forward' },
                  PIN_EDIT: { actions: 'forward' },
                  CHOOSE: { actions: 'forward' },
                  CARD_CHANGED: { actions: 'passCard' },
                },
              },
              /** Needs no card: the slip is what a person has in the hand. */
              pending: {
                entry: assign({ journey: 'pending' }),
                invoke: {
                  id: 'journey',
                  src: 'pending',
                  onSnapshot: { actions: 'noteOver' },
                  onDone: { actions: 'takeOutput', target: 'routing' },
                },
                on: {
                  PRESS: { actions: 'forward' },
                  TYPE: { actions: 'forward' },
                  TYPE_EDIT: { actions: 'forward' },
                  SCANNED: { actions: 'forward' },
                },
              },
              /**
               * For a person without a card: the session is the form's, not a card's. A card that lies there, or is laid there, is
               * nobody's: it opens no session, ends nothing, and must be taken before the next visit.
               */
              application: {
                entry: [
                  assign({ journey: 'card-application' }),
                  { type: 'noteEnd', params: ({ context }) => ({ reason: 'done', session: context.session }) },
                  'endSession',
                  'noCard',
                  raise({ type: 'CARD_SET_ASIDE' }),
                  'beginApplication',
                ],
                exit: 'endApplication',
                invoke: {
                  id: 'journey',
                  src: 'application',
                  onSnapshot: { actions: 'noteOver' },
                  onDone: [
                    { guard: 'menuOverCard', actions: gone('home'), target: '#visit.flow.closing' },
                    { actions: 'takeOutput', target: 'routing' },
                  ],
                },
                on: {
                  PRESS: { actions: 'forward' },
                  TYPE: { actions: 'forward' },
                  TYPE_EDIT: { actions: 'forward' },
                  SCANNED: { actions: 'forward' },
                  PHOTO_TAKEN: { actions: 'forward' },
                  // Forbidden here: what `visiting` would do with them.
                  CARD_IN: {},
                  CARD_OUT: {},
                  MUTE_IN: {},
                  MUTE_OUT: {},
                },
              },
              routing: {
                entry: [assign({ journey: null, over: false }), 'freshTries'],
                always: [
                  { guard: 'outputMenu', target: 'menu' },
                  { guard: 'outputSwitch', target: 'setUp' },
                  { guard: 'outputSignUp', actions: ['unread', 'readAgain'], target: 'signUp' },
                  { guard: 'outputStatus', actions: ['unread', 'readAgain'], target: 'status' },
                  { guard: 'outputHome', actions: gone('home'), target: '#visit.flow.closing' },
                  { guard: 'outputFamily', actions: ['beginFamily', gone('done')], target: '#visit.flow.closing' },
                  { actions: gone('done'), target: '#visit.flow.closing' },
                ],
              },
            },
          },
          closing: {
            entry: [
              { type: 'noteEnd', params: ({ context }) => ({ reason: context.reason, session: context.session }) },
              'endSession',
              'endFamily',
              'forget',
              raise({ type: 'VISIT_ENDED' }),
            ],
            always: [
              { guard: 'cardStillThere', target: 'takeCard' },
              { guard: and(['works', 'family']), target: 'visiting.signUp' },
              { guard: 'givenUp', target: 'attract' },
              { actions: ['noFamily', 'endFamily'], target: 'goodbye' },
            ],
          },
          takeCard: {
            always: [
              { guard: and(['noCardThere', 'works', 'family']), target: 'visiting.signUp' },
              { guard: 'noCardThere', actions: ['noFamily', 'endFamily'], target: 'goodbye' },
            ],
            after: { cardLeftAlarm: { actions: assign({ alarm: true }) } },
            exit: assign({ alarm: false }),
          },
          goodbye: {
            after: { goodbye: 'attract' },
            on: {
              STAFF_OPEN: { actions: 'staffOpens', target: 'outOfOrder' },
              PRESS: [
                { guard: and(['shut', 'start']), target: 'closed' },
                { guard: and(['works', 'start']), target: 'visiting.menu' },
              ],
              CARD_IN: [
                { guard: 'shut', target: 'closed' },
                { guard: and(['works', 'onlyCard']), actions: 'beginWith', target: 'visiting.menu' },
                { guard: 'foundCard', target: 'takeCard' },
              ],
            },
          },
        },
      },
    },
  });
}
