import type { Catalogue } from '../../contract/catalogue.ts';
import { unreachable } from '../../contract/result.ts';
import type { SubmissionContent } from '../../contract/submission.ts';
import type { AccountForm } from '../card-session/account-form.ts';
import type { SubmissionRequest } from './types.ts';

type ComposedContent = {
  [C in SubmissionContent as C['kind']]: Omit<C, 'v' | 'id' | 'receipt' | 'terminal' | 'at' | 'challenge' | 'replyKey'>;
}[SubmissionContent['kind']];

/** What is a kind's own in its content. `null`: the catalogue does not have it, or the entry is not finished. */
export function composeContent(
  request: SubmissionRequest,
  form: AccountForm | null,
  catalogue: Catalogue | null,
): ComposedContent | null {
  switch (request.kind) {
    case 'set-up':
      return { kind: 'set-up', whose: request.whose, terms: [...request.terms], helped: request.helped };
    case 'status':
      return { kind: 'status', whose: 'self', terms: [], helped: false };
    case 'sign-up': {
      if (catalogue === null || form === null || form.service !== request.service) return null;
      // The form may be of an older catalogue; what is read back must be in the one that the content names.
      if (!catalogue.services.some(({ id }) => id === request.service)) return null;
      const [account, ...codes] = form.values();
      if (account === undefined) return null;
      const { whose, on, makeId, helped, service } = request;
      const { version, measure } = catalogue;
      return {
        kind: 'sign-up',
        whose,
        helped,
        terms: [...request.terms],
        measure: measure.id,
        catalogue: version,
        service,
        account,
        codes,
        on,
        makeId,
      };
    }
    case 'municipal': {
      const policy = catalogue?.policies.find(({ id }) => id === request.policy);
      if (catalogue === null || policy === undefined) return null;
      const { id, version } = policy;
      const { whose, terms, answers, helped } = request;
      return {
        kind: 'municipal',
        whose,
        helped,
        terms: [...terms],
        catalogue: catalogue.version,
        policy: { id, version },
        answers: [...answers],
      };
    }
    default:
      return unreachable(request);
  }
}
