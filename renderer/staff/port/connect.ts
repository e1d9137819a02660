import {
  CoreStaffMessage,
  type StaffAnswer,
  type StaffError,
  type StaffMessage,
  type StaffRequest,
  type StaffState,
} from '../../../main/contract/staff.ts';
import type { Channel, OpenChannel } from '../../connection/channel.ts';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4000;

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

export interface StaffConnectOptions {
  readonly open: OpenChannel;
  readonly timers: { setTimeout(run: () => void, ms: number): unknown; clearTimeout(handle: unknown): void };
  readonly onState: (state: StaffState) => void;
  /** The connection is gone; called once per loss. */
  readonly onAway: () => void;
  /** This browser's key is not whole any more: its cookie is gone. It is not tried again. */
  readonly onKeyless: () => void;
}

/** Keeps one connection (the host greets for it, with the device's key), matches answers to requests by their number, comes again with back-off. */
export function connectStaff({ open, timers, onState, onAway, onKeyless }: StaffConnectOptions): StaffConnection {
  const waiting = new Map<number, (asked: Asked) => void>();
  let channel: Channel | null = null;
  let isOpen = false;
  let losses = 0;
  let timer: unknown = null;
  let closed = false;
  let unknown = false;
  let ids = 0;

  const say = (message: StaffMessage) => {
    if (isOpen) channel?.send(JSON.stringify(message));
  };
  const settle = (id: number, asked: Asked) => {
    waiting.get(id)?.(asked);
    waiting.delete(id);
  };
  const giveUp = () => {
    for (const id of [...waiting.keys()]) settle(id, { ok: false, error: 'away' });
  };
  const hear = (text: string) => {
    const message = messageIn(text);
    if (message === null) return;
    losses = 0;
    if (message.type === 'state') {
      unknown = message.state.access === 'unknown-key';
      onState(message.state);
    }
    if (message.type === 'refused' && message.code === 'no-key') {
      unknown = true;
      onKeyless();
    }
    if (message.type === 'answer') settle(message.id, { ok: true, answer: message.answer });
    if (message.type === 'failed') settle(message.id, { ok: false, error: message.error });
  };
  const begin = () => {
    timer = null;
    channel = open({
      open() {
        isOpen = true;
      },
      message: hear,
      close() {
        const wasOpen = isOpen;
        isOpen = false;
        channel = null;
        giveUp();
        // The core keeps nobody whose key it does not know, and asking again does not make it known.
        if (closed || unknown) return;
        if (wasOpen) onAway();
        timer = timers.setTimeout(begin, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(losses, 10)));
        losses += 1;
      },
    });
  };
  begin();
  return {
    say,
    ask: (request) =>
      new Promise((resolve) => {
        if (!isOpen) {
          resolve({ ok: false, error: 'away' });
          return;
        }
        ids += 1;
        waiting.set(ids, resolve);
        say({ type: 'ask', id: ids, request });
      }),
    close() {
      closed = true;
      isOpen = false;
      if (timer !== null) timers.clearTimeout(timer);
      channel?.close();
      giveUp();
    },
  };
}

function messageIn(text: string): CoreStaffMessage | null {
  try {
    const parsed = CoreStaffMessage.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
