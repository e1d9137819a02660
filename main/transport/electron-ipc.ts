import { Buffer } from 'node:buffer';
import { createListeners } from '../contract/listeners.ts';
import { CHANNEL } from './ipc-channel.ts';
import { MAX_PAGE_FRAME, type Port } from './message-port.ts';

/** The part of Electron's `ipcMain` that is needed; the event type `E` is Electron's. */
interface IpcMainLike<E> {
  on(channel: string, listener: (event: E, ...args: unknown[]) => void): unknown;
  removeListener(channel: string, listener: (event: E, ...args: unknown[]) => void): unknown;
}

export interface IpcPortOptions<E> {
  readonly ipc: IpcMainLike<E>;
  /** Is this the top frame of our window, at our address? Asked for every single message. */
  readonly accepts: (event: E) => boolean;
  /** Sends to the page; may be called after the page has gone. */
  readonly toPage: (channel: string, text: string) => void;
  /** Something came that is not from our page, or is no text, or is absurdly long. It reached nobody. */
  readonly onRefused: (reason: 'sender' | 'shape') => void;
}

/** The main process's end of the Electron IPC connection. Electron queues without telling, so `send` never says slow. */
export function ipcMainPort<E>({ ipc, accepts, toPage, onRefused }: IpcPortOptions<E>): Port {
  const message = createListeners<[string]>();
  const closed = createListeners<[]>();
  let open = true;

  const receive = (event: E, ...args: unknown[]) => {
    if (!accepts(event)) {
      onRefused('sender');
      return;
    }
    const [text] = args;
    if (args.length !== 1 || typeof text !== 'string' || Buffer.byteLength(text) > MAX_PAGE_FRAME) {
      onRefused('shape');
      return;
    }
    message.emit(text);
  };
  ipc.on(CHANNEL, receive);

  return {
    send(text) {
      if (open) toPage(CHANNEL, text);
      return true;
    },
    onMessage: message.add,
    onClose: closed.add,
    onDrain: () => () => {},
    close() {
      if (!open) return;
      open = false;
      ipc.removeListener(CHANNEL, receive);
      closed.emit();
    },
  };
}
