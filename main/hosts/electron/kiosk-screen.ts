import { clipboard, ipcMain, type Session } from 'electron';
import { cameraOf } from '../../contract/camera-of-screen.ts';
import type { Log } from '../../contract/log-events.ts';
import type { Snapshot } from '../../contract/page-protocol.ts';
import { clearAfterVisits, memoryClearer } from '../../transport/clear-memory.ts';
import type { CoreLink } from '../../transport/core-link.ts';
import { type HeldPort, holdPort } from '../../transport/held-port.ts';
import { Relay } from '../../transport/relay.ts';
import type { Timers } from '../../transport/timers.ts';
import { visitEnded } from '../../transport/visit-end.ts';
import { createBackOff } from './back-off.ts';
import { type KioskPage, openKioskPage } from './kiosk-page.ts';
import { createPageLines } from './page-lines.ts';
import type { Partitions } from './partitions.ts';
import { createTouchGate, type TouchGate } from './touch-gate.ts';
import { createWatchdog } from './watchdog.ts';
import { openKioskWindow } from './window.ts';

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

/** The page that was just raised has the machine to itself for so long; then the one for the visit after this is loaded. */
const PREPARE_AFTER_MS = 500;

/** From a page's word that it has painted until its frame is drawn, ms; with software drawing on a slow machine. */
const SETTLE_MS = 50;

/** A page, its renderer, its storage and its line: they begin and end together. */
interface Place {
  readonly page: KioskPage;
  readonly session: Session;
  readonly port: HeldPort;
  readonly touches: TouchGate;
}

/**
 * Keeps one window with a living page, and its Port to the core. A page lives for one visit: when that is over, the next one takes its place,
 * with a renderer and a storage that nobody has used. It has been loaded before, so this takes two frames; until it has painted, the old one
 * is seen and not heard. A page that crashed, hangs or strayed is replaced in the same way: the person goes on where they were.
 */
export function openKioskScreen(options: KioskScreenDeps): KioskScreen {
  const { core, partitions, preload, log, timers, onShown } = options;
  let seen: Place | null = null;
  /** Heard already, not yet seen. */
  let coming: Place | null = null;
  /** Loaded for the next visit; knows nothing. */
  let spare: Place | null = null;
  let preparing: unknown = null;
  let settling: unknown = null;
  /** Has painted, and had the time to be drawn. */
  let settled: Place | null = null;
  let before: Snapshot | null = null;

  const clearMemory = clearAfterVisits(timers, memoryClearer());
  const relay = new Relay({
    core,
    log,
    timers,
    onSent: (step) => watchdog.sent(step),
    onPainted(step, port) {
      watchdog.painted(step);
      if (coming !== null && port === coming.port) painted(coming, step);
    },
    passes(intent, port) {
      const place = [seen, coming].find((one) => one?.port === port);
      if (place?.touches.passes(intent) === true) return true;
      log('host.refused', { reason: 'no-touch' });
      return false;
    },
    onSnapshot(now) {
      const ended = visitEnded(before, now);
      before = now;
      if (ended) nextVisit();
      clearMemory(now);
    },
  });
  const watchdog = createWatchdog({
    timers,
    probe() {
      relay.probe();
      return relay.snapshot.step;
    },
    onHung: () => replace('hung'),
  });
  let window = openKioskWindow(() => replace('closed'));

  const lineOf = createPageLines(ipcMain, log);
  const openPlace = (): Place => {
    const session = partitions.take();
    const touches = createTouchGate(timers);
    let port: HeldPort | null = null;
    const page = openKioskPage({
      session,
      preload,
      onFailure: (why) => failed(place, why),
      prepare: (contents) => {
        port = holdPort(lineOf(contents));
        contents.on('input-event', (_event, { type }) => touches.input(type));
      },
    });
    if (port === null) throw new Error('a page without a line');
    const place: Place = { page, session, port, touches };
    return place;
  };
  const end = (place: Place) => {
    place.port.close();
    window.remove(place.page.view);
    void place.page.destroy().then(() => partitions.giveBack(place.session));
  };
  /** The next page is heard from now on, and seen as soon as it has painted. */
  const hear = () => {
    if (coming !== null) end(coming);
    coming = spare ?? openPlace();
    spare = null;
    watchdog.loading();
    if (seen === null) window.raise(coming.page.view);
    else window.slipUnder(coming.page.view);
    relay.addPage(coming.port);
    coming.port.release();
  };
  /** A page says so as it hands a frame over. Until that is on the glass its old one, "starting", would flash: so it must say it twice. */
  const painted = (place: Place, step: number) => {
    if (settled === place) return take(step);
    timers.clearTimeout(settling);
    settling = timers.setTimeout(() => {
      settled = place;
      relay.probe();
    }, SETTLE_MS);
  };
  /** It has painted: now it is the page. */
  const take = (step: number) => {
    const old = seen;
    seen = coming;
    coming = null;
    if (seen !== null) window.raise(seen.page.view);
    if (old !== null) end(old);
    onShown(step);
    timers.clearTimeout(preparing);
    preparing = timers.setTimeout(() => {
      spare = spare ?? openPlace();
    }, PREPARE_AFTER_MS);
  };
  const backOff = createBackOff(timers, hear);
  const replace = (reason: string) => {
    log('host.page-replaced', { reason });
    if (reason === 'closed') window = openKioskWindow(() => replace('closed'));
    // What is left of the old page must not act any more.
    seen?.port.close();
    coming?.port.close();
    backOff.request();
  };
  const failed = (place: Place, reason: string) => {
    if (place === spare) {
      spare = null;
      end(place);
    } else replace(reason);
  };
  const nextVisit = () => {
    // It has been sent the screen without a person; what it says does not count any more.
    seen?.port.close();
    clearClipboards();
    hear();
  };
  hear();

  return {
    get wantsCamera() {
      return cameraOf(relay.snapshot.screen) !== null;
    },
    close() {
      timers.clearTimeout(preparing);
      timers.clearTimeout(settling);
      backOff.stop();
      watchdog.stop();
      relay.close();
      for (const place of [seen, coming, spare]) void place?.page.destroy();
      window.destroy();
    },
  };
}

/** Also what X11 keeps as the selection, which Electron reaches in one way up to 39 and in another since. */
function clearClipboards(): void {
  clipboard.clear();
  const { selection } = clipboard as { readonly selection?: { clear(): void } };
  if (selection === undefined) (clipboard.clear as (which: string) => void)('selection');
  else selection.clear();
}
