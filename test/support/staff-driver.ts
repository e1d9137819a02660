import {
  CoreStaffMessage,
  type StaffAnswer,
  type StaffError,
  type StaffMessage,
  type StaffRequest,
  type StaffState,
} from '../../main/contract/staff.ts';
import type { Port } from '../../main/transport/message-port.ts';

/** A staff device over any Port: says what a page would say, and hears what a page would hear. */
export interface StaffDriver {
  readonly port: Port;
  readonly states: readonly StaffState[];
  readonly refusals: readonly string[];
  readonly closed: boolean;
  say(message: StaffMessage): void;
  /** The newest state that fits, now or when it comes. */
  until(fits: (state: StaffState) => boolean): Promise<StaffState>;
  ask(request: StaffRequest): Promise<StaffAnswer | StaffError>;
  greet(key: string): Promise<StaffState>;
}

export function driveStaff(port: Port): StaffDriver {
  const states: StaffState[] = [];
  const refusals: string[] = [];
  const waiting = new Set<() => void>();
  const answers = new Map<number, (answer: StaffAnswer | StaffError) => void>();
  let ids = 0;
  let closed = false;
  port.onClose(() => {
    closed = true;
    for (const look of [...waiting]) look();
  });
  port.onMessage((text) => {
    const message = CoreStaffMessage.parse(JSON.parse(text));
    if (message.type === 'state') states.push(message.state);
    if (message.type === 'refused') refusals.push(message.code);
    if (message.type === 'answer') answers.get(message.id)?.(message.answer);
    if (message.type === 'failed') answers.get(message.id)?.(message.error);
    for (const look of [...waiting]) look();
  });
  const say = (message: StaffMessage) => void port.send(JSON.stringify(message));
  const until = (fits: (state: StaffState) => boolean) =>
    new Promise<StaffState>((resolve, reject) => {
      const look = () => {
        const state = states.at(-1);
        if (state !== undefined && fits(state)) resolve(state);
        else if (closed) reject(new Error('the Port closed'));
        else return;
        waiting.delete(look);
      };
      waiting.add(look);
      look();
    });
  return {
    port,
    states,
    refusals,
    get closed() {
      return closed;
    },
    say,
    until,
    ask(request) {
      const id = ids++;
      return new Promise((resolve) => {
        answers.set(id, resolve);
        say({ type: 'ask', id, request });
      });
    },
    greet(key) {
      const before = states.length;
      say({ type: 'hello', v: 1, key });
      return until(() => states.length > before);
    },
  };
}
