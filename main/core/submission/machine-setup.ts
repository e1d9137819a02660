import { assign, fromPromise, setup } from 'xstate';
import type { CardSessionNumber } from '../../contract/card-host.ts';
import type { PublicLanguage } from '../../contract/languages.ts';
import type { Log } from '../../contract/log-events.ts';
import type { PendingHere, ScreenOf } from '../../contract/screens.ts';
import type { CardSession } from '../card-session/card-session.ts';
import { problemFor } from '../charts/card-state.ts';
import { cardActions, changes, commonActions, commonGuards, pageActions } from '../charts/common.ts';
import { isFieldInput, isPressed, type JourneyEvent } from '../charts/events.ts';
import type { Shows } from '../charts/screen-of.ts';
import type { PrintSlip, SlipNames } from '../print/slips.ts';
import { goesOnFrom, pagesOf } from './answer-screen.ts';
import type { Names } from './read-back.ts';
import { slipOfSubmission } from './slip.ts';
import type { Submitter } from './submitter.ts';
import type {
  Answer,
  CommitResult,
  Composed,
  GoesOn,
  SubmissionContext,
  SubmissionInput,
  SubmissionOutput,
  SubmissionRequest,
} from './types.ts';

export interface SubmissionDeps {
  readonly log: Log;
  readonly slowCardMs: number;
  /** The session of this card; `null`: it has ended. */
  readonly session: (card: CardSessionNumber) => CardSession | null;
  readonly submitter: (session: CardSession) => Submitter;
  /** A fresh order of the ten digits. */
  readonly shuffle: () => readonly number[];
  readonly print: PrintSlip;
  /** Names for a slip, in the language that is up. */
  readonly slipNames: SlipNames;
  /** Names of what a content stands for. */
  readonly names: (language: PublicLanguage) => Names;
  /** The account form of a session; `null` when it is not open. */
  readonly accountForm: (card: CardSessionNumber, language: PublicLanguage) => ScreenOf<'entry'> | null;
  /** What the card of this session has waiting here. */
  readonly pendingHere: (card: CardSessionNumber) => PendingHere;
  /** Asks for the newest catalogue, for this very visit. */
  readonly renewCatalogue: () => Promise<void>;
  /** Whether this kiosk now has terms that were not agreed to with this request. Without any, reading again would lead round in a circle. */
  readonly somethingUnread: (request: SubmissionRequest) => boolean;
}

interface With {
  readonly context: SubmissionContext;
}
interface Now extends With {
  readonly event: JourneyEvent;
}

export function sessionOf({ card }: SubmissionContext): CardSessionNumber {
  if (card.at !== 'ready') throw new Error('a card is wanted here');
  return card.session;
}

export function requestOf({ request }: SubmissionContext): SubmissionRequest {
  if (request === null) throw new Error('nothing was asked for');
  return request;
}

const canGoOn = ({ answer, offers }: SubmissionContext, to: GoesOn) => goesOnFrom(answer, offers) === to;
const facts = ({ card }: SubmissionContext) => (card.at === 'ready' ? card.facts : null);

const guards = {
  ...commonGuards,
  goOnSignUp: ({ event, context }: Now) => isPressed(event, 'sign-up') && canGoOn(context, 'sign-up'),
  goOnStatus: ({ event, context }: Now) => isPressed(event, 'status') && canGoOn(context, 'status'),
  nextPerson: ({ event, context }: Now) => isPressed(event, 'next-person') && context.request?.kind === 'sign-up',
  previousPage: ({ event, context }: Now) => isPressed(event, 'previous-page') && context.page > 1,
  followingPage: ({ event, context }: Now) => isPressed(event, 'next-page') && context.page < pagesOf(context.answer),
  hasProblem: ({ context }: With) => problemFor(context.request?.kind ?? 'set-up', context.card) !== null,
  nothingRequested: ({ context }: With) => context.request === null,
  isReady: ({ context }: With) => context.card.at === 'ready',
  isReading: ({ context }: With) => context.card.at === 'reading',
  askRenewed: ({ context }: With) => facts(context)?.recentlyIssued === true && !context.noticeSeen,
  tellExpiring: ({ context }: With) => facts(context)?.validity === 'expiring' && !context.noticeSeen,
  wantsAccount: ({ context }: With) => context.request?.kind === 'sign-up',
  isQuestion: ({ context }: With) => context.request?.kind === 'status',
  twice: ({ event, context: { request } }: Now) =>
    isPressed(event, 'confirm') && request !== null && request.kind !== 'status' && request.helped,
  backToAccount: ({ event, context }: Now) => isPressed(event, 'back') && context.request?.kind === 'sign-up',
  oneTryLeft: ({ context }: With) => context.triesLeft === 1,
  noTryLeft: ({ context }: With) => context.triesLeft === 0,
  canType: ({ event, context }: Now) => event.type === 'pin-key' && context.digits < 4,
  okWithFour: ({ event, context }: Now) => event.type === 'pin-edit' && event.edit === 'ok' && context.digits === 4,
  editBack: ({ event, context }: Now) => event.type === 'pin-edit' && event.edit === 'back' && context.digits > 0,
  editClear: ({ event }: Now) => event.type === 'pin-edit' && event.edit === 'clear',
  editShuffle: ({ event }: Now) => event.type === 'pin-edit' && (event.edit === 'shuffle' || event.edit === 'unshuffle'),
  refusedNotSetUp: ({ context: { answer } }: With) => answer?.kind === 'refused' && answer.code === 'not-set-up',
  refusedTerms: ({ context: { answer, request } }: With) =>
    request?.kind === 'sign-up' && answer?.kind === 'refused' && answer.code === 'terms-changed',
};

