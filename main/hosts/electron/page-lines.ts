import type { IpcMain, IpcMainEvent, WebContents } from 'electron';
import type { Log } from '../../contract/log-events.ts';
import { ipcMainPort } from '../../transport/electron-ipc.ts';
import { CHANNEL } from '../../transport/ipc-channel.ts';
import type { Port } from '../../transport/message-port.ts';
import { isAddress, isFromPage } from './sender.ts';

type Listener = (event: IpcMainEvent, ...args: unknown[]) => void;

/** Gives every page a line of its own on the one IPC channel. What no page of ours sent is refused and logged. */
export function createPageLines(ipc: IpcMain, log: Log): (contents: WebContents) => Port {
  /** By the contents' id. null: ours, but its line is closed; what it still says is dropped without a word. */
  const listeners = new Map<number, Listener | null>();
  const onRefused = (reason: string) => log('host.refused', { reason });
  ipc.on(CHANNEL, (event, ...args) => {
    const listener = listeners.get(event.sender.id);
    if (listener === undefined) onRefused('sender');
    else listener?.(event, ...args);
  });

  return (contents) => {
    const { id } = contents;
    contents.once('destroyed', () => listeners.delete(id));
    return ipcMainPort<IpcMainEvent>({
      ipc: {
        on: (_channel, listener) => listeners.set(id, listener),
        removeListener: () => listeners.has(id) && listeners.set(id, null),
      },
      // Only its own top frame is heard, and it is sent nothing once it has strayed.
      accepts: (event) => isFromPage(event, id),
      toPage(channel, text) {
        if (contents.isDestroyed() || contents.isCrashed() || !isAddress(contents.getURL())) return;
        contents.send(channel, text);
      },
      onRefused,
    });
  };
}
