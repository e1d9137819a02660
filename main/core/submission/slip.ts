import { unreachable } from '../../contract/result.ts';
import type { SlipNames, SlipSubject } from '../print/slips.ts';
import { maskId } from '../print/slips.ts';
import type { SubmissionContext } from './types.ts';

/** What the slip of an act says. `null`: there is nothing to print yet. */
export function slipOfSubmission(
  { card, problem, content, answer }: Pick<SubmissionContext, 'card' | 'problem' | 'content' | 'answer'>,
  names: SlipNames,
): SlipSubject | null {
  if (problem !== null) return { kind: 'problem', problem };
  // Before the read-back there is nothing to say but that a new certificate needs its time.
  if (content === null) return card.at === 'ready' && card.facts.recentlyIssued ? { kind: 'renewed-wait' } : null;
  const { receipt, kind: act } = content;
  switch (answer?.kind) {
    case undefined:
    case 'waiting':
      return { kind: 'received', receipt, act };
    case 'issued':
      return { kind: 'issued', receipt, maskedId: maskId(answer.myKeyId), alreadySet: answer.alreadySet };
    case 'signed-up': {
      const prospect = names.prospect(content);
      return prospect === null
        ? { kind: 'accepted', receipt, act }
        : { kind: 'signed-up', receipt, linked: answer.linked, prospect };
    }
    case 'already':
      return { kind: 'already', receipt, linked: answer.linked };
    case 'granted':
      return { kind: 'granted', receipt, linked: answer.linked, amount: answer.amount };
    case 'status':
      return { kind: 'status', status: answer.status, pending: card.at === 'ready' ? names.pendingHere(card.session) : [] };
    case 'accepted':
      return { kind: 'accepted', receipt, act };
    case 'refused':
      return { kind: 'refused', receipt, act, code: answer.code };
    case 'parked':
      return { kind: 'parked', receipt, act };
    case 'no-line':
      return null;
    default:
      return unreachable(answer);
  }
}
