import type { CoreStaffMessage, StaffRequest } from '../../contract/staff.ts';
import type { Dispatch } from './dispatch.ts';
import type { StaffWho } from './handlers.ts';

/** These only look: written into the audit log once for each time the console is open, not at every refresh. */
const LOOKS: readonly StaffRequest['what'][] = ['health', 'queue', 'report', 'trial', 'settings', 'audit'];

export interface ConsoleRequestsDeps {
  readonly dispatch: Dispatch;
  readonly send: (message: CoreStaffMessage) => void;
  /** Into the audit log. */
  readonly note: (who: StaffWho, action: string, outcome: string) => void;
}

/** What the holder of the console asks for: answered, and written into the audit log. */
export interface ConsoleRequests {
  /** @param who null: this connection does not hold the console */
  ask(id: number, request: StaffRequest, who: StaffWho | null): Promise<void>;
  /** The console was opened anew: every look counts again. */
  reopened(): void;
}

export function createConsoleRequests({ dispatch, send, note }: ConsoleRequestsDeps): ConsoleRequests {
  const looked = new Set<string>();
  return {
    async ask(id, request, who) {
      if (who === null) {
        send({ type: 'failed', id, error: 'not-open' });
        return;
      }
      const answer = await dispatch(request, who);
      const outcome = answer.ok ? (answer.value.what === 'profile-refused' ? 'settings-refused' : 'done') : answer.error;
      const seen = `${request.what} ${outcome}`;
      // A file in parts is one act: its first part.
      const further = request.what === 'audit-file' && request.after > 0;
      if (!further && (!LOOKS.includes(request.what) || !looked.has(seen))) note(who, `ask.${request.what}`, outcome);
      looked.add(seen);
      send(answer.ok ? { type: 'answer', id, answer: answer.value } : { type: 'failed', id, error: answer.error });
    },
    reopened: () => looked.clear(),
  };
}
