import type { CameraReport } from '../contract/camera.ts';
import type { Log } from '../contract/log-events.ts';
import type { CoreMessage, Intent, PageMessage, Snapshot } from '../contract/page-protocol.ts';
import { unreachable } from '../contract/result.ts';
import { onGuarded } from './message-guard.ts';
import type { Port } from './message-port.ts';
import { pacePort } from './paced-port.ts';
import { pageProtocol } from './protocols.ts';
import { systemTimers, type Timers } from './timers.ts';

/** The kiosk as a page sees it. */
export interface KioskView {
  snapshot(): Snapshot;
  /** @returns unsubscribe */
  onSnapshot(listener: (snapshot: Snapshot) => void): () => void;
  handle(intent: Intent): void;
  /** A picture for the screen that takes one. */
  photo(photo: Omit<Extract<PageMessage, { type: 'photo' }>, 'type'>): void;
  /** How a camera of the page does. */
  readonly cameras: { take(report: CameraReport): void };
  /** The picture of a screen, JPEG in base64; `null`: there is none (any more). */
  picture(shot: number): string | null;
}

const snapshotText = (snapshot: Snapshot) => JSON.stringify({ type: 'snapshot', snapshot } satisfies CoreMessage);
const photoText = (shot: number, jpeg: string | null) => JSON.stringify({ type: 'photo', shot, jpeg } satisfies CoreMessage);

/**
 * Binds the kiosk to one Port until the Port closes. `hello` is answered with the snapshot of this moment; from then on every
 * change is sent. A reader that falls behind gets only the newest snapshot when it has caught up.
 * Nothing that arrives here throws: what does not parse, is too large or comes too fast is answered `refused` and logged.
 */
export function servePage(port: Port, kiosk: KioskView, log: Log, timers: Timers = systemTimers): void {
  const paced = pacePort(port);
  let greeted = false;
  const changed = () => {
    if (greeted) paced.sendNewest('snapshot', () => snapshotText(kiosk.snapshot()));
  };
  const take = (message: PageMessage) => {
    switch (message.type) {
      case 'hello':
        greeted = true;
        changed();
        return;
      case 'intent':
        kiosk.handle(message.intent);
        return;
      case 'photo': {
        const { step, jpeg, hints } = message;
        kiosk.photo({ step, jpeg, hints });
        return;
      }
      case 'camera': {
        const { type: _, ...report } = message;
        kiosk.cameras.take(report);
        return;
      }
      case 'want-photo': {
        const { shot } = message;
        paced.sendNewest('picture', () => photoText(shot, kiosk.picture(shot)));
        return;
      }
      case 'painted':
        return; // The host's watchdog feeds on it; the core has no use for it.
      default:
        unreachable(message);
    }
  };
  const off = [kiosk.onSnapshot(changed), onGuarded(port, pageProtocol, { log, timers, answer: paced.send }, take)];
  port.onClose(() => {
    for (const unsubscribe of off) unsubscribe();
  });
}
