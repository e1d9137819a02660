import {
  CoreStaffMessage,
  type StaffAnswer,
  type StaffError,
  type StaffMessage,
  type StaffRequest,
  type StaffState,
} from '../../../main/contract/staff.ts';
import { type ConnectionDeps, keepConnection } from '../../connection/keep-connection.ts';

/** Why there is no answer: the core said so, or `away`: the connection was lost meanwhile. */
export type AskFailure = StaffError | 'away';
export type Asked = { readonly ok: true; readonly answer: StaffAnswer } | { readonly ok: false; readonly error: AskFailure };

/** The staff page's end of its Port. */
export interface StaffConnection {
  /** Dropped while the kiosk is away: nothing waits for a later moment. */
  say(message: StaffMessage): void;
  ask(request: StaffRequest): Promise<Asked>;
  close(): void;
}

export interface StaffConnectDeps extends ConnectionDeps {
  readonly onState: (state: StaffState) => void;
  /** The connection is gone; called once per loss. */
  readonly onAway: () => void;
  /** This browser's key is not whole any more: its cookie is gone. It is not tried again. */
  readonly onKeyless: () => void;
}

/** The staff page's connection (the host greets for it, with the device's key); answers are matched to requests by their number. */
export function connectStaff({ onState, onAway, onKeyless, ...deps }: StaffConnectDeps): StaffConnection {
  const requests = createRequests();
  /** The core keeps nobody whose key it does not know, and asking again does not make it known. */
  let unknown = false;
  const kept = keepConnection(deps, {
    message: CoreStaffMessage,
    hello: null,
    onMessage(message) {
      if (message.type === 'state') {
        unknown = message.state.access === 'unknown-key';
        onState(message.state);
      }
      if (message.type === 'refused' && message.code === 'no-key') {
        unknown = true;
        onKeyless();
      }
      if (message.type === 'answer') requests.settle(message.id, { ok: true, answer: message.answer });
      if (message.type === 'failed') requests.settle(message.id, { ok: false, error: message.error });
    },
    onLost(wasOpen) {
      requests.giveUp();
      if (unknown) return false;
      if (wasOpen) onAway();
      return true;
    },
  });
  const say = (message: StaffMessage) => kept.send(JSON.stringify(message));
  return {
    say,
    ask: (request) =>
      kept.isOpen ? requests.open((id) => say({ type: 'ask', id, request })) : Promise.resolve({ ok: false, error: 'away' }),
    close() {
      kept.close();
      requests.giveUp();
    },
  };
}

/** Requests that wait for their answer, by number. */
function createRequests() {
  const waiting = new Map<number, (asked: Asked) => void>();
  let last = 0;
  const settle = (id: number, asked: Asked) => {
    waiting.get(id)?.(asked);
    waiting.delete(id);
  };
  return {
    settle,
    open(send: (id: number) => void): Promise<Asked> {
      last += 1;
      const id = last;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        send(id);
      });
    },
    giveUp() {
      for (const id of [...waiting.keys()]) settle(id, { ok: false, error: 'away' });
    },
  };
}
