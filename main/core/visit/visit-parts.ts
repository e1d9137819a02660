import { type AnyMachineSnapshot, assign, fromPromise, raise, sendTo, setup } from 'xstate';
import type { CardProblem } from '../../contract/card.ts';
import type { CardSessionNumber } from '../../contract/card-host.ts';
import type { Journey } from '../../contract/screens.ts';
import { applicationMachine } from '../journeys/card-application/machine.ts';
import { opensNoSession } from '../journeys/card-state.ts';
import { checkMachine } from '../journeys/check/machine.ts';
import type { JourneyOutput } from '../journeys/events.ts';
import { pressed } from '../journeys/events.ts';
import { createMunicipalMachine } from '../journeys/municipal/machine.ts';
import { emptyPolicies } from '../journeys/municipal/parts.ts';
import { isOver } from '../journeys/over.ts';
import { createReceiptLookupMachine, noReceiptLookup } from '../journeys/receipt-lookup/machine.ts';
import { setUpMachine } from '../journeys/set-up/machine.ts';
import { createSignUpMachine } from '../journeys/sign-up/machine.ts';
import { noServices } from '../journeys/sign-up/parts.ts';
import { statusMachine } from '../journeys/status/machine.ts';
import { foundInUse, occupied, onlyCard, readerOf, slotsAfter, slotsProven } from './slots.ts';
import type { GoodbyeReason, ReadResult, VisitContext, VisitEvent, VisitInput } from './visit-types.ts';
import { isShut, kioskWorks, readerWorks } from './visit-types.ts';

export const mute: CardProblem = { code: 'mute' };

/** Pressed, and offered here: a terminal has only the journeys that its settings name. */
const chosen = (event: { type: string }, { offers }: VisitContext, journey: Journey) =>
  pressed(event, journey) && offers.includes(journey);
const switchesTo = ({ output, offers }: VisitContext, journey: Journey) =>
  output?.end === 'switch' && output.to === journey && offers.includes(journey);

