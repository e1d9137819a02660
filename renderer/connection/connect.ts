import type { CameraReport } from '../../main/contract/camera.ts';
import { CoreMessage, type Intent, type PageMessage, type Snapshot } from '../../main/contract/page-protocol.ts';
import type { Channel, OpenChannel } from './channel.ts';

/** First wait after a lost connection, and the longest one, in ms. Each wait doubles, less up to half of it at random. */
const FIRST_WAIT_MS = 250;
export const LONGEST_WAIT_MS = 4000;

export interface ConnectOptions {
  readonly open: OpenChannel;
  readonly timers: {
    setTimeout(run: () => void, ms: number): unknown;
    clearTimeout(handle: unknown): void;
  };
  /** 0 to below 1. */
  readonly random: () => number;
  readonly onSnapshot: (snapshot: Snapshot) => void;
  /** The picture that was asked for. Goes past the store: it is nobody's state. */
  readonly onPhoto: (message: PhotoAnswer) => void;
  /** The connection is gone; called once per loss. */
  readonly onAway: () => void;
}

export type PhotoAnswer = Extract<CoreMessage, { type: 'photo' }>;
export type PhotoOrder = Extract<PageMessage, { type: 'photo' | 'want-photo' }>;

/** The page's end of the Port. */
export interface Connection {
  /** Dropped while the host is away: an intent never waits for a later screen. */
  intend(intent: Intent): void;
  /** The step that a painted frame shows. */
  painted(step: number): void;
  /** How a camera does. */
  camera(report: CameraReport): void;
  /** A picture, or the question for one. */
  photo(message: PhotoOrder): void;
  close(): void;
}

/** Keeps one connection to the host: greets, parses what comes, tries again with back-off when it is lost. */
export function connect({ open, timers, random, onSnapshot, onPhoto, onAway }: ConnectOptions): Connection {
  let channel: Channel | null = null;
  let isOpen = false;
  let losses = 0;
  let waiting: unknown = null;
  let closed = false;

  const send = (message: PageMessage) => {
    if (isOpen) channel?.send(JSON.stringify(message));
  };

  const begin = () => {
    waiting = null;
    let mine: Channel | null = null;
    let greet = false;
    mine = open({
      open() {
        isOpen = true;
        // A bridge may be open already, before `open` has returned the channel.
        if (mine === null) greet = true;
        else send({ type: 'hello', v: 1 });
      },
      message(text) {
        const message = messageIn(text);
        if (message?.type === 'photo') onPhoto(message);
        if (message?.type !== 'snapshot') return;
        losses = 0;
        onSnapshot(message.snapshot);
      },
      close() {
        const wasOpen = isOpen;
        isOpen = false;
        channel = null;
        if (closed) return;
        if (wasOpen) onAway();
        waiting = timers.setTimeout(begin, wait(losses, random()));
        losses += 1;
      },
    });
    channel = mine;
    if (greet) send({ type: 'hello', v: 1 });
  };

  begin();
  return {
    intend: (intent) => send({ type: 'intent', intent }),
    painted: (step) => send({ type: 'painted', step }),
    camera: (report) => send({ type: 'camera', ...report, found: [...report.found] }),
    photo: send,
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
function messageIn(text: string): CoreMessage | null {
  try {
    const parsed = CoreMessage.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
