import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { KIOSK_PHOTO, PHOTO } from '../../main/contract/application.ts';
import type { PageMessage } from '../../main/contract/page-protocol.ts';
import { pageFixture, sample } from './page-fixture.ts';

/** The camera's screens alone, on the built page and under its own policy; what the core would get is looked at byte by byte. */
const harness = pageFixture();
const photos = () =>
  harness.shown.sent.filter((message): message is Extract<PageMessage, { type: 'photo' }> => message.type === 'photo');
const wanted = () => harness.shown.sent.filter(({ type }) => type === 'want-photo').length;
const running = (page: Page) => expect(page.locator('.photo-view[data-camera="running"]')).toBeVisible();

/** Sides, components and segments of a baseline JPEG. */
function readJpeg(bytes: Buffer) {
  const segments: number[] = [];
  let frame = { width: 0, height: 0, components: 0 };
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1] ?? 0;
    segments.push(marker);
    if (marker === 0xc0)
      frame = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7), components: bytes[at + 9] ?? 0 };
    if (marker === 0xda) break;
  }
  return { ...frame, segments };
}

test('a photo by keyboard alone: the countdown, then a JPEG of the official shape without EXIF, straight to the Port', async () => {
  const { page } = harness.shown;
  await harness.shown.show({ ...sample('photo-live'), keys: 'ten-key' });
  await running(page);
  await page.keyboard.press('NumpadEnter');
  await expect(page.locator('.photo-view .left')).toHaveText('3');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  await expect.poll(() => photos().length, { timeout: 30_000 }).toBe(1);
  const [photo] = photos();
  const jpeg = Buffer.from(photo?.jpeg ?? '', 'base64');
  expect(jpeg.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
  expect(readJpeg(jpeg)).toMatchObject({ width: KIOSK_PHOTO.width, height: KIOSK_PHOTO.height, components: 3 });
  // 0xE1: EXIF and XMP.
  expect(readJpeg(jpeg).segments).not.toContain(0xe1);
  expect(jpeg.length).toBeGreaterThanOrEqual(PHOTO.leastBytes);
  expect(jpeg.length).toBeLessThanOrEqual(KIOSK_PHOTO.mostBytes);
  expect(photo?.hints).toEqual([]);

  // Shown without asking for it; a page that was loaded again asks.
  await harness.shown.show(sample('photo-review'));
  expect(wanted()).toBe(0);
  await page.reload();
  await expect(page.locator('[data-shot-state="shown"]')).toBeVisible();
  expect(wanted()).toBe(1);
  // The next screen has no picture, and neither has the page.
  await harness.shown.show(sample('form-again'));
  await expect(page.locator('canvas')).toHaveCount(0);
  await harness.shown.show(sample('photo-review'));
  expect(wanted()).toBe(2);
});

test('the timer gives time to roll back, and can be stopped; a double touch takes one photo', async () => {
  const { page } = harness.shown;
  await harness.shown.show(sample('photo-live'));
  await running(page);
  await page.locator('[data-act="timer"]').tap();
  await expect(page.locator('.photo-view .left')).toHaveText('10');
  await page.locator('[data-act="stop-timer"]').tap();
  await expect(page.locator('.photo-view .left')).toHaveCount(0);
  const shutter = page.locator('[data-act="shutter"]');
  await shutter.tap();
  await shutter.tap();
  await expect.poll(() => photos().length, { timeout: 30_000 }).toBe(1);
  await page.waitForTimeout(1500);
  expect(photos()).toHaveLength(1);
});

for (const [name, state, words] of [
  ['NotFoundError', 'missing', 'つながっていません'],
  ['NotReadableError', 'busy', 'ほかで使われています'],
  ['NotAllowedError', 'denied', '許されていません'],
  ['UnknownError', 'failed', '動いていません'],
] as const) {
  test(`${state}: the screen says what to do, and goes on by itself when the camera is back`, async () => {
    const { page } = harness.shown;
    await page.evaluate((error) => {
      const devices = navigator.mediaDevices;
      const real = devices.getUserMedia.bind(devices);
      let broken = true;
      devices.getUserMedia = (wish) => (broken ? Promise.reject(new DOMException('', error)) : real(wish));
      window.addEventListener('repaired', () => {
        broken = false;
        devices.dispatchEvent(new Event('devicechange'));
      });
    }, name);
    await harness.shown.show(sample('photo-live'));
    await expect(page.locator(`.photo-view[data-camera="${state}"]`)).toBeVisible();
    await expect(page.locator('.photo-view .trouble')).toContainText(words);
    await expect(page.locator('[data-act="shutter"]')).toHaveAttribute('aria-disabled', 'true');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    await page.screenshot({ path: `.cache/screens/camera-${state}.png` });
    await page.evaluate(() => window.dispatchEvent(new Event('repaired')));
    await running(page);
  });
}
