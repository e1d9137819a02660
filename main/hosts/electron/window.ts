import { BrowserWindow, type Session, screen } from 'electron';
import { ADDRESS } from './address.ts';
import { isAddress } from './sender.ts';

/** Why a window has to be replaced; goes into the log. */
export type WindowFailure = 'closed' | 'crashed' | 'load-failed' | 'strayed' | 'unresponsive';

export interface KioskWindow {
  readonly window: BrowserWindow;
  /** Ends it, its renderer too, however that one is. No `onFailure` follows. */
  destroy(): void;
}

export interface KioskWindowOptions {
  readonly session: Session;
  /** Path of the preload's bundle. */
  readonly preload: string;
  /** Called once at most. */
  readonly onFailure: (why: WindowFailure) => void;
  /** Called before the page begins to load. */
  readonly prepare: (window: BrowserWindow) => void;
}

/** One full-screen window with the page in it. */
export function openKioskWindow({ session, preload, onFailure, prepare }: KioskWindowOptions): KioskWindow {
  const window = new BrowserWindow({
    // Without a window manager nobody else makes it fill the screen.
    ...screen.getPrimaryDisplay().bounds,
    kiosk: true,
    fullscreen: true,
    frame: false,
    autoHideMenuBar: true,
    backgroundColor: '#ffffff',
    title: 'Madoguchi',
    webPreferences: {
      session,
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
      disableDialogs: true,
      navigateOnDragDrop: false,
      spellcheck: false,
      // The watchdog lives on painted frames.
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  const { webContents } = window;
  let over = false;
  const fail = (why: WindowFailure) => {
    if (over) return;
    over = true;
    onFailure(why);
  };
  const stay = () => {
    if (over || window.isDestroyed()) return;
    window.restore();
    window.setKiosk(true);
    window.setBounds(screen.getPrimaryDisplay().bounds);
  };
  window.removeMenu();
  window.on('close', (event) => event.preventDefault());
  window.on('closed', () => fail('closed'));
  window.on('unresponsive', () => fail('unresponsive'));
  // Afterwards: whoever makes it leave may not have finished, and a second leaving inside the first tells no event.
  const staySoon = () => setImmediate(stay);
  window.on('minimize', staySoon);
  window.on('leave-full-screen', staySoon);
  window.on('page-title-updated', (event) => event.preventDefault());
  webContents.on('render-process-gone', () => fail('crashed'));
  webContents.on('preload-error', () => fail('load-failed'));
  // about:blank is the one address that no navigation event asks about first.
  webContents.on('did-navigate', (_event, url) => {
    if (!isAddress(url)) fail('strayed');
  });
  webContents.on('did-fail-load', (_event, _code, _text, _url, isMainFrame) => {
    if (isMainFrame) fail('load-failed');
  });
  prepare(window);
  // A failure to load is told by the event above.
  window.loadURL(ADDRESS).catch(() => {});

  return {
    window,
    destroy() {
      over = true;
      if (window.isDestroyed()) return;
      webContents.forcefullyCrashRenderer();
      window.destroy();
    },
  };
}
