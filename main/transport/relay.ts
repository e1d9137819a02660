import type { Log } from '../contract/log-events.ts';
import { CoreMessage, type Intent, type PageMessage, type Snapshot } from '../contract/page-protocol.ts';
import { unreachable } from '../contract/result.ts';
import type { CoreLink } from './core-link.ts';
import { createMessageGuard, parseJson } from './message-guard.ts';
import type { Port } from './message-port.ts';
import { startingSnapshot } from './starting-snapshot.ts';
import type { Timers } from './timers.ts';

/** Ties the pages of one host to the core. */
export interface Relay {
  /** Takes over a page's Port until it closes. */
  addPage(port: Port): void;
  /** Sends every page the newest snapshot once more: the watchdog asks for a sign of life with it. */
  probe(): void;
  /** The step of the newest snapshot, as the pages know it. */
  readonly step: number;
  /** The screen of that snapshot. */
  readonly screen: Snapshot['screen'];
  /** That snapshot. */
  readonly snapshot: Snapshot;
  close(): void;
}

export interface RelayOptions {
  readonly core: CoreLink;
  readonly log: Log;
  readonly timers: Timers;
  /** Called with the step a page has painted. */
  readonly onPainted?: (step: number, port: Port) => void;
  /** Called with the step that was just sent to the pages. */
  readonly onSent?: (step: number) => void;
  /** May this intent of this page go to the core? One that may not is dropped; the host says so in its log. */
  readonly passes?: (intent: Intent, port: Port) => boolean;
  /** Called with every new snapshot, after the pages got it. */
  readonly onSnapshot?: (snapshot: Snapshot) => void;
}

/** How long a screen without a session outlives its core. A restart takes less; a longer gap is shown as what it is. */
export const CORE_GRACE_MS = 3000;

interface RelayPage {
  readonly port: Port;
  greeted: boolean;
  behind: boolean;
  /** Something changed while it was behind. */
  stale: boolean;
  /** The picture it waits for. */
  wants: number | null;
}

const hello = JSON.stringify({ type: 'hello', v: 1 } satisfies PageMessage);
const wantPhoto = (shot: number) => JSON.stringify({ type: 'want-photo', shot } satisfies PageMessage);

/**
 * Passes intents and pictures to the core and snapshots to the pages, and only what parses. A picture goes to the page that asked for it. While the core is away, a page that comes gets the
 * last snapshot. That ends at once when the snapshot belonged to a session (a core that died has lost it, and cannot see the card
 * being taken), and after `CORE_GRACE_MS` otherwise: then every page shows "out of order: starting".
 */
export function createRelay({ core, log, timers, onPainted, onSent, onSnapshot, passes }: RelayOptions): Relay {
  const pages = new Set<RelayPage>();
  let last: Snapshot | null = null;
  let shown: Snapshot = startingSnapshot(null);
  let text = snapshotText(shown);
  let grace: unknown = null;

  const send = (page: RelayPage) => {
    if (page.behind) page.stale = true;
    else page.behind = !page.port.send(text);
  };
  const show = (snapshot: Snapshot) => {
    shown = snapshot;
    text = snapshotText(snapshot);
    for (const page of pages) if (page.greeted) send(page);
    onSent?.(snapshot.step);
    onSnapshot?.(snapshot);
  };
  /** Only to who asked. One that reads too slowly is asked for again when it has caught up: by then there may be none any more. */
  const deliver = (photo: Extract<CoreMessage, { type: 'photo' }>) => {
    const message = JSON.stringify(photo);
    for (const page of pages) {
      if (page.wants !== photo.shot || page.behind) continue;
      page.wants = null;
      page.behind = !page.port.send(message);
    }
  };
  const away = () => show(startingSnapshot(last));

  const off = [
    core.onUp(() => core.send(hello)),
    core.onDown(() => {
      timers.clearTimeout(grace);
      for (const page of pages) page.wants = null;
      if (shown.session) away();
      else grace = timers.setTimeout(away, CORE_GRACE_MS);
    }),
    core.onMessage((raw) => {
      const parsed = CoreMessage.safeParse(parseJson(raw));
      if (!parsed.success) {
        log('host.refused', { reason: 'core-message' });
        return;
      }
      // A `refused` from the core answers something this relay let through; the page can do nothing about it.
      if (parsed.data.type === 'refused') return;
      if (parsed.data.type === 'photo') {
        deliver(parsed.data);
        return;
      }
      timers.clearTimeout(grace);
      last = parsed.data.snapshot;
      show(last);
    }),
  ];
  if (core.up) core.send(hello);

  return {
    addPage(port) {
      const page: RelayPage = { port, greeted: false, behind: false, stale: false, wants: null };
      const judge = createMessageGuard(log, timers);
      pages.add(page);
      port.onClose(() => pages.delete(page));
      port.onDrain(() => {
        page.behind = false;
        if (page.stale) {
          page.stale = false;
          send(page);
        }
        if (page.wants !== null) core.send(wantPhoto(page.wants));
      });
      port.onMessage((raw) => {
        const judged = judge(raw);
        if (judged.kind === 'over') return;
        if (judged.kind === 'refused') {
          if (!page.behind) page.behind = !port.send(judged.reply);
          return;
        }
        const { message } = judged;
        switch (message.type) {
          case 'hello':
            page.greeted = true;
            send(page);
            onSent?.(shown.step);
            return;
          case 'want-photo':
            page.wants = message.shot;
            core.send(wantPhoto(message.shot));
            return;
          case 'intent':
            // A screen that no page was sent yet: a page that was taken over would press on the next person's before it is closed.
            if ('step' in message.intent && message.intent.step > shown.step) {
              log('host.refused', { reason: 'step' });
              return;
            }
            if (passes?.(message.intent, port) === false) return;
            core.send(JSON.stringify(message));
            return;
          case 'photo':
          case 'camera':
            // Written anew from what was parsed, so that nothing rides along.
            core.send(JSON.stringify(message));
            return;
          case 'painted':
            onPainted?.(message.step, port);
            return;
          default:
            unreachable(message);
        }
      });
    },
    probe() {
      for (const page of pages) if (page.greeted) send(page);
    },
    get step() {
      return shown.step;
    },
    get screen() {
      return shown.screen;
    },
    get snapshot() {
      return shown;
    },
    close() {
      timers.clearTimeout(grace);
      for (const unsubscribe of off) unsubscribe();
      core.close();
      for (const page of [...pages]) page.port.close();
    },
  };
}

function snapshotText(snapshot: Snapshot): string {
  return JSON.stringify({ type: 'snapshot', snapshot } satisfies CoreMessage);
}
