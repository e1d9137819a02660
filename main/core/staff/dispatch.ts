import type { Log } from '../../contract/log-events.ts';
import type { Result } from '../../contract/result.ts';
import { err } from '../../contract/result.ts';
import { ENGINEER_ONLY, StaffAnswer, type StaffError, type StaffRequest } from '../../contract/staff.ts';
import type { StaffHandlers, StaffWho } from './handlers.ts';

type Asked = Result<StaffAnswer, StaffError>;
export type Dispatch = (request: StaffRequest, who: StaffWho) => Promise<Asked>;

type AnyHandler = (request: StaffRequest, who: StaffWho) => Promise<Asked>;

/** Role first, then the handler. Never throws: a bug in a handler is `storage` to the page and a fault in the log. */
export function createDispatch(handlers: Partial<StaffHandlers>, log: Log): Dispatch {
  return async (request, who) => {
    if (who.role !== 'engineer' && ENGINEER_ONLY.includes(request.what)) return err('not-allowed');
    // The handler under a request's own name takes that very request; TypeScript cannot follow the union.
    const handler = handlers[request.what] as AnyHandler | undefined;
    if (handler === undefined) return err('not-allowed');
    try {
      const answer = await handler(request, who);
      // What the page would not take for an answer, one that is too long for instance, must not end as silence.
      if (!answer.ok || StaffAnswer.safeParse(answer.value).success) return answer;
      log('core.fault', { where: `staff.${request.what}.answer` });
      return err('storage');
    } catch {
      // Never the error's own text.
      log('core.fault', { where: `staff.${request.what}` });
      return err('storage');
    }
  };
}
