import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { FRAMEBUFFER } from './display.ts';
import { likeness } from './frame.ts';
import { readFrame } from './framebuffer.ts';
import { type RunningHost, startHost } from './host.ts';

/** The window is put away by the window manager, as a hand at a keyboard would: it is back on the glass within a second. */
let host: RunningHost;
test.beforeEach(async () => {
  host = await startHost();
  await expect(host.page.locator('main')).toHaveText('attract');
  await host.page.waitForTimeout(1000);
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
    putAway();
    const began = Date.now();
    let gone = false;
    while (Date.now() - began < 300) {
      if (likeness(readFrame(framebuffer), before) < 0.9) gone = true;
    }
    await expect.poll(() => likeness(readFrame(framebuffer), before), { timeout: 1500, intervals: [50] }).toBeGreaterThan(0.99);
    process.stdout.write(`${name}: back after ${Date.now() - began} ms\n`);
    expect(gone).toBe(true);
  });
}
