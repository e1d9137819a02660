import type { Channel, OpenChannel } from './channel.ts';

/** What Electron's preload puts at `window.madoguchi`. Three functions; no Electron type and nothing else crosses over. */
export interface Bridge {
  /** JSON text of a `PageMessage`. */
  send(text: string): void;
  /** JSON text of a `CoreMessage`. @returns unsubscribe */
  onMessage(listener: (text: string) => void): () => void;
  /** Tells the present state at once, then every change. @returns unsubscribe */
  onState(listener: (state: BridgeState) => void): () => void;
}

/** `open`: messages reach the host. `closed`: they do not, for now. */
type BridgeState = 'open' | 'closed';

declare global {
  interface Window {
    readonly madoguchi?: Bridge;
  }
}

/** The bridge as a channel. A bridge that opens again is a new channel, as with a WebSocket. */
export function openBridge(bridge: Bridge): OpenChannel {
  return (events): Channel => {
    let ended = false;
    let wasOpen = false;
    const end = () => {
      if (ended) return;
      ended = true;
      for (const unsubscribe of off) unsubscribe();
    };
    const off = [
      bridge.onMessage((text) => {
        if (!ended) events.message(text);
      }),
    ];
    off.push(
      bridge.onState((state) => {
        if (ended) return;
        if (state === 'open' && !wasOpen) {
          wasOpen = true;
          events.open();
        } else if (state === 'closed' && wasOpen) {
          end();
          events.close();
        }
      }),
    );
    return { send: (text) => bridge.send(text), close: end };
  };
}
