import type { CameraReport } from '../contract/camera.ts';
import type { Log } from '../contract/log-events.ts';
import type { CoreMessage, Intent, PageMessage, Snapshot } from '../contract/page-protocol.ts';
import { unreachable } from '../contract/result.ts';
import { createMessageGuard } from './message-guard.ts';
import type { Port } from './message-port.ts';
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

/**
 * Binds the kiosk to one Port until the Port closes. `hello` is answered with the snapshot of this moment; from then on every
 * change is sent. A reader that falls behind gets only the newest snapshot when it has caught up.
 * Nothing that arrives here throws: what does not parse, is too large or comes too fast is answered `refused` and logged.
 */
export function servePage(port: Port, kiosk: KioskView, log: Log, timers: Timers = systemTimers): void {
  const judge = createMessageGuard(log, timers);
  let greeted = false;
  let behind = false;

  const push = () => {
    behind = !port.send(JSON.stringify({ type: 'snapshot', snapshot: kiosk.snapshot() } satisfies CoreMessage));
  };
  // After a `send` that said "slow" nothing more is queued. `stale`: something changed since.
  let stale = false;
  /** A picture that was asked for while the reader was behind. */
  let wanted: number | null = null;
  const sendPicture = (shot: number) => {
    wanted = null;
    const answer = { type: 'photo', shot, jpeg: kiosk.picture(shot) } satisfies CoreMessage;
    behind = !port.send(JSON.stringify(answer));
  };
  const changed = () => {
    if (!greeted) return;
    if (behind) stale = true;
    else push();
  };

  const off = [
    kiosk.onSnapshot(changed),
    port.onDrain(() => {
      behind = false;
      if (stale) {
        stale = false;
        push();
      }
      if (wanted !== null && !behind) sendPicture(wanted);
    }),
    port.onMessage((text) => {
      const judged = judge(text);
      switch (judged.kind) {
        case 'refused':
          if (!behind) behind = !port.send(judged.reply);
          return;
        case 'over':
          return;
        case 'message':
          break;
        default:
          unreachable(judged);
      }
      const { message } = judged;
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
        case 'want-photo':
          if (behind) wanted = message.shot;
          else sendPicture(message.shot);
          return;
        case 'painted':
          return; // The host's watchdog feeds on it; the core has no use for it.
        default:
          unreachable(message);
      }
    }),
  ];
  port.onClose(() => {
    for (const unsubscribe of off) unsubscribe();
  });
}
