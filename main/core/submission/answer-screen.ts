import { inLanguage, type PublicLanguage } from '../../contract/languages.ts';
import { unreachable } from '../../contract/result.ts';
import type { Journey, PendingHere, Screen } from '../../contract/screens.ts';
import { type Names, prospectOf } from './read-back.ts';
import type { Answer, GoesOn, SubmissionContext } from './types.ts';

/** Lines of a person's history on one page: so many fit beside the amounts in the largest type. */
const HISTORY_PER_PAGE = 3;

export const pagesOf = (answer: Answer | null): number =>
  answer?.kind === 'status' ? Math.max(1, Math.ceil(answer.status.history.length / HISTORY_PER_PAGE)) : 1;

/** The sign-up comes next; who has had an ID all along may want to see what came of it where there is none. */
export function goesOnFrom(answer: Answer | null, offers: readonly Journey[]): GoesOn | null {
  if (answer?.kind !== 'issued') return null;
  if (offers.includes('sign-up')) return 'sign-up';
  return answer.alreadySet && offers.includes('status') ? 'status' : null;
}

/** What an answer is drawn with beside itself. */
export interface AnswerView {
  readonly names: Names;
  readonly language: PublicLanguage;
  /** What the card of this session has waiting here. */
  readonly pendingHere: () => PendingHere;
}

/** The screen of what the platform said: every kind of answer has its own. */
export function answerScreen(context: SubmissionContext, { names, language, pendingHere }: AnswerView): Screen | null {
  const { answer, content, slip, page } = context;
  if (content === null || answer === null) return null;
  const { receipt, at } = content;
  const nextPerson = content.kind === 'sign-up';
  const accepted: Screen = { name: 'accepted', receipt, nextPerson, slip };
  switch (answer.kind) {
    case 'issued': {
      const { myKeyId, alreadySet } = answer;
      return { name: 'issued', myKeyId, alreadySet, goesOn: goesOnFrom(answer, context.offers), receipt, slip };
    }
    case 'signed-up': {
      const prospect = prospectOf(content, names);
      if (prospect === null) return accepted;
      const { linked, from, myKeyId } = answer;
      const made = content.kind === 'sign-up' && content.makeId;
      const service = inLanguage(linked.service, language);
      return {
        ...{ name: 'signed-up', receipt, linked, service, slip },
        myKeyId: made ? myKeyId : null,
        prospect: { ...prospect, from },
      };
    }
    case 'already':
      return {
        name: 'already-signed-up',
        receipt,
        linked: answer.linked,
        service: inLanguage(answer.linked.service, language),
        slip,
      };
    case 'granted': {
      const { amount, linked } = answer;
      const id = content.kind === 'municipal' ? content.policy.id : null;
      const policy = inLanguage(names.catalogue?.policies.find((one) => one.id === id)?.title, language) ?? '';
      return { name: 'municipal-granted', receipt, policy, amount, linked, service: inLanguage(linked.service, language), slip };
    }
    case 'status': {
      const { status } = answer;
      const first = (page - 1) * HISTORY_PER_PAGE;
      return {
        name: 'status',
        status: { ...status, history: status.history.slice(first, first + HISTORY_PER_PAGE) },
        service: inLanguage(status.linked?.service, language),
        pending: pendingHere(),
        page,
        pages: pagesOf(answer),
        slip,
      };
    }
    case 'no-line':
      return { name: 'status-offline', pending: pendingHere() };
    case 'refused':
      return { name: 'refused', receipt, code: answer.code, nextPerson, slip };
    case 'parked':
      return { name: 'parked', receipt, at, nextPerson, slip };
    // Nobody shows an answer that is waited for.
    case 'waiting':
    case 'accepted':
      return accepted;
    default:
      return unreachable(answer);
  }
}
