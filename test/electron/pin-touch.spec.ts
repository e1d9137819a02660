import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { type RunningHost, startHost } from './host.ts';

/** The PIN pad in a page that was taken over: without a finger it presses nothing, and a finger presses once. */
let host: RunningHost;
test.beforeEach(async () => {
  host = await startHost();
  await expect(host.page.locator('main')).toHaveText('attract');
  for (const button of ['start', 'check']) {
    await host.page.evaluate((name) => {
      const step = Number(document.body.dataset['step']);
      window.madoguchi?.send(JSON.stringify({ type: 'intent', intent: { type: 'press', step, button: name } }));
    }, button);
    await expect(host.page.locator('main')).toHaveText(button === 'start' ? 'menu' : 'pin 0 3');
  }
});
test.afterEach(() => host.stop());

const tap = () => spawnSync('/usr/bin/xdotool', ['mousemove', '540', '960', 'click', '1']);
/** Everything that a PIN of four digits takes, three times over, as fast as it goes. */
const lockTheCard = () =>
  host.page.evaluate(() => {
    const send = (intent: object) => window.madoguchi?.send(JSON.stringify({ type: 'intent', intent }));
    for (let step = 1; step < 8; step += 1) {
      for (let key = 0; key < 4; key += 1) send({ type: 'pin-key', step, position: key });
      send({ type: 'pin-edit', step, edit: 'ok' });
      send({ type: 'press', step, button: 'try-again' });
    }
  });

test('nobody there: no key goes in, not even one', async () => {
  await lockTheCard();
  // A page cannot make an input event: its own are events of the document.
  await host.page.evaluate(() => {
    for (const type of ['pointerdown', 'mousedown', 'touchstart', 'keydown', 'click'])
      document.body.dispatchEvent(new Event(type));
    document.querySelector('button')?.click();
  });
  await lockTheCard();
  await host.page.waitForTimeout(1000);
  await expect(host.page.locator('main')).toHaveText('pin 0 3');
  expect(host.log()).toContain('"event":"host.refused","reason":"no-touch"');
});

test('one touch lets one key in, whatever the page makes of it; five make a PIN', async () => {
  tap();
  await host.page.waitForTimeout(100);
  await lockTheCard();
  await expect(host.page.locator('main')).toHaveText('pin 1 3');
  await host.page.evaluate(() =>
    window.addEventListener('pointerup', () => {
      const step = Number(document.body.dataset['step']);
      const full = document.querySelector('main')?.textContent?.startsWith('pin 4') === true;
      const intent = full ? { type: 'pin-edit', step, edit: 'ok' } : { type: 'pin-key', step, position: 1 };
      window.madoguchi?.send(JSON.stringify({ type: 'intent', intent }));
    }),
  );
  for (const text of ['pin 2 3', 'pin 3 3', 'pin 4 3', 'pin 0 2']) {
    tap();
    await expect(host.page.locator('main')).toHaveText(text);
  }
});
