import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { FRAMEBUFFER } from './display.ts';
import { likeness } from './frame.ts';
import { readFrame } from './framebuffer.ts';
import { type RunningHost, startHost } from './host.ts';

/**
 * The window is put away by the window manager, as a hand at a keyboard would, and comes back by itself: within a second on a machine that has
 * nothing else to do. Without us it does not come in a minute. It may be away for less time than a look at the glass takes, so that it went is
 * told by the window's own events, and the glass is asked only whether it is back, and stays.
 */
const LONGEST_MS = 30_000;
/** Looks in a row, 100 ms apart, at which it must be whole. */
const LOOKS = 10;

declare global {
  /** In Electron's main process: how often an event of the window said that it lost the keyboard or was hidden. */
  var putAwayTold: number;
}

let host: RunningHost;
test.beforeEach(async () => {
  host = await startHost();
  await expect(host.page.locator('main')).toHaveText('attract');
  // What puts it away takes the keyboard from it: it must have it first.
  await expect.poll(() => host.app.evaluate(({ BaseWindow }) => BaseWindow.getFocusedWindow() !== null)).toBe(true);
});
test.afterEach(() => host.stop());

const tool = (...args: string[]) => spawnSync('/usr/bin/xdotool', args, { encoding: 'utf8' }).stdout.trim();
const ways: Record<string, () => void> = {
  'iconified (ICCCM)': () => void tool('search', '--name', '^Madoguchi$', 'windowminimize'),
  'desktop shown (Super+D)': () => void tool('key', 'super+d'),
};

for (const [name, putAway] of Object.entries(ways)) {
  test(name, async () => {
    const framebuffer = process.env[FRAMEBUFFER];
    if (framebuffer === undefined) process.stdout.write('skipped: window put away: needs Xvfb to see the glass\n');
    test.skip(framebuffer === undefined, 'needs Xvfb to see the glass');
    if (framebuffer === undefined) return;
    const before = readFrame(framebuffer);
    const seen = () => likeness(readFrame(framebuffer), before);
    await host.app.evaluate(({ BaseWindow }) => {
      const [window] = BaseWindow.getAllWindows();
      globalThis.putAwayTold = 0;
      for (const event of ['blur', 'minimize', 'hide'] as const) window?.on(event as 'blur', () => (globalThis.putAwayTold += 1));
    });
    const told = async () => {
      const events = await host.app.evaluate(() => globalThis.putAwayTold);
      // A window manager that is still starting does not hear every key.
      if (events === 0) putAway();
      return events;
    };
    await expect.poll(told, { message: 'it went away', intervals: [2000] }).toBeGreaterThan(0);
    const away = Date.now();
    let whole = 0;
    const look = () => {
      whole = seen() > 0.99 ? whole + 1 : 0;
      return whole;
    };
    await expect.poll(look, { timeout: LONGEST_MS, intervals: [100] }).toBeGreaterThanOrEqual(LOOKS);
    await expect.poll(() => host.app.evaluate(({ BaseWindow }) => BaseWindow.getFocusedWindow() !== null)).toBe(true);
    process.stdout.write(`${name}: back, and stayed, after ${Date.now() - away} ms\n`);
  });
}
