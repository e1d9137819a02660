import type { ItemResult, PersonalReply } from '../../contract/platform.ts';
import type { Settled } from '../ports.ts';
import type { Answer } from './types.ts';

/** What a personal reply tells. Without one: accepted, and no more is known here. */
export function answerOfReply(reply: PersonalReply | null): Answer {
  switch (reply?.kind) {
    case 'set-up':
      return { kind: 'issued', myKeyId: reply.myKeyId, alreadySet: reply.alreadySet };
    case 'sign-up':
      return { kind: 'signed-up', linked: reply.linked, from: reply.from, myKeyId: reply.myKeyId };
    case 'municipal':
      return { kind: 'granted', linked: reply.linked, amount: reply.amount };
    case 'status':
      return { kind: 'status', status: reply };
    case 'already':
      return { kind: 'already', linked: reply.linked };
    // An application has no card, and its own session reads what is said of it.
    case 'card-application':
    case undefined:
      return { kind: 'accepted' };
  }
}

/** Why a question is over without an answer. */
export const NO_ANSWER = 'no-answer';

/** `null`: no answer came. */
export function settledBy(result: ItemResult | null): Settled {
  switch (result?.outcome) {
    case 'accepted':
    case 'duplicate':
      return { outcome: 'accepted', reference: result.reference, ...(result.reply === undefined ? {} : { reply: result.reply }) };
    case 'refused':
      return { outcome: 'refused', reference: result.reference, code: result.code };
    default:
      return { outcome: 'parked', reason: NO_ANSWER };
  }
}
