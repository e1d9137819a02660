import { contextBridge, ipcRenderer, webFrame } from 'electron';
import { CHANNEL } from '../../transport/ipc-channel.ts';
import { PAGE_GUARD } from './page-guard.ts';

/**
 * The whole of what the page gets from Electron: `window.madoguchi`, with the three functions that renderer/port/bridge.ts names. Text
 * goes in and out; no Electron object crosses over. Runs in a sandboxed, isolated world of its own.
 */
const listeners = new Set<(text: string) => void>();

ipcRenderer.on(CHANNEL, (_event, text: unknown) => {
  if (typeof text !== 'string') return;
  for (const listener of [...listeners]) listener(text);
});

contextBridge.exposeInMainWorld('madoguchi', {
  send(text: unknown): void {
    if (typeof text === 'string') ipcRenderer.send(CHANNEL, text);
  },
  onMessage(listener: (text: string) => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  /** IPC is there as long as the page is. When the core is away the host says so with a snapshot. */
  onState(listener: (state: 'open' | 'closed') => void): () => void {
    listener('open');
    return () => {};
  },
});

void webFrame.executeJavaScript(PAGE_GUARD);
