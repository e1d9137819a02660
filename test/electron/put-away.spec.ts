import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { FRAMEBUFFER } from './display.ts';
import { likeness } from './frame.ts';
import { readFrame } from './framebuffer.ts';
import { type RunningHost, startHost } from './host.ts';

/**
 * The window is put away by the window manager, as a hand at a keyboard would, and comes back by itself: within a second on a machine that has
 * nothing else to do. Without us it does not come in a minute.
 */
const LONGEST_MS = 15_000;

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
    putAway();
    const began = Date.now();
    // It is away for 250 ms at least: looked at without a rest, however long the window manager takes to begin.
    while (seen() > 0.9) expect(Date.now() - began, 'it went away').toBeLessThan(LONGEST_MS);
    const away = Date.now();
    await expect.poll(seen, { timeout: LONGEST_MS, intervals: [50] }).toBeGreaterThan(0.99);
    process.stdout.write(`${name}: back after ${Date.now() - away} ms\n`);
  });
}
