import { expect, test } from '@playwright/test';
import { type RunningHost, startHost } from './host.ts';

/**
 * A page that does what it likes, in a kiosk with a camera: it is let at the picture only while the screen on top is made of it, and what it
 * opened there is off on every other screen.
 */
let host: RunningHost;
test.beforeAll(async () => {
  host = await startHost();
  // Chromium's own drawn camera: read when the first one is asked for.
  await host.app.evaluate(({ app }) => app.commandLine.appendSwitch('use-fake-device-for-media-stream'));
});
test.afterAll(() => host.stop());

const screen = (text: string) => expect(host.page.locator('main')).toHaveText(text);
const press = (button: string) =>
  host.page.evaluate((name) => {
    const step = Number(document.body.dataset.step);
    window.madoguchi?.send(JSON.stringify({ type: 'intent', intent: { type: 'press', step, button: name } }));
  }, button);
const ask = () =>
  host.page.evaluate(async () => {
    const state = (await navigator.permissions.query({ name: 'camera' as PermissionName })).state;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: true });
      const place = globalThis as unknown as { kept?: MediaStreamTrack[] };
      const kept = place.kept ?? [];
      place.kept = kept;
      // Everything that a stream can be kept by.
      kept.push(...stream.getTracks(), ...stream.clone().getTracks(), ...stream.getTracks().map((track) => track.clone()));
      return { state, tracks: kept.map(({ readyState }) => readyState) };
    } catch (problem) {
      return { state, tracks: problem instanceof DOMException ? problem.name : 'unknown' };
    }
  });
const kept = () =>
  host.page.evaluate(() =>
    ((globalThis as unknown as { kept?: MediaStreamTrack[] }).kept ?? []).map(({ readyState }) => readyState),
  );
const refused = { state: 'denied', tracks: 'NotAllowedError' };

test('a camera is there on a screen that is made of it, on no other, and is off when that screen goes', async () => {
  await screen('attract');
  expect(await ask()).toEqual(refused);
  await press('start');
  await screen('menu');
  expect(await ask()).toEqual(refused);
  await press('receipt-lookup');
  await screen('receipt-find');
  expect(await ask()).toEqual(refused);

  await press('scan');
  await expect.poll(ask).toMatchObject({ state: 'granted', tracks: ['live', 'live', 'live'] });
  await press('stop-scan');
  await expect.poll(kept).toEqual(['ended', 'ended', 'ended']);
  expect(await ask()).toEqual(refused);

  await press('scan');
  await expect.poll(async () => (await ask()).state).toBe('granted');
  await press('home');
  // The page of that visit goes, whatever it holds.
  await expect.poll(async () => (await host.seen()) !== host.page).toBe(true);
  await expect.poll(() => host.page.isClosed()).toBe(true);
  const next = await host.seen();
  expect(await next.evaluate(() => navigator.mediaDevices.getUserMedia({ video: true }).catch((problem) => problem.name))).toBe(
    'NotAllowedError',
  );
  expect(await next.evaluate(() => 'webkitGetUserMedia' in navigator && navigator['webkitGetUserMedia' as never])).toBeFalsy();
});
