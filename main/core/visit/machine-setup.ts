import { assign, fromPromise, raise, sendTo, setup } from 'xstate';
import type { CardProblem } from '../../contract/card.ts';
import type { CardSessionNumber } from '../../contract/card-host.ts';
import type { Settings } from '../../contract/config.ts';
import type { Log } from '../../contract/log-events.ts';
import { Journey } from '../../contract/screens.ts';
import { foundInUse, occupied, onlyCard, readerOf, slotsAfter, slotsProven } from '../card/slots.ts';
import type { CurrentCardSession } from '../card-session/current-card-session.ts';
import { opensNoSession } from '../charts/card-state.ts';
import { isPressed } from '../charts/events.ts';
import type { Shows } from '../charts/screen-of.ts';
import type { JourneyDeps } from '../journeys/deps.ts';
import { isOver, type JourneyInput, type JourneyLogic } from '../journeys/journey.ts';
import { journeys } from '../journeys/registry.ts';
import {
  type GoodbyeReason,
  isShut,
  kioskWorks,
  type ReadResult,
  readerWorks,
  type VisitContext,
  type VisitEvent,
  type VisitInput,
} from './types.ts';

export const mute: CardProblem = { code: 'mute' };

export interface VisitDeps {
  readonly settings: Pick<Settings, 'timeouts' | 'pinPad' | 'helpers'>;
  readonly log: Log;
  readonly cardSession: CurrentCardSession;
  /** What the journeys may use. */
  readonly journeys: JourneyDeps;
  /** A person is at the kiosk, so what waits for a quiet time waits no longer. */
  readonly wakeDelivery: () => void;
  /** Forgets what a family run compares in memory. */
  readonly forgetFamily: () => void;
  /** Where to ask while the kiosk is closed, in the language that is up; null: the settings do not say. */
  readonly ask: (language: VisitContext['prefs']['language']) => string | null;
}

/** Which journey was chosen, of those that this terminal offers. */
function chosenIn({ offers }: VisitContext, event: VisitEvent): Journey | null {
  const found = event.type === 'press' ? Journey.safeParse(event.button) : null;
  return found?.success === true && offers.includes(found.data) ? found.data : null;
}

export const inputOf = (context: VisitContext, { pinPad, helpers }: VisitDeps['settings']): JourneyInput => ({
  card: context.card,
  offers: context.offers,
  shuffled: pinPad.shuffle,
  helpers,
  known: (context.output?.end === 'switch' ? context.output.known : undefined) ?? null,
  family: context.family,
});

interface Now {
  readonly context: VisitContext;
  readonly event: VisitEvent;
}

const guards = {
  works: ({ context }: Now) => kioskWorks(context),
  staffHoldIt: ({ context }: Now) => context.staffOpen,
  broken: ({ context }: Now) => !kioskWorks(context),
  shut: ({ context }: Now) => isShut(context),
  notShut: ({ context }: Now) => !isShut(context),
  readerBroken: ({ context }: Now) => !readerWorks(context),
  cardStillThere: ({ context }: Now) => occupied(context.slots),
  noCardThere: ({ context }: Now) => !occupied(context.slots),
  /** A card that is put on now counts: the journey that runs, if any, is for people with one. */
  cardCounts: ({ context: { journey } }: Now) => journey === null || journeys[journey].setsCardAside !== true,
  /** A session begins only with the one card that was just put on. */
  onlyCard: ({ context, event }: Now) =>
    event.type === 'card-in' && context.session === null && onlyCard(context.slots, event.session),
  /** It lay there when the reader came into view: nobody knows whose it is. */
  foundCard: ({ context, event }: Now) => event.type === 'card-in' && foundInUse(context.slots, event.session),
  /** The card of the running personal session left. */
  personLeft: ({ context, event }: Now) =>
    event.type === 'card-out' && event.session === context.session && !opensNoSession(context.card),
  strangeCardLeft: ({ context, event }: Now) =>
    event.type === 'card-out' && event.session === context.session && opensNoSession(context.card),
  /** The reader goes on which the card of the running personal session lies. */
  losesReader: ({ context, event }: Now) => {
    if (event.type !== 'reader' || event.event.type !== 'readers') return false;
    const reader = readerOf(context.slots, context.session);
    return reader !== null && !event.event.names.includes(reader);
  },
  noSession: ({ context }: Now) => context.session === null,
  cardHasProblem: ({ context }: Now) => context.card.at === 'problem',
  givenUp: ({ context }: Now) => context.reason === 'home',
  canExtend: ({ context }: Now) => context.extensionsLeft > 0,
  lastSecond: ({ context }: Now) => context.secondsLeft <= 1,
  family: ({ context }: Now) => context.family !== null,
  choosesJourney: ({ context, event }: Now) => chosenIn(context, event) !== null,
  starts: ({ event }: Now) => isPressed(event, 'start'),
  leaves: ({ event }: Now) => isPressed(event, 'home') || isPressed(event, 'back'),
  endsForFamily: ({ context: { output } }: Now) => output?.end === 'next-person',
  endsInMenu: ({ context: { output } }: Now) => output?.end === 'menu',
  switches: ({ context: { output, offers } }: Now) => output?.end === 'switch' && offers.includes(output.to),
  endsAtHome: ({ context: { output } }: Now) => output?.end === 'home',
  /** Back to the menu, but a card lies there that opened no session. */
  menuOverCard: ({ context, event }: Now) =>
    event.type === 'xstate.done.actor.journey' &&
    event.output.end === 'menu' &&
    context.journey !== null &&
    journeys[context.journey].setsCardAside === true &&
    occupied(context.slots),
};

