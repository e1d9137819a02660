import type { z } from 'zod';
import type { Channel, OpenChannel } from './channel.ts';

/** First wait after a lost connection, and the longest one, in ms. Each wait doubles, less up to half of it at random. */
const FIRST_WAIT_MS = 250;
export const LONGEST_WAIT_MS = 4000;

/** What a connection of any page needs from outside. */
export interface ConnectionDeps {
  readonly open: OpenChannel;
  readonly timers: {
    setTimeout(run: () => void, ms: number): unknown;
    clearTimeout(handle: unknown): void;
  };
  /** 0 to below 1. */
  readonly random: () => number;
}

export interface KeepOptions<M> {
  /** What the core may say. */
  readonly message: z.ZodType<M>;
  /** Sent as soon as a connection is there; null: the host greets for the page. */
  readonly hello: string | null;
  readonly onMessage: (message: M) => void;
  /** An attempt has ended. @param wasOpen false: it never came to anything @returns whether another is to follow */
  readonly onLost: (wasOpen: boolean) => boolean;
}

/** One connection to the host, made again with back-off whenever it is lost, until it is closed. */
export interface KeptConnection {
  /** Messages get to the host. */
  readonly isOpen: boolean;
  /** Dropped while the host is away: nothing waits for a later moment. */
  send(text: string): void;
  close(): void;
}

export function keepConnection<M>({ open, timers, random }: ConnectionDeps, options: KeepOptions<M>): KeptConnection {
  const { hello, onMessage, onLost } = options;
  let channel: Channel | null = null;
  let isOpen = false;
  let losses = 0;
  let waiting: unknown = null;
  let closed = false;

  const greet = () => {
    if (hello !== null) channel?.send(hello);
  };
  const hear = (text: string) => {
    const message = messageIn(options.message, text);
    if (message === null) return;
    losses = 0;
    onMessage(message);
  };
  const lose = () => {
    const wasOpen = isOpen;
    isOpen = false;
    channel = null;
    if (closed || !onLost(wasOpen)) return;
    waiting = timers.setTimeout(begin, wait(losses, random()));
    losses += 1;
  };
  const begin = () => {
    waiting = null;
    channel = open({
      open() {
        isOpen = true;
        greet();
      },
      message: hear,
      close: lose,
    });
    // A bridge may be open already, before `open` has returned the channel.
    if (isOpen) greet();
  };
  begin();
  return {
    get isOpen() {
      return isOpen;
    },
    send(text) {
      if (isOpen) channel?.send(text);
    },
    close() {
      closed = true;
      isOpen = false;
      if (waiting !== null) timers.clearTimeout(waiting);
      channel?.close();
      channel = null;
    },
  };
}

/** @param chance 0 to below 1 @returns ms */
function wait(losses: number, chance: number): number {
  const full = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(losses, 10));
  return Math.round(full * (1 - chance / 2));
}

/** @returns null for anything that is not a message of ours */
function messageIn<M>(schema: z.ZodType<M>, text: string): M | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
