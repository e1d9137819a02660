import { clipboard, ipcMain, type Session } from 'electron';
import { cameraOf } from '../../contract/camera-of-screen.ts';
import type { Log } from '../../contract/log-events.ts';
import type { Intent, Snapshot } from '../../contract/page-protocol.ts';
import { clearAfterVisits, memoryClearer } from '../../transport/clear-memory.ts';
import type { CoreLink } from '../../transport/core-link.ts';
import { type HeldPort, holdPort } from '../../transport/held-port.ts';
import type { Port } from '../../transport/message-port.ts';
import { Relay } from '../../transport/relay.ts';
import type { Timers } from '../../transport/timers.ts';
import { visitEnded } from '../../transport/visit-end.ts';
import { createBackOff } from './back-off.ts';
import { type KioskPage, openKioskPage } from './kiosk-page.ts';
import { createPageLines } from './page-lines.ts';
import { PageSuccession } from './page-succession.ts';
import type { Partitions } from './partitions.ts';
import { createTouchGate, type TouchGate } from './touch-gate.ts';
import { createWatchdog, type Watchdog } from './watchdog.ts';
import { type KioskWindow, openKioskWindow } from './window.ts';

export interface KioskScreenDeps {
  readonly core: CoreLink;
  readonly partitions: Partitions;
  /** Path of the preload's bundle. */
  readonly preload: string;
  readonly log: Log;
  readonly timers: Timers;
  /** A page has painted this step; called for the first one of every page. */
  readonly onShown: (step: number) => void;
}

export interface KioskScreen {
  /** The screen that the page was sent last is made of a camera's picture. */
  readonly wantsCamera: boolean;
  close(): void;
}

/** A page, its renderer, its storage and its line: they begin and end together. */
interface Place {
  readonly page: KioskPage;
  readonly session: Session;
  readonly port: HeldPort;
  readonly touches: TouchGate;
}

/** A page with a session of its own, not yet heard. @param onFailure it crashed, hangs or strayed */
function openPlace(
  { partitions, preload, timers }: KioskScreenDeps,
  lineOf: ReturnType<typeof createPageLines>,
  onFailure: (place: Place, why: string) => void,
): Place {
  const session = partitions.take();
  const touches = createTouchGate(timers);
  let port: HeldPort | null = null;
  const page = openKioskPage({
    session,
    preload,
    onFailure: (why) => onFailure(place, why),
    prepare: (contents) => {
      port = holdPort(lineOf(contents));
      contents.on('input-event', (_event, { type }) => touches.input(type));
    },
  });
  if (port === null) throw new Error('a page without a line');
  const place: Place = { page, session, port, touches };
  return place;
}

/**
 * Keeps one window with a living page, and its Port to the core. A page lives for one visit: when that is over, the next one takes its place,
 * with a renderer and a storage that nobody has used. It has been loaded before, so this takes two frames; until it has painted, the old one
 * is seen and not heard. A page that crashed, hangs or strayed is replaced in the same way: the person goes on where they were.
 */
class Screen implements KioskScreen {
  readonly #deps: KioskScreenDeps;
  readonly #relay: Relay;
  readonly #watchdog: Watchdog;
  readonly #pages: PageSuccession<Place>;
  readonly #backOff: ReturnType<typeof createBackOff>;
  #window: KioskWindow;
  #before: Snapshot | null = null;

  constructor(deps: KioskScreenDeps) {
    const { core, partitions, log, timers, onShown } = deps;
    this.#deps = deps;
    const clearMemory = clearAfterVisits(timers, memoryClearer());
    this.#relay = new Relay({
      core,
      log,
      timers,
      onSent: (step) => this.#watchdog.sent(step),
      onPainted: (step, port) => this.#painted(step, port),
      passes: (intent, port) => this.#passes(intent, port),
      onSnapshot: (now) => {
        const ended = visitEnded(this.#before, now);
        this.#before = now;
        if (ended) this.#nextVisit();
        clearMemory(now);
      },
    });
    this.#watchdog = createWatchdog({
      timers,
      probe: () => {
        this.#relay.probe();
        return this.#relay.snapshot.step;
      },
      onHung: () => this.#replace('hung'),
    });
    this.#window = this.#openWindow();
    const lineOf = createPageLines(ipcMain, log);
    this.#pages = new PageSuccession<Place>({
      timers,
      open: () => openPlace(deps, lineOf, (place, why) => this.#failed(place, why)),
      end: ({ port, page, session }) => {
        port.close();
        this.#window.remove(page.view);
        void page.destroy().then(() => partitions.giveBack(session));
      },
      onHeard: ({ page, port }, first) => {
        this.#watchdog.loading();
        if (first) this.#window.raise(page.view);
        else this.#window.slipUnder(page.view);
        this.#relay.addPage(port);
        port.release();
      },
      onSeen: ({ page }, step) => {
        this.#window.raise(page.view);
        onShown(step);
      },
      probe: () => this.#relay.probe(),
    });
    this.#backOff = createBackOff(timers, () => this.#pages.next());
    this.#pages.next();
  }

  get wantsCamera(): boolean {
    return cameraOf(this.#relay.snapshot.screen) !== null;
  }

  close(): void {
    this.#backOff.stop();
    this.#watchdog.stop();
    this.#relay.close();
    for (const { page } of this.#pages.close()) void page.destroy();
    this.#window.destroy();
  }

  #openWindow(): KioskWindow {
    return openKioskWindow(() => this.#replace('closed'));
  }

  #placeOf(port: Port): Place | undefined {
    return this.#pages.heard.find((place) => place.port === port);
  }

  #painted(step: number, port: Port): void {
    this.#watchdog.painted(step);
    const place = this.#placeOf(port);
    if (place !== undefined) this.#pages.painted(place, step);
  }

  #passes(intent: Intent, port: Port): boolean {
    if (this.#placeOf(port)?.touches.passes(intent) === true) return true;
    this.#deps.log('host.refused', { reason: 'no-touch' });
    return false;
  }

  #replace(reason: string): void {
    this.#deps.log('host.page-replaced', { reason });
    if (reason === 'closed') this.#window = this.#openWindow();
    // What is left of the old page must not act any more.
    for (const { port } of this.#pages.heard) port.close();
    this.#backOff.request();
  }

  #failed(place: Place, reason: string): void {
    if (!this.#pages.dropSpare(place)) this.#replace(reason);
  }

  #nextVisit(): void {
    // It has been sent the screen without a person; what it says does not count any more.
    this.#pages.seen?.port.close();
    clearClipboards();
    this.#pages.next();
  }
}

export const openKioskScreen = (deps: KioskScreenDeps): KioskScreen => new Screen(deps);

/** Also what X11 keeps as the selection, which Electron reaches in one way up to 39 and in another since. */
function clearClipboards(): void {
  clipboard.clear();
  const { selection } = clipboard as { readonly selection?: { clear(): void } };
  if (selection === undefined) (clipboard.clear as (which: string) => void)('selection');
  else selection.clear();
}
