import { assign, fromPromise, sendParent, setup } from 'xstate';
import type { CardSession } from '../../contract/card-host.ts';
import type { ReadBack } from '../../contract/screens.ts';
import type { CardView } from './card-view.ts';
import { problemFor } from './card-view.ts';
import type { JourneyEvent, JourneyOutput } from './events.ts';
import { pressed } from './events.ts';
import type { Answer, CannotAccept, CommitResult, ComposeInput, SetUpContext } from './set-up-types.ts';

/** What the statechart of "set-up" is put together from: named guards, actions and the effects that are injected. */
export const setUpParts = setup({
  types: {
    context: {} as SetUpContext,
    events: {} as JourneyEvent,
    input: {} as { card: CardView; termsCount: number; shuffled: boolean },
    output: {} as JourneyOutput,
  },
  actors: {
    /** Injected: spends a challenge, reserves the row, composes the content; the answer is the content itself. */
    compose: fromPromise<ReadBack | { cannot: CannotAccept }, ComposeInput>(async () => ({ cannot: 'internal' })),
    /** Injected: VERIFY, sign, seal, enqueue, power off. */
    commit: fromPromise<CommitResult, { session: CardSession }>(async () => ({ kind: 'cannot-accept', reason: 'internal' })),
    /** Injected: waits for the platform's answer, at most `limit` or for ever. */
    answer: fromPromise<Answer, { session: CardSession; limit: 'short' | 'none' }>(async () => ({ kind: 'waiting' })),
  },
  actions: {
    takeCard: assign(({ event }) => (event.type === 'CARD' ? { card: event.card } : {})),
    takeSlip: assign(({ event }) => (event.type === 'SLIP' ? { slip: event.slip } : {})),
    retryRead: sendParent({ type: 'RETRY_READ' }),
    /** Injected: prints the slip of the state that is up and sends SLIP back. */
    print: () => {},
    /** Injected: the four bytes of the PIN live in the session, not here. */
    pinPush: (_, _params: { session: CardSession; digit: number }) => {},
    pinBack: (_, _params: { session: CardSession }) => {},
    pinClear: (_, _params: { session: CardSession }) => {},
    beginPrint: assign({ slip: { state: 'printing' } }),
    clearDigits: assign({ digits: 0 }),
  },
  guards: {
    home: ({ event }) => pressed(event, 'home'),
    next: ({ event }) => pressed(event, 'next'),
    back: ({ event }) => pressed(event, 'back'),
    done: ({ event }) => pressed(event, 'done'),
    agree: ({ event }) => pressed(event, 'agree'),
    agreeLast: ({ event, context }) => pressed(event, 'agree') && context.termsIndex + 1 >= context.termsCount,
    backInTerms: ({ event, context }) => pressed(event, 'back') && context.termsIndex > 0,
    showAll: ({ event }) => pressed(event, 'show-all'),
    showSummary: ({ event }) => pressed(event, 'show-summary'),
    other: ({ event }) => pressed(event, 'other'),
    self: ({ event }) => pressed(event, 'self'),
    child: ({ event }) => pressed(event, 'child'),
    represented: ({ event }) => pressed(event, 'represented'),
    yes: ({ event }) => pressed(event, 'yes'),
    no: ({ event }) => pressed(event, 'no'),
    confirm: ({ event }) => pressed(event, 'confirm'),
    tryAgain: ({ event }) => pressed(event, 'try-again'),
    stop: ({ event }) => pressed(event, 'stop'),
    printing: ({ event, context }) =>
      pressed(event, 'print') && context.slip.state !== 'printing' && context.slip.state !== 'printed',
    hasProblem: ({ context }) => problemFor('set-up', context.card) !== null,
    isReady: ({ context }) => context.card.at === 'ready',
    isReading: ({ context }) => context.card.at === 'reading',
    askRenewed: ({ context }) => context.card.at === 'ready' && context.card.facts.recentlyIssued && !context.noticeSeen,
    tellExpiring: ({ context }) =>
      context.card.at === 'ready' && context.card.facts.validity === 'expiring' && !context.noticeSeen,
    oneTryLeft: ({ context }) => context.triesLeft === 1,
    noTryLeft: ({ context }) => context.triesLeft === 0,
    canType: ({ event, context }) => event.type === 'PIN_KEY' && context.digits < 4,
    okWithFour: ({ event, context }) => event.type === 'PIN_EDIT' && event.edit === 'ok' && context.digits === 4,
    editBack: ({ event, context }) => event.type === 'PIN_EDIT' && event.edit === 'back' && context.digits > 0,
    editClear: ({ event }) => event.type === 'PIN_EDIT' && event.edit === 'clear',
    editShuffle: ({ event }) => event.type === 'PIN_EDIT' && (event.edit === 'shuffle' || event.edit === 'unshuffle'),
  },
  delays: { slowCard: 20_000 },
});
