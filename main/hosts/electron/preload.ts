import { contextBridge, ipcRenderer, webFrame } from 'electron';
import { cameraOf } from '../../contract/camera-of-screen.ts';
import { createListeners } from '../../contract/listeners.ts';
import type { CoreMessage } from '../../contract/page-protocol.ts';
import { CHANNEL } from '../../transport/ipc-channel.ts';
import { CAMERA_GUARD, CAMERA_OFF } from './camera-guard.ts';
import { PAGE_GUARD } from './page-guard.ts';

/** The page's window: events cross between its world and this one, nothing else does. */
declare const window: { dispatchEvent(event: Event): void };

/**
 * The whole of what the page gets from Electron: `window.madoguchi`, with the three functions that renderer/connection/bridge.ts names. Text
 * goes in and out; no Electron object crosses over. Runs in a sandboxed, isolated world of its own.
 */
const messages = createListeners<[text: string]>();

const SNAPSHOT = '{"type":"snapshot"';
/** Whether what the host sends is a screen without a camera. */
const endsCamera = (text: string): boolean => {
  if (!text.startsWith(SNAPSHOT)) return false;
  const { snapshot } = JSON.parse(text) as Extract<CoreMessage, { type: 'snapshot' }>;
  return cameraOf(snapshot.screen) === null;
};

ipcRenderer.on(CHANNEL, (_event, text: unknown) => {
  if (typeof text !== 'string') return;
  if (endsCamera(text)) window.dispatchEvent(new Event(CAMERA_OFF));
  messages.emit(text);
});

contextBridge.exposeInMainWorld('madoguchi', {
  send(text: unknown): void {
    if (typeof text === 'string') ipcRenderer.send(CHANNEL, text);
  },
  onMessage: messages.add,
  /** IPC is there as long as the page is. When the core is away the host says so with a snapshot. */
  onState(listener: (state: 'open' | 'closed') => void): () => void {
    listener('open');
    return () => {};
  },
});

void webFrame.executeJavaScript(PAGE_GUARD);
void webFrame.executeJavaScript(CAMERA_GUARD);
