import { and, assign, enqueueActions, raise, type SnapshotFrom, stateIn } from 'xstate';
import type { CardSessionNumber, ReaderEvent } from '../../contract/card-host.ts';
import type { Journey } from '../../contract/screens.ts';
import { noMuteLeft, noSlots, occupied, speaksOfMute } from '../card/slots.ts';
import { journeys } from '../journeys/registry.ts';
import { inputOf, mute, type VisitDeps, visitParts } from './machine-setup.ts';
import { type GoodbyeReason, outOfOrderReason, type ReadResult, STUCK_AFTER } from './types.ts';

function sessionIn(news: ReaderEvent): CardSessionNumber {
  return 'session' in news ? news.session : 0;
}

const isDenied = (read: ReadResult) => !read.ok && read.problem.code === 'reader-failed' && read.problem.why === 'not-allowed';

const gone = (reason: GoodbyeReason) => ({ type: 'because' as const, params: { reason } });
const open = <J extends Journey>(journey: J) => ({ type: 'open', params: { journey } }) as const;

/**
 * The whole visit: is the hardware there, whose card is on, is somebody still here, and which journey is up.
 * Removal, reader fault, time-out and staff cancel lead to `closing` from everywhere, and `closing` wipes (invariant 1).
 */
export function createVisit(deps: VisitDeps) {
  const { warningSeconds, extensions } = deps.settings.timeouts;
  const parts = visitParts(deps);
  /** A journey for people without a card wants none: the session of the one that lies there ends. */
  const startJourney = parts.enqueueActions(({ context, enqueue }) => {
    const { journey, session } = context;
    if (journey === null) return;
    if (journeys[journey].setsCardAside === true) {
      enqueue({ type: 'noteEnd', params: { reason: 'done', session } });
      enqueue('endSession');
      enqueue('noCard');
      enqueue.raise({ type: 'card-set-aside' });
    }
    enqueue(() => journeys[journey].begin?.(deps.journeys));
    enqueue.spawnChild(journey, { id: 'journey', syncSnapshot: true, input: inputOf(context, deps.settings) });
  });
  const stopJourney = parts.enqueueActions(({ context: { journey }, enqueue }) => {
    enqueue.stopChild('journey');
    if (journey !== null) enqueue(() => journeys[journey].end?.(deps.journeys));
  });
  /** The card was powered off after it had signed. The visit reads it again itself: the journey that signed has ended. */
  const readAgain = parts.enqueueActions(({ context: { output, card }, enqueue }) => {
    if (output?.end !== 'switch' || !output.readAgain) return;
    if (card.at === 'ready') enqueue.assign({ card: { at: 'reading', session: card.session } });
    enqueue.raise({ type: 'retry-read' });
  });
  return parts.createMachine({
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
      prefs: { actions: assign({ prefs: ({ context, event }) => ({ ...context.prefs, ...event.prefs }) }) },
      // Only a context, too: nobody begins a visit while it is closed, and one that goes on is not touched.
      hours: { actions: assign({ closed: ({ event }) => event.closed }) },
      offers: { actions: assign({ offers: ({ event }) => event.journeys }) },
      'call-staff': { actions: assign({ staffCalled: true }) },
      'cancel-call': { actions: assign({ staffCalled: false }) },
      'staff-close': { actions: assign({ staffOpen: false, trial: null }) },
      'staff-try': { guard: 'staffHoldIt', actions: assign({ trial: ({ event }) => event.use }) },
      // Only a context: a visit that goes on is refused where its act would be promised, and nobody begins another.
      storage: { actions: assign({ storageOk: ({ event }) => event.usable }) },
    },
    states: {
      /** Hardware news becomes context first, then one event that every region may answer. */
      hardware: {
        on: {
          reader: [
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
              actions: [assign({ faults: 0 }), 'noteSlots', raise({ type: 'reader-gone' })],
            },
            {
              guard: ({ event }) => event.event.type === 'readers',
              actions: [assign({ faults: 0 }), 'noteSlots'],
            },
            {
              guard: ({ event }) => event.event.type === 'inserted',
              actions: ['noteSlots', raise(({ event }) => ({ type: 'card-in', session: sessionIn(event.event) }))],
            },
            {
              guard: ({ event }) => event.event.type === 'removed',
              actions: ['noteSlots', raise(({ event }) => ({ type: 'card-out', session: sessionIn(event.event) }))],
            },
            {
              guard: ({ context, event }) => event.event.type === 'mute' && speaksOfMute(context.slots, event.event),
              actions: ['noteSlots', raise({ type: 'mute-in' })],
            },
            {
              guard: ({ event }) => event.event.type === 'mute-removed',
              actions: [
                'noteSlots',
                enqueueActions(({ context, enqueue }) => {
                  if (noMuteLeft(context.slots)) enqueue.raise({ type: 'mute-out' });
                }),
              ],
            },
            { actions: 'noteSlots' },
          ],
        },
      },

      card: {
        initial: 'none',
        on: { 'visit-ended': '.none', 'card-set-aside': '.none' },
        states: {
          none: {
            on: {
              'begin-session': {
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
            on: { 'card-out': { guard: 'strangeCardLeft', actions: ['endSession', 'noCard', 'tellJourney'], target: 'none' } },
          },
          held: {
            on: {
              'retry-read': {
                guard: ({ context }) => context.session !== null,
                actions: [assign({ card: ({ context }) => ({ at: 'reading', session: context.session ?? 0 }) }), 'tellJourney'],
                target: 'reading',
              },
              'card-out': { guard: 'strangeCardLeft', actions: ['endSession', 'noCard', 'tellJourney'], target: 'none' },
            },
          },
        },
      },

      idle: {
        initial: 'off',
        on: { 'visit-ended': '.off' },
        states: {
          off: { on: { 'visit-began': { actions: assign({ extensionsLeft: extensions }), target: 'watching' } } },
          watching: {
            after: { idle: 'warning' },
            on: { active: { target: 'watching', reenter: true }, 'card-in': { target: 'watching', reenter: true } },
          },
          warning: {
            entry: assign({ secondsLeft: warningSeconds }),
            initial: 'counting',
            on: {
              active: {
                guard: 'canExtend',
                actions: assign({ extensionsLeft: ({ context }) => context.extensionsLeft - 1 }),
                target: 'watching',
              },
            },
            states: {
              counting: {
                after: {
                  second: [
                    { guard: 'lastSecond', actions: raise({ type: 'timeout' }) },
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
        meta: { screen: ({ offers }) => ({ name: 'attract', can: [...offers] }) },
        initial: 'outOfOrder',
        states: {
          outOfOrder: {
            meta: {
              screen: (context) => ({
                ...{ name: 'out-of-order', reason: outOfOrderReason(context) },
                ...(context.trial === null ? {} : { trial: context.trial }),
              }),
            },
            always: [
              { guard: 'shut', target: 'closed' },
              /** A card that was put on while nothing worked must come off first: nobody knows whose it is. */
              { guard: and(['works', 'cardStillThere']), target: 'takeCard' },
              { guard: 'works', target: 'attract' },
            ],
            /** Here, and in `closed`, `attract` and `goodbye`: nowhere else is nobody at the screen. */
            on: { 'staff-open': { actions: 'staffOpens' } },
            after: {
              stuckRetry: {
                guard: ({ context }) => context.faults >= STUCK_AFTER,
                actions: assign({ faults: 0, denied: false }),
              },
            },
          },
          /** A card that is put on here opens nothing; once the kiosk opens it must come off first. */
          closed: {
            meta: {
              screen: ({ closed, slots }, language) =>
                closed === null ? null : { name: 'closed', ...closed, ask: deps.ask(language), card: occupied(slots) },
            },
            always: { guard: 'notShut', target: 'outOfOrder' },
            on: { 'staff-open': { actions: 'staffOpens' } },
          },
          attract: {
            always: [
              { guard: 'shut', target: 'closed' },
              { guard: 'broken', target: 'outOfOrder' },
            ],
            on: {
              'staff-open': { actions: 'staffOpens' },
              press: [
                { guard: 'starts', target: 'visiting.menu' },
                // Who sees there what they came for needs no menu.
                { guard: 'choosesJourney', actions: 'choose', target: 'visiting.inJourney' },
              ],
              'card-in': [
                { guard: 'onlyCard', actions: 'beginWith', target: 'visiting.menu' },
                { guard: 'foundCard', target: 'takeCard' },
              ],
              'mute-in': { actions: ['muteCard', open('check')], target: 'visiting.inJourney' },
            },
          },
          visiting: {
            initial: 'menu',
            entry: ['begin', 'pinCatalogue', 'wakeDelivery'],
            always: { guard: 'readerBroken', actions: gone('reader'), target: 'closing' },
            on: {
              'card-out': { guard: 'personLeft', actions: gone('removed'), target: 'closing' },
              'reader-gone': { actions: gone('reader'), target: 'closing' },
              'card-in': { guard: and(['cardCounts', 'onlyCard']), actions: 'beginWith' },
              'staff-cancel': { actions: gone('staff'), target: 'closing' },
              timeout: { actions: gone('timeout'), target: 'closing' },
              'mute-in': { guard: and(['cardCounts', 'noSession']), actions: ['muteCard', 'tellJourney'] },
              'mute-out': { guard: and(['cardCounts', 'noSession']), actions: ['noCard', 'tellJourney'] },
            },
            states: {
              menu: {
                meta: { screen: ({ offers, session }) => ({ name: 'menu', can: [...offers], cardPresent: session !== null }) },
                entry: 'noJourney',
                /** A card that cannot be used is told about at once, not after a choice. */
                always: { guard: 'cardHasProblem', actions: open('check'), target: 'inJourney' },
                on: {
                  press: [
                    { guard: 'choosesJourney', actions: 'choose', target: 'inJourney' },
                    { guard: 'leaves', actions: gone('home'), target: '#visit.flow.closing' },
                  ],
                },
              },
              /** The chart of `context.journey` runs (journeys/registry.ts) and shows. What it does not know, it does not hear. */
              inJourney: {
                meta: { child: 'journey' },
                entry: startJourney,
                // What the last person of the family chose is for the next one only.
                exit: [stopJourney, 'noFamily'],
                on: {
                  press: { actions: 'forward' },
                  'pin-key': { actions: 'forward' },
                  'pin-edit': { actions: 'forward' },
                  type: { actions: 'forward' },
                  'type-edit': { actions: 'forward' },
                  scanned: { actions: 'forward' },
                  find: { actions: 'forward' },
                  choose: { actions: 'forward' },
                  'photo-taken': { actions: 'forward' },
                  'card-changed': { actions: 'passCard' },
                  // Every step of the journey is a change of the visit: the page hears of it.
                  'xstate.snapshot.journey': { actions: 'noteOver' },
                  'xstate.done.actor.journey': [
                    { guard: 'menuOverCard', actions: gone('home'), target: '#visit.flow.closing' },
                    { actions: 'takeOutput', target: 'routing' },
                  ],
                },
              },
              routing: {
                entry: ['noJourney', 'freshTries'],
                always: [
                  { guard: 'endsInMenu', target: 'menu' },
                  { guard: 'switches', actions: [readAgain, 'openNext'], target: 'inJourney' },
                  { guard: 'endsAtHome', actions: gone('home'), target: '#visit.flow.closing' },
                  { guard: 'endsForFamily', actions: ['beginFamily', gone('done')], target: '#visit.flow.closing' },
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
              raise({ type: 'visit-ended' }),
            ],
            always: [
              { guard: 'cardStillThere', target: 'takeCard' },
              { guard: and(['works', 'family']), actions: open('sign-up'), target: 'visiting.inJourney' },
              { guard: 'givenUp', target: 'attract' },
              { actions: ['noFamily', 'endFamily'], target: 'goodbye' },
            ],
          },
          takeCard: {
            meta: { screen: ({ alarm }) => ({ name: 'take-card', alarm }) },
            always: [
              { guard: and(['noCardThere', 'works', 'family']), actions: open('sign-up'), target: 'visiting.inJourney' },
              { guard: 'noCardThere', actions: ['noFamily', 'endFamily'], target: 'goodbye' },
            ],
            after: { cardLeftAlarm: { actions: assign({ alarm: true }) } },
            exit: assign({ alarm: false }),
          },
          goodbye: {
            meta: { screen: ({ reason }) => ({ name: 'goodbye', reason }) },
            after: { goodbye: 'attract' },
            on: {
              'staff-open': { actions: 'staffOpens', target: 'outOfOrder' },
              press: [
                { guard: and(['shut', 'starts']), target: 'closed' },
                { guard: and(['works', 'starts']), target: 'visiting.menu' },
              ],
              'card-in': [
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

export type VisitSnapshot = SnapshotFrom<ReturnType<typeof createVisit>>;