/** Its effects outside the chart: they answer with what happened. The session that they name may have ended meanwhile. */
const actors = ({ session, submitter, log, renewCatalogue }: SubmissionDeps) => ({
  /** Spends a challenge, reserves the row, composes the content. */
  compose: fromPromise<Composed, Pick<SubmissionContext, 'journey'> & { card: CardSessionNumber; request: SubmissionRequest }>(
    async ({ input: { card, request, journey } }) => {
      const current = session(card);
      if (current === null) return { cannot: 'internal' };
      const composed = await submitter(current).compose(request);
      if (composed.ok) return { content: composed.value, triesLeft: current.triesLeft };
      log('journey.outcome', { journey, outcome: `cannot-accept.${composed.error}` });
      return { cannot: composed.error };
    },
  ),
  /** VERIFY, sign, seal, enqueue, power off. */
  commit: fromPromise<CommitResult, Pick<SubmissionContext, 'journey'> & { card: CardSessionNumber }>(
    async ({ input: { card, journey } }) => {
      const current = session(card);
      const result: CommitResult =
        current === null ? { kind: 'problem', problem: { code: 'removed' } } : await submitter(current).commit();
      log('journey.outcome', { journey, outcome: result.kind === 'problem' ? result.problem.code : result.kind });
      return result;
    },
  ),
  /** Waits for the platform's answer, at most `limit` or for ever. */
  answer: fromPromise<Answer, { card: CardSessionNumber; limit: 'short' | 'none' }>(async ({ input: { card, limit } }) => {
    const current = session(card);
    const answer: Answer = current === null ? { kind: 'waiting' } : await submitter(current).answer(limit);
    // What must be read again is in a newer catalogue.
    if (answer.kind === 'refused' && answer.code === 'terms-changed') await renewCatalogue();
    return answer;
  }),
});

/** Named guards, actions and effects of a submission. */
export function submissionParts(deps: SubmissionDeps) {
  const { print, slipNames, somethingUnread } = deps;
  const session = ({ card }: SubmissionContext) => (card.at === 'ready' ? deps.session(card.session) : null);
  const pauseOf = (context: SubmissionContext) => session(context)?.waitMs() ?? 0;
  return setup({
    types: {
      context: {} as SubmissionContext,
      events: {} as JourneyEvent,
      input: {} as SubmissionInput,
      output: {} as SubmissionOutput,
      meta: {} as Shows<SubmissionContext>,
    },
    actors: actors(deps),
    actions: {
      ...commonActions<SubmissionContext>(),
      ...cardActions<SubmissionContext>(),
      end: changes<{ output: SubmissionOutput }, SubmissionContext>()<SubmissionOutput>((_, __, output) => ({ output })),
      print: ({ context, self }) => {
        const subject = slipOfSubmission(context, slipNames);
        if (subject !== null) print(subject, self, 'receipt' in subject ? context.content?.at : undefined);
      },
      openAccountForm: ({ context }) => {
        const request = requestOf(context);
        session(context)?.openAccountForm(request.kind === 'sign-up' ? request.service : '');
      },
      fillIn: ({ context, event, self }) => {
        const form = session(context)?.accountForm ?? null;
        if (form === null || !isFieldInput(event)) return;
        const outcome = form.input(event);
        if (outcome === 'done') self.send({ type: 'form-done' });
        if (outcome === 'left') self.send({ type: 'form-left' });
      },
      touch: assign({ touched: ({ context }) => context.touched + 1 }),
      // The four bytes of the PIN live in the session, not here.
      pinPush: ({ context, event }) => {
        if (event.type === 'pin-key') session(context)?.pin.push(context.layout[event.position] ?? -1);
      },
      pinBack: ({ context }) => session(context)?.pin.back(),
      pinClear: ({ context }) => session(context)?.pin.clear(),
      clearDigits: assign({ digits: 0 }),
      /** Notes how long it is until the card may be asked. */
      holdBack: assign({ pauseMs: ({ context }) => pauseOf(context) }),
      ...pageActions<SubmissionContext>(),
    },
    guards: {
      ...guards,
      /** Faster than a person reads a refusal and types again. */
      tooSoon: ({ context }) => pauseOf(context) > 0,
      somethingUnread: ({ context: { request } }) => request !== null && somethingUnread(request),
    },
    delays: { slowCard: deps.slowCardMs, verifyPause: ({ context }) => context.pauseMs },
  });
}
