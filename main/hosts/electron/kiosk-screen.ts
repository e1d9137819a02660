import { type IpcMainEvent, ipcMain, type Session } from 'electron';
import { cameraOf } from '../../contract/camera.ts';
import type { Log } from '../../contract/log-events.ts';
import type { CoreLink } from '../../transport/core-link.ts';
import { ipcMainPort } from '../../transport/electron-ipc.ts';
import { createRelay } from '../../transport/relay.ts';
import type { Timers } from '../../transport/timers.ts';
import { createBackOff } from './back-off.ts';
import { isAddress, isFromPage } from './sender.ts';
import { createWatchdog } from './watchdog.ts';
import { type KioskWindow, openKioskWindow } from './window.ts';

export interface KioskScreenOptions {
  readonly core: CoreLink;
  readonly session: Session;
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

/**
 * Keeps one window with a living page, and its Port to the core. A page that crashed, hangs, was closed or cannot be loaded is replaced by a new
 * window with a new renderer, which gets the same snapshot: the person goes on where they were.
 */
export function openKioskScreen(options: KioskScreenOptions): KioskScreen {
  const { core, session, preload, log, timers, onShown } = options;
  let current: (KioskWindow & { hangUp(): void }) | null = null;
  let shown = false;

  const relay = createRelay({
    core,
    log,
    timers,
    onSent: (step) => watchdog.sent(step),
    onPainted(step) {
      watchdog.painted(step);
      if (shown) return;
      shown = true;
      onShown(step);
    },
  });
  const watchdog = createWatchdog({
    timers,
    probe() {
      relay.probe();
      return relay.step;
    },
    onHung: () => replace('hung'),
  });
  const open = () => {
    const old = current;
    let hangUp = () => {};
    watchdog.loading();
    shown = false;
    const opened = openKioskWindow({
      session,
      preload,
      onFailure: (why) => replace(why),
      prepare({ webContents }) {
        const { id } = webContents;
        const port = ipcMainPort<IpcMainEvent>({
          ipc: ipcMain,
          accepts: (event) => isFromPage(event, id),
          toPage(channel, text) {
            if (webContents.isDestroyed() || webContents.isCrashed() || !isAddress(webContents.getURL())) return;
            webContents.send(channel, text);
          },
          onRefused: (reason) => log('host.refused', { reason }),
        });
        hangUp = port.close;
        relay.addPage(port);
      },
    });
    current = { ...opened, hangUp };
    // Only now: the new window already covers the screen.
    old?.hangUp();
    old?.destroy();
  };
  const backOff = createBackOff(timers, open);
  const replace = (reason: string) => {
    log('host.page-replaced', { reason });
    // What is left of the old page must not act any more.
    current?.hangUp();
    backOff.request();
  };
  open();

  return {
    get wantsCamera() {
      return cameraOf(relay.screen) !== null;
    },
    close() {
      backOff.stop();
      watchdog.stop();
      relay.close();
      current?.destroy();
      current = null;
    },
  };
}
