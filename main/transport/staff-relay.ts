import type { Log } from '../contract/log-events.ts';
import type { StaffMessage } from '../contract/staff.ts';
import { onGuarded, readFromCore } from './message-guard.ts';
import type { Port } from './message-port.ts';
import { staffProtocol } from './protocols.ts';
import type { Timers } from './timers.ts';

export interface StaffRelayDeps {
  /** One connection to the core's staff socket; null when nobody answers. */
  readonly dial: () => Promise<Port | null>;
  readonly log: Log;
  readonly timers: Timers;
  /** The core knows the page's key. */
  readonly onKnown: () => void;
  /** What the browser's cookie and its page make together; null: nothing, and the page may still greet by itself. */
  readonly key: string | null;
}

/**
 * Ties one staff page to the core by a connection of its own: what the core knows of a device (its key, an open console) ends with it.
 * When either end goes the other goes too; the page comes again by itself. Only what parses passes, written anew.
 */
export function relayStaff(page: Port, { dial, log, timers, onKnown, key }: StaffRelayDeps): void {
  const early: string[] = key === null ? [] : [JSON.stringify({ type: 'hello', v: 1, key } satisfies StaffMessage)];
  let core: Port | null = null;
  let gone = false;

  onGuarded(page, staffProtocol, { log, timers }, (message) => {
    const anew = JSON.stringify(message);
    // The page greets while we are still dialling. The guard keeps this short.
    if (core === null) early.push(anew);
    else core.send(anew);
  });
  page.onClose(() => {
    gone = true;
    core?.close();
  });
  void dial().then((port) => {
    if (port === null || gone) {
      port?.close();
      page.close();
      return;
    }
    core = port;
    port.onMessage((text) => {
      const message = readFromCore(staffProtocol, text, log);
      if (message === null) return;
      if (message.type === 'state' && message.state.access !== 'unknown-key') onKnown();
      page.send(JSON.stringify(message));
    });
    port.onClose(() => page.close());
    for (const text of early.splice(0)) port.send(text);
  });
}