/** What the chart of a visit is put together from: named guards, actions, delays and effects. */
export function visitParts(deps: VisitDeps) {
  const { settings, log, cardSession } = deps;
  const { timeouts } = settings;
  const charts = Object.fromEntries(
    Journey.options.map((journey) => [journey, journeys[journey].create(deps.journeys)]),
  ) as Record<Journey, JourneyLogic>;
  const endSession = () => {
    cardSession.end();
    deps.journeys.applications.end();
  };
  return setup({
    types: {
      context: {} as VisitContext,
      events: {} as VisitEvent,
      input: {} as VisitInput,
      meta: {} as Shows<VisitContext>,
      children: {} as { journey: Journey },
    },
    actors: {
      ...charts,
      /** Opens the card of this session and reads what may be read without a PIN. */
      readCard: fromPromise<ReadResult, { session: CardSessionNumber }>(async ({ input }) => {
        const read = await cardSession.get(input.session)?.read();
        if (read === undefined) return { ok: false, problem: { code: 'removed' } };
        return read.ok ? { ok: true, facts: read.value } : { ok: false, problem: read.error };
      }),
    },
    actions: {
      beginSession: (_, { session }: { session: CardSessionNumber }) => {
        cardSession.begin(session);
        log('session.began', { session });
      },
      /** Wipes it. Runs on every way out. */
      endSession,
      endFamily: ({ context }) => {
        if (context.family === null) deps.forgetFamily();
      },
      noteEnd: (_, { reason, session }: { reason: GoodbyeReason; session: CardSessionNumber | null }) => {
        if (session !== null) log('session.ended', { session, reason });
      },
      noteProblem: (_, { problem }: { problem: CardProblem }) => {
        if (problem.code === 'unexpected-status') log('card.problem', { code: problem.code, sw: problem.sw, step: problem.step });
        else log('card.problem', { code: problem.code });
      },
      noteSlots: assign(({ context, event }) =>
        event.type === 'reader' ? { slots: slotsAfter(context.slots, event.event) } : {},
      ),
      noteProven: assign({
        slots: ({ context: { slots, session, card } }) =>
          slotsProven(slots, session, card.at === 'problem' ? card.problem : null),
      }),
      staffOpens: assign({ staffOpen: true }),
      tellJourney: raise({ type: 'card-changed' }),
      passCard: sendTo('journey', ({ context }) => ({ type: 'card', card: context.card })),
      muteCard: assign({ card: { at: 'problem', session: null, problem: mute } }),
      noCard: assign({ card: { at: 'absent' }, session: null }),
      begin: raise({ type: 'visit-began' }),
      /** One catalogue for the whole visit. */
      pinCatalogue: () => deps.journeys.catalogue.pin(),
      /** PINs that were refused in one journey are known in the next. */
      freshTries: assign(({ context: { card } }) => {
        const session = card.at === 'ready' ? cardSession.get(card.session) : null;
        if (card.at !== 'ready' || session === null) return {};
        return { card: { ...card, facts: { ...card.facts, triesLeft: session.triesLeft } } };
      }),
      wakeDelivery: () => deps.wakeDelivery(),
      /** The flow decides when a card may open a session; the card region then reads it. */
      beginWith: raise(({ event }) => ({ type: 'begin-session', session: event.type === 'card-in' ? event.session : 0 })),
      because: assign(({ context }, { reason }: { reason: GoodbyeReason }) => ({
        // Who has been told the result has finished, and is thanked: not told to begin again.
        reason: context.over && (reason === 'removed' || reason === 'timeout') ? 'done' : reason,
      })),
      choose: assign(({ context, event }) => ({ journey: chosenIn(context, event) })),
      open: assign((_, { journey }: { journey: Journey }) => ({ journey })),
      openNext: assign(({ context: { output } }) => ({ journey: output?.end === 'switch' ? output.to : null })),
      noJourney: assign({ journey: null, over: false }),
      forward: sendTo('journey', ({ event }) => event),
      noteOver: assign(({ event }) => ({ over: event.type === 'xstate.snapshot.journey' && isOver(event.snapshot) })),
      takeOutput: assign(({ event }) => ({ output: event.type === 'xstate.done.actor.journey' ? event.output : null })),
      beginFamily: assign(({ context: { output } }) => ({ family: output?.end === 'next-person' ? output.service : null })),
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
    guards,
    delays: {
      idle: timeouts.idleSeconds * 1000,
      second: 1000,
      goodbye: timeouts.goodbyeSeconds * 1000,
      cardLeftAlarm: timeouts.cardLeftAlarmSeconds * 1000,
      stuckRetry: 30_000,
    },
  });
}
