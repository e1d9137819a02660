import { createListeners } from '../contract/listeners.ts';
import { dialLocal } from './local-socket.ts';
import type { Port } from './message-port.ts';
import type { Timers } from './timers.ts';

/** The host's connection to the core: one Port at a time, made again whenever it breaks. */
export interface CoreLink {
  /** @returns false when the core is away: nothing was sent, nothing is kept for later. */
  send(text: string): boolean;
  readonly up: boolean;
  onUp(listener: () => void): () => void;
  onDown(listener: () => void): () => void;
  onMessage(listener: (text: string) => void): () => void;
  close(): void;
}

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 200;

/**
 * Connects to the core's local socket and stays connected: tries again after 50 ms, then twice as long each time, at most 200 ms: a core that starts is on the
 * screen that much later at most.
 * Intents made while the core is away are dropped: a press from before a crash must not act on the screen after it.
 */
export function connectLocal(
  path: string,
  timers: Timers,
  dial: (path: string) => Promise<Port | null> = (to) => dialLocal(to),
): CoreLink {
  const message = createListeners<[string]>();
  const ups = createListeners<[]>();
  const downs = createListeners<[]>();
  let port: Port | null = null;
  let wait = FIRST_WAIT_MS;
  let timer: unknown = null;
  let ended = false;

  const again = () => {
    if (ended) return;
    timer = timers.setTimeout(() => void attempt(), wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };
  const attempt = async () => {
    const next = await dial(path);
    if (ended) {
      next?.close();
      return;
    }
    if (next === null) {
      again();
      return;
    }
    port = next;
    next.onMessage((text) => {
      // Only a core that talks has proved itself; one that accepts and dies must not be hammered.
      wait = FIRST_WAIT_MS;
      message.emit(text);
    });
    next.onClose(() => {
      port = null;
      downs.emit();
      again();
    });
    ups.emit();
  };
  void attempt();

  return {
    send(text) {
      if (port === null) return false;
      port.send(text);
      return true;
    },
    get up() {
      return port !== null;
    },
    onUp: ups.add,
    onDown: downs.add,
    onMessage: message.add,
    close() {
      ended = true;
      timers.clearTimeout(timer);
      port?.close();
    },
  };
}
