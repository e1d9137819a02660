import { assign, fromPromise, sendParent, setup } from 'xstate';
import type { CardSessionNumber } from '../../contract/card-host.ts';
import { problemFor } from '../journeys/card-state.ts';
import type { JourneyEvent } from '../journeys/events.ts';
import { pressed } from '../journeys/events.ts';
import type {
  Answer,
  CommitResult,
  Composed,
  ComposeInput,
  GoesOn,
  SubmissionContext,
  SubmissionInput,
  SubmissionOutput,
} from './types.ts';

/** Lines of a person's history on one page: so many fit beside the amounts in the largest type. */
export const HISTORY_PER_PAGE = 3;

const pagesOf = ({ answer }: SubmissionContext): number =>
  answer?.kind === 'status' ? Math.max(1, Math.ceil(answer.status.history.length / HISTORY_PER_PAGE)) : 1;

/** The sign-up comes next; who has had an ID all along may want to see what came of it where there is none. */
export function goesOnFrom({ answer, goesOn }: SubmissionContext): GoesOn | null {
  if (answer?.kind !== 'issued') return null;
  if (goesOn.includes('sign-up')) return 'sign-up';
  return answer.alreadySet && goesOn.includes('status') ? 'status' : null;
}
const canGoOn = (context: SubmissionContext, to: GoesOn) => goesOnFrom(context) === to;

/** What the statechart of an act is put together from: named guards, actions and the effects that are injected. */
export const submissionParts = setup({
  types: {
    context: {} as SubmissionContext,
    events: {} as JourneyEvent,
    input: {} as SubmissionInput,
    output: {} as SubmissionOutput,
  },
  actors: {
    /** Injected: spends a challenge, reserves the row, composes the content; the answer is the content itself, and the tries that the card has left now. */
    compose: fromPromise<Composed, ComposeInput>(async () => ({ cannot: 'internal' })),
    /** Injected: VERIFY, sign, seal, enqueue, power off. */
    commit: fromPromise<CommitResult, { session: CardSessionNumber }>(async () => ({
      kind: 'cannot-accept',
      reason: 'internal',
    })),
    /** Injected: waits for the platform's answer, at most `limit` or for ever. */
    answer: fromPromise<Answer, { session: CardSessionNumber; limit: 'short' | 'none' }>(async () => ({ kind: 'waiting' })),
  },
  actions: {
    takeCard: assign(({ event }) => (event.type === 'CARD' ? { card: event.card } : {})),
    takeSlip: assign(({ event }) => (event.type === 'SLIP' ? { slip: event.slip } : {})),
    retryRead: sendParent({ type: 'RETRY_READ' }),
    /** Injected: prints the slip of the state that is up and sends SLIP back. */
    print: () => {},
    /** Injected: opens the entry desk of this session for the service that was chosen. */
    openAccountForm: (_, _params: { session: CardSessionNumber; service: string }) => {},
    /** Injected: a key, a scan or a press for the entry desk; it answers DESK_DONE or DESK_LEFT when it is finished. */
    atDesk: (_, _params: { session: CardSessionNumber }) => {},
    /** Injected: the four bytes of the PIN live in the session, not here. */
    pinPush: (_, _params: { session: CardSessionNumber; digit: number }) => {},
    pinBack: (_, _params: { session: CardSessionNumber }) => {},
    pinClear: (_, _params: { session: CardSessionNumber }) => {},
    beginPrint: assign({ slip: { state: 'printing' } }),
    clearDigits: assign({ digits: 0 }),
    /** Injected: notes how long it is until the card may be asked. */
    holdBack: () => {},
    touch: assign({ touched: ({ context }) => context.touched + 1 }),
  },
  guards: {
    home: ({ event }) => pressed(event, 'home'),
    next: ({ event }) => pressed(event, 'next'),
    back: ({ event }) => pressed(event, 'back'),
    done: ({ event }) => pressed(event, 'done'),
    yes: ({ event }) => pressed(event, 'yes'),
    no: ({ event }) => pressed(event, 'no'),
    confirm: ({ event }) => pressed(event, 'confirm'),
    tryAgain: ({ event }) => pressed(event, 'try-again'),
    stop: ({ event }) => pressed(event, 'stop'),
    goOnSignUp: ({ event, context }) => pressed(event, 'sign-up') && canGoOn(context, 'sign-up'),
    goOnStatus: ({ event, context }) => pressed(event, 'status') && canGoOn(context, 'status'),
    nextPerson: ({ event, context }) => pressed(event, 'next-person') && context.ask?.kind === 'sign-up',
    previousPage: ({ event, context }) => pressed(event, 'previous-page') && context.page > 1,
    followingPage: ({ event, context }) => pressed(event, 'next-page') && context.page < pagesOf(context),
    printing: ({ event, context }) =>
      pressed(event, 'print') && context.slip.state !== 'printing' && context.slip.state !== 'printed',
    hasProblem: ({ context }) => problemFor(context.ask?.kind ?? 'set-up', context.card) !== null,
    nothingAsked: ({ context }) => context.ask === null,
    isReady: ({ context }) => context.card.at === 'ready',
    isReading: ({ context }) => context.card.at === 'reading',
    askRenewed: ({ context }) => context.card.at === 'ready' && context.card.facts.recentlyIssued && !context.noticeSeen,
    tellExpiring: ({ context }) =>
      context.card.at === 'ready' && context.card.facts.validity === 'expiring' && !context.noticeSeen,
    wantsEntry: ({ context }) => context.ask?.kind === 'sign-up',
    isQuestion: ({ context }) => context.ask?.kind === 'status',
    twice: ({ event, context }) =>
      pressed(event, 'confirm') && context.ask !== null && context.ask.kind !== 'status' && context.ask.helped,
    backToEntry: ({ event, context }) => pressed(event, 'back') && context.ask?.kind === 'sign-up',
    oneTryLeft: ({ context }) => context.triesLeft === 1,
    noTryLeft: ({ context }) => context.triesLeft === 0,
    canType: ({ event, context }) => event.type === 'PIN_KEY' && context.digits < 4,
    okWithFour: ({ event, context }) => event.type === 'PIN_EDIT' && event.edit === 'ok' && context.digits === 4,
    /** Injected: faster than a person reads a refusal and types again. */
    tooSoon: (_: { context: SubmissionContext }) => false,
    editBack: ({ event, context }) => event.type === 'PIN_EDIT' && event.edit === 'back' && context.digits > 0,
    editClear: ({ event }) => event.type === 'PIN_EDIT' && event.edit === 'clear',
    editShuffle: ({ event }) => event.type === 'PIN_EDIT' && (event.edit === 'shuffle' || event.edit === 'unshuffle'),
    refusedNotSetUp: ({ context }) => context.answer?.kind === 'refused' && context.answer.code === 'not-set-up',
    refusedTerms: ({ context }) =>
      context.ask?.kind === 'sign-up' && context.answer?.kind === 'refused' && context.answer.code === 'terms-changed',
    /** Injected: this kiosk now has terms that were not agreed to. Without any, reading again would lead round in a circle. */
    somethingUnread: (_: { context: SubmissionContext }) => false,
  },
  delays: {
    slowCard: 20_000,
    verifyPause: ({ context }) => context.pauseMs,
  },
});
