import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../contract/log-events.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { Timers } from '../../transport/timers.ts';
import { type KeptChild, keepRunning } from './child.ts';
import { findScreenUser, makeScreenHome, type ScreenHome } from './system/screen-user.ts';

export interface ChromiumOptions {
  /** A new address with a token: a secret, good for one start. */
  readonly newUrl: () => string;
  readonly timers: Timers;
  readonly log: Log;
}

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** No calls home, no bubbles, no gestures, nothing kept. */
const FLAGS = [
  '--kiosk',
  '--incognito',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-translate',
  '--disable-features=Translate,TranslateUI,MediaRouter,OptimizationHints,AutofillServerCommunication,InterestFeedContentSuggestions',
  '--disable-breakpad',
  '--metrics-recording-only',
  '--no-pings',
  '--password-store=basic',
  '--disable-pinch',
  '--overscroll-history-navigation=0',
  '--hide-crash-restore-bubble',
  '--autoplay-policy=no-user-gesture-required',
];

/**
 * Debian's Chromium, full screen, on the node host's page. The address goes in through a file that only its user can read: a command line
 * is readable by every user of the machine. Not a lockdown (SOURCES.md, Electron: keys): the product is the Electron host.
 */
export function openChromium({ newUrl, timers, log }: ChromiumOptions): Result<KeptChild, string> {
  const command = PLACES.find((path) => existsSync(path));
  if (command === undefined) return err('no Chromium (apt install chromium), or leave --open out');
  if (process.env.DISPLAY === undefined && process.env.WAYLAND_DISPLAY === undefined) return err('--open needs a display');
  const user = findScreenUser(process.env);
  const home = makeScreenHome(process.env, user);
  let start: ScreenHome | null = null;
  const child = keepRunning({
    command,
    args() {
      start?.remove();
      start = makeScreenHome(process.env, user, { 'start.html': startPage(newUrl()) });
      return [...FLAGS, `--user-data-dir=${join(home.path, 'profile')}`, `--app=file://${join(start.path, 'start.html')}`];
    },
    env: home.env,
    ...(user === null ? {} : user),
    timers,
    finalCodes: [],
    onLine: () => {},
    onRestart: () => log('host.page-replaced', { reason: 'chromium-exited' }),
  });
  return ok({
    ended: child.ended,
    kill: child.kill,
    async stop() {
      await child.stop();
      home.remove();
      start?.remove();
    },
  });
}

const startPage = (url: string): string =>
  `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${url}"><title>Madoguchi</title>`;
