import type { Log } from '../contract/log-events.ts';
import type { CoreMessage, Intent, PageMessage, Snapshot } from '../contract/page-protocol.ts';
import { unreachable } from '../contract/result.ts';
import type { CoreLink } from './core-link.ts';
import { onGuarded, readFromCore } from './message-guard.ts';
import type { Port } from './message-port.ts';
import { pageProtocol } from './protocols.ts';
import { deliverPicture, type RelayPage, relayPage } from './relay-page.ts';
import { startingSnapshot } from './starting-snapshot.ts';
import type { Timers } from './timers.ts';

export interface RelayDeps {
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

const snapshotText = (snapshot: Snapshot) => JSON.stringify({ type: 'snapshot', snapshot } satisfies CoreMessage);

/**
 * Ties the pages of one host to the core: intents and pictures go to the core, snapshots to the pages, and only what parses. A picture goes to the page that
 * asked for it. While the core is away, a page that comes gets the last snapshot. That ends at once when the snapshot belonged to a session (a core that died has
 * lost it, and cannot see the card being taken), and after `CORE_GRACE_MS` otherwise: then every page shows "out of order: starting".
 */
export class Relay {
  readonly #options: RelayDeps;
  readonly #pages = new Set<RelayPage>();
  readonly #off: readonly (() => void)[];
  /** The core's last word; null: it never said one. */
  #last: Snapshot | null = null;
  #shown: Snapshot = startingSnapshot(null);
  #text = snapshotText(this.#shown);
  #grace: unknown = null;

  constructor(options: RelayDeps) {
    this.#options = options;
    const { core } = options;
    this.#off = [
      core.onUp(() => this.#tell({ type: 'hello', v: 1 })),
      core.onDown(() => this.#coreWent()),
      core.onMessage((text) => this.#hearCore(text)),
    ];
    if (core.up) this.#tell({ type: 'hello', v: 1 });
  }

  /** What is on the screen, as the pages know it. */
  get snapshot(): Snapshot {
    return this.#shown;
  }

  /** Takes over a page's Port until it closes. */
  addPage(port: Port): void {
    const { log, timers } = this.#options;
    const page = relayPage(port);
    this.#pages.add(page);
    port.onClose(() => this.#pages.delete(page));
    onGuarded(port, pageProtocol, { log, timers, answer: page.paced.send }, (message) => this.#hearPage(page, message));
  }

  /** Sends every page the newest snapshot once more: the watchdog asks for a sign of life with it. */
  probe(): void {
    for (const page of this.#pages) this.#send(page);
  }

  close(): void {
    const { core, timers } = this.#options;
    timers.clearTimeout(this.#grace);
    for (const unsubscribe of this.#off) unsubscribe();
    core.close();
    for (const page of [...this.#pages]) page.port.close();
  }

  #tell(message: PageMessage): void {
    // Written anew from what was parsed, so that nothing rides along.
    this.#options.core.send(JSON.stringify(message));
  }

  #send(page: RelayPage): void {
    if (page.greeted) page.paced.sendNewest('snapshot', () => this.#text);
  }

  #show(snapshot: Snapshot): void {
    const { onSent, onSnapshot } = this.#options;
    this.#shown = snapshot;
    this.#text = snapshotText(snapshot);
    for (const page of this.#pages) this.#send(page);
    onSent?.(snapshot.step);
    onSnapshot?.(snapshot);
  }

  #coreWent(): void {
    const { timers } = this.#options;
    const away = () => this.#show(startingSnapshot(this.#last));
    timers.clearTimeout(this.#grace);
    for (const page of this.#pages) page.wants = null;
    if (this.#shown.session) away();
    else this.#grace = timers.setTimeout(away, CORE_GRACE_MS);
  }

  #hearCore(text: string): void {
    const { log, timers } = this.#options;
    const message = readFromCore(pageProtocol, text, log);
    switch (message?.type) {
      case undefined:
      // A `refused` from the core answers something this relay let through; the page can do nothing about it.
      case 'refused':
        return;
      case 'photo': {
        const anew = JSON.stringify(message);
        for (const page of this.#pages)
          deliverPicture(page, message.shot, anew, (shot) => this.#tell({ type: 'want-photo', shot }));
        return;
      }
      case 'snapshot':
        timers.clearTimeout(this.#grace);
        this.#last = message.snapshot;
        this.#show(message.snapshot);
        return;
      default:
        unreachable(message);
    }
  }

  #hearPage(page: RelayPage, message: PageMessage): void {
    const { log, onPainted, onSent, passes } = this.#options;
    switch (message.type) {
      case 'hello':
        page.greeted = true;
        this.#send(page);
        onSent?.(this.#shown.step);
        return;
      case 'want-photo':
        page.wants = message.shot;
        this.#tell(message);
        return;
      case 'intent':
        // A screen that no page was sent yet: a page that was taken over would press on the next person's before it is closed.
        if ('step' in message.intent && message.intent.step > this.#shown.step) {
          log('host.refused', { reason: 'step' });
          return;
        }
        if (passes?.(message.intent, page.port) !== false) this.#tell(message);
        return;
      case 'photo':
      case 'camera':
        this.#tell(message);
        return;
      case 'painted':
        onPainted?.(message.step, page.port);
        return;
      default:
        unreachable(message);
    }
  }
}