/** What the statechart of a visit is put together from: named guards, actions, delays, and the effects that are injected. */
export const visitParts = setup({
  types: { context: {} as VisitContext, events: {} as VisitEvent, input: {} as VisitInput },
  actors: {
    /** Injected: opens the card of this session and reads what may be read without a PIN. */
    readCard: fromPromise<ReadResult, { session: CardSessionNumber }>(async () => ({
      ok: false,
      problem: { code: 'reader-failed' },
    })),
    check: checkMachine,
    setUp: setUpMachine,
    signUp: createSignUpMachine(noServices),
    status: statusMachine,
    municipal: createMunicipalMachine(emptyPolicies),
    pending: createReceiptLookupMachine(noReceiptLookup),
    application: applicationMachine,
  },
  actions: {
    /** Injected: creates the person's session object. */
    beginSession: (_, _params: { session: CardSessionNumber }) => {},
    /** Injected: wipes it. Runs on every way out. */
    endSession: () => {},
    /** Injected: forgets what a family run compares in memory. */
    endFamily: () => {},
    /** Injected: a session for a person without a card, and its end. */
    beginApplication: () => {},
    endApplication: () => {},
    /** Injected: something to log. */
    noteEnd: (_, _params: { reason: GoodbyeReason; session: CardSessionNumber | null }) => {},
    noteProblem: (_, _params: { problem: CardProblem }) => {},

    noteSlots: assign(({ context, event }) => (event.type === 'READER' ? { slots: slotsAfter(context.slots, event.event) } : {})),
    noteProven: assign({
      slots: ({ context: { slots, session, card } }) => slotsProven(slots, session, card.at === 'problem' ? card.problem : null),
    }),
    staffOpens: assign({ staffOpen: true }),
    tellJourney: raise({ type: 'CARD_CHANGED' }),
    passCard: sendTo('journey', ({ context }) => ({ type: 'CARD', card: context.card })),
    /** The card was powered off after it had signed. The visit reads it again itself: the journey that signed has ended. */
    unread: assign(({ context: { card } }) => (card.at === 'ready' ? { card: { at: 'reading', session: card.session } } : {})),
    readAgain: raise({ type: 'RETRY_READ' }),
    muteCard: assign({ card: { at: 'problem', session: null, problem: mute } }),
    noCard: assign({ card: { at: 'absent' }, session: null }),
    forward: sendTo('journey', ({ event }) => event),
    begin: raise({ type: 'VISIT_BEGAN' }),
    /** Injected: one catalogue for the whole visit. */
    pinCatalogue: () => {},
    /** Injected: PINs that were refused in one journey are known in the next. */
    freshTries: () => {},
    /** Injected: a person is at the kiosk, so what waits for a quiet time waits no longer. */
    wakeDelivery: () => {},
    /** The flow decides when a card may open a session; the card region then reads it. */
    beginWith: raise(({ event }) => ({ type: 'BEGIN_SESSION', session: event.type === 'CARD_IN' ? event.session : 0 })),
    because: assign(({ context }, { reason }: { reason: GoodbyeReason }) => ({
      // Who has been told the result has finished, and is thanked: not told to begin again.
      reason: context.over && (reason === 'removed' || reason === 'timeout') ? 'done' : reason,
    })),
    noteOver: assign(({ event }) => ({ over: 'snapshot' in event && isOver(event.snapshot as AnyMachineSnapshot) })),
    takeOutput: assign(({ event }) => ({ output: 'output' in event ? (event.output as VisitContext['output']) : null })),
    beginFamily: assign(({ context }) => ({ family: context.output?.end === 'next-person' ? context.output.service : null })),
    noFamily: assign({ family: null }),
    forget: assign(({ context }) => ({
      prefs: context.firstPrefs,
      session: null,
      card: { at: 'absent' },
      journey: null,
      output: null,
      over: false,
      staffCalled: false,
      alarm: false,
    })),
  },
  guards: {
    works: ({ context }) => kioskWorks(context),
    staffHoldIt: ({ context }) => context.staffOpen,
    broken: ({ context }) => !kioskWorks(context),
    shut: ({ context }) => isShut(context),
    notShut: ({ context }) => !isShut(context),
    readerBroken: ({ context }) => !readerWorks(context),
    cardStillThere: ({ context }) => occupied(context.slots),
    noCardThere: ({ context }) => !occupied(context.slots),
    /** A session begins only with the one card that was just put on. */
    onlyCard: ({ context, event }) =>
      event.type === 'CARD_IN' && context.session === null && onlyCard(context.slots, event.session),
    /** It lay there when the reader came into view: nobody knows whose it is. */
    foundCard: ({ context, event }) => event.type === 'CARD_IN' && foundInUse(context.slots, event.session),
    /** The card of the running personal session left. */
    personLeft: ({ context, event }) =>
      event.type === 'CARD_OUT' && event.session === context.session && !opensNoSession(context.card),
    strangeCardLeft: ({ context, event }) =>
      event.type === 'CARD_OUT' && event.session === context.session && opensNoSession(context.card),
    /** The reader goes on which the card of the running personal session lies. */
    losesReader: ({ context, event }) => {
      if (event.type !== 'READER' || event.event.type !== 'readers') return false;
      const reader = readerOf(context.slots, context.session);
      return reader !== null && !event.event.names.includes(reader);
    },
    noSession: ({ context }) => context.session === null,
    givenUp: ({ context }) => context.reason === 'home',
    canExtend: ({ context }) => context.extensionsLeft > 0,
    lastSecond: ({ context }) => context.secondsLeft <= 1,
    family: ({ context }) => context.family !== null,
    outputFamily: ({ context }) => context.output?.end === 'next-person',
    outputMenu: ({ context }) => context.output?.end === 'menu',
    outputSwitch: ({ context }) => switchesTo(context, 'set-up'),
    outputSignUp: ({ context }) => switchesTo(context, 'sign-up'),
    outputStatus: ({ context }) => switchesTo(context, 'status'),
    outputHome: ({ context }) => context.output?.end === 'home',
    start: ({ event }) => pressed(event, 'start'),
    check: ({ event, context }) => chosen(event, context, 'check'),
    setUp: ({ event, context }) => chosen(event, context, 'set-up'),
    signUp: ({ event, context }) => chosen(event, context, 'sign-up'),
    status: ({ event, context }) => chosen(event, context, 'status'),
    municipal: ({ event, context }) => chosen(event, context, 'municipal'),
    pending: ({ event, context }) => chosen(event, context, 'pending'),
    application: ({ event, context }) => chosen(event, context, 'card-application'),
    /** Back to the menu, but a card lies there that opened no session. */
    menuOverCard: ({ context, event }) =>
      'output' in event && (event.output as JourneyOutput).end === 'menu' && occupied(context.slots),
    leave: ({ event }) => pressed(event, 'home') || pressed(event, 'back'),
  },
  delays: { idle: 60_000, second: 1000, goodbye: 5000, cardLeftAlarm: 10_000, stuckRetry: 30_000 },
});
