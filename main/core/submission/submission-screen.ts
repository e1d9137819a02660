import type { SnapshotFrom } from 'xstate';
import type { Words } from '../../contract/catalogue.ts';
import type { Journey, PendingHere, ReadBack, Screen, ScreenOf } from '../../contract/screens.ts';
import type { SubmissionContent } from '../../contract/submission.ts';
import type { createSubmissionMachine } from './submission-machine.ts';
import { goesOnFrom, HISTORY_PER_PAGE } from './submission-parts.ts';
import type { SubmissionContext } from './types.ts';

export type SubmissionSnapshot = SnapshotFrom<ReturnType<typeof createSubmissionMachine>>;

/** What the view of an act cannot know itself: names in the language that is up, and what lives in the person's session. */
export interface SubmissionPresenter {
  /** The entry desk of a session; `null` when it is not open. */
  desk(session: number): ScreenOf<'entry'> | null;
  readBack(content: SubmissionContent): ReadBack;
  /** In the language that is up. */
  said(words: Words): string;
  /** What the card of this session has waiting here. */
  pendingHere(session: number): PendingHere;
  /** The screen of an answer that names a service or a policy. */
  answer(context: SubmissionContext): Screen | null;
}

/** The act as a screen. */
export function submissionScreen(snapshot: SubmissionSnapshot, journey: Journey, eyes: SubmissionPresenter): Screen {
  const { context } = snapshot;
  const { slip, card, content } = context;
  if (snapshot.matches({ card: 'insert' })) return { name: 'insert-card', journey, slow: context.slow };
  if (snapshot.matches({ card: 'problem' }) || snapshot.matches('failed')) {
    return { name: 'card-problem', problem: context.problem ?? { code: 'reader-failed' }, journey, slip };
  }
  if (card.at === 'ready') {
    if (snapshot.matches({ card: 'expiringNotice' })) return { name: 'expiring-notice', facts: card.facts };
    if (snapshot.matches({ card: 'renewedQuestion' })) return { name: 'renewed-question', facts: card.facts };
    if (snapshot.matches('entry')) return eyes.desk(card.session) ?? { name: 'reading-card', journey };
  }
  if (snapshot.matches({ card: 'renewedWait' })) return { name: 'renewed-wait', slip };
  if (snapshot.matches('pinLastTry')) return { name: 'pin-last-try' };
  if (snapshot.matches('pin')) {
    const { digits, triesLeft, wrong, shuffled, layout } = context;
    return { name: 'pin', digits, triesLeft, wrong, shuffled, layout: [...layout] };
  }
  if (snapshot.matches('handOver')) return { name: 'hand-over' };
  if (snapshot.matches('pausing')) return { name: 'signing', pauseSeconds: Math.ceil(context.pauseMs / 1000) };
  if (snapshot.matches('signing')) return { name: 'signing', pauseSeconds: null };
  if (snapshot.matches('cannotAccept')) return { name: 'cannot-accept', reason: context.cannot };
  if (content !== null) {
    const { receipt, at } = content;
    if (snapshot.matches('readBack')) return { name: 'read-back', content: eyes.readBack(content), page: 1 };
    if (snapshot.matches('readBackAgain')) return { name: 'read-back', content: eyes.readBack(content), page: 2 };
    if (snapshot.matches('delivering')) return { name: 'delivering', receipt };
    if (snapshot.matches('received')) return { name: 'received', receipt, at, nextPerson: content.kind === 'sign-up', slip };
    if (snapshot.matches({ answered: 'notSetUp' })) return { name: 'not-set-up', receipt, slip };
    if (snapshot.matches({ answered: 'termsChanged' })) return { name: 'terms-changed', receipt, slip };
    if (snapshot.matches('answered')) return answeredScreen(context, content, eyes);
  }
  return { name: 'reading-card', journey };
}

const pendingOf = ({ card }: SubmissionContext, eyes: SubmissionPresenter): PendingHere =>
  card.at === 'ready' ? eyes.pendingHere(card.session) : [];

function answeredScreen(context: SubmissionContext, { receipt, at, kind }: SubmissionContent, eyes: SubmissionPresenter): Screen {
  const { answer, slip, page } = context;
  const nextPerson = kind === 'sign-up';
  switch (answer?.kind) {
    case 'issued':
      return {
        name: 'issued',
        myKeyId: answer.myKeyId,
        alreadySet: answer.alreadySet,
        goesOn: goesOnFrom(context),
        receipt,
        slip,
      };
    case 'refused':
      return { name: 'refused', receipt, code: answer.code, nextPerson, slip };
    case 'parked':
      return { name: 'parked', receipt, at, nextPerson, slip };
    case 'no-line':
      return { name: 'status-offline', pending: pendingOf(context, eyes) };
    case 'status': {
      const { history } = answer.status;
      const first = (page - 1) * HISTORY_PER_PAGE;
      return {
        name: 'status',
        status: { ...answer.status, history: history.slice(first, first + HISTORY_PER_PAGE) },
        service: answer.status.linked === null ? null : eyes.said(answer.status.linked.service),
        pending: pendingOf(context, eyes),
        page,
        pages: Math.max(1, Math.ceil(history.length / HISTORY_PER_PAGE)),
        slip,
      };
    }
    default:
      return eyes.answer(context) ?? { name: 'accepted', receipt, nextPerson, slip };
  }
}
