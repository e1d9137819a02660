import { toCamera } from './application-steps.ts';
import { expect, test } from './counter.ts';

/** Two USB cameras, as Chromium's own drawn ones: `fake_device_0` and `fake_device_1`. The settings say which is for what. */
test.use({
  launchOptions: {
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-fake-device-for-media-stream=device-count=2', '--use-fake-ui-for-media-stream'],
  },
  set: ['cameras.codes=fake_device_1', 'cameras.face=fake_device_0'],
});

test('two cameras: one reads codes, the other sees faces, as the settings say', async ({ counter }) => {
  const { page } = counter;
  const label = () =>
    page.evaluate(() => {
      const stream = document.querySelector('video')?.srcObject;
      return stream instanceof MediaStream ? (stream.getVideoTracks()[0]?.label ?? '') : '';
    });
  await counter.see('attract');
  await counter.press('start');
  await counter.press('receipt-lookup');
  await page.locator('[data-button="scan"]').tap();
  await expect(page.locator('.scan-view[data-camera="running"]')).toBeVisible();
  expect(await label()).toBe('fake_device_1');
  await counter.press('home');
  await toCamera(counter, 8);
  await expect(page.locator('.photo-view[data-camera="running"]')).toBeVisible();
  expect(await label()).toBe('fake_device_0');
});
