import { expect, type Page, test } from '@playwright/test';
import { pageFixture, sample } from './page-fixture.ts';

/** A camera that has trouble comes back by itself, in both views, without a touch and without anybody plugging anything. */
const harness = pageFixture();
const state = (page: Page, name: string) => expect(page.locator(`[data-camera="${name}"]`)).toBeVisible();

/** Counts what is asked for, keeps every track, and refuses as often as it is told to. */
const instrument = (page: Page) =>
  page.evaluate(() => {
    const seen = { asked: 0, refuse: 0, tracks: [] as MediaStreamTrack[] };
    Object.assign(globalThis, { seen });
    const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wish) => {
      seen.asked += 1;
      if (seen.refuse > 0) {
        seen.refuse -= 1;
        throw new DOMException('', 'NotReadableError');
      }
      const stream = await real(wish);
      seen.tracks.push(...stream.getTracks());
      return stream;
    };
  });
interface Seen {
  asked: number;
  refuse: number;
  readonly tracks: MediaStreamTrack[];
}
const seen = <T>(page: Page, look: (seen: Seen) => T): Promise<T> =>
  page.evaluate(`(${look.toString()})(globalThis.seen)`) as Promise<T>;

for (const [view, words] of [
  ['receipt-find-camera', 'つなぎなおしています'],
  ['photo-live', 'つなぎなおしています'],
] as const) {
  test(`${view}: refused once, then free`, async () => {
    const { page } = harness.shown;
    await instrument(page);
    await seen(page, (all) => {
      all.refuse = 1;
    });
    await harness.shown.show(sample(view));
    await state(page, 'busy');
    await state(page, 'running');
    expect(await seen(page, ({ asked }) => asked)).toBe(2);
  });

  test(`${view}: refused for good is asked again ever more seldom, and not after the screen has gone`, async () => {
    const { page } = harness.shown;
    await instrument(page);
    await seen(page, (all) => {
      all.refuse = 1000;
    });
    await harness.shown.show(sample(view));
    await page.waitForTimeout(3500);
    // After 0, 1, 3, 7 s.
    expect(await seen(page, ({ asked }) => asked)).toBeLessThanOrEqual(3);
    await harness.shown.show(sample('attract'));
    const asked = await seen(page, (all) => all.asked);
    await page.waitForTimeout(4500);
    expect(await seen(page, (all) => all.asked)).toBe(asked);
  });

  test(`${view}: a track that ends is said, and opened again`, async () => {
    const { page } = harness.shown;
    await instrument(page);
    await harness.shown.show(sample(view));
    await state(page, 'running');
    await page.evaluate(() => {
      new MutationObserver(() => {
        const said = document.querySelector('[data-camera="stopped"]');
        if (said !== null) Object.assign(globalThis, { said: said.textContent });
      }).observe(document.body, { subtree: true, attributes: true, childList: true });
    });
    await seen(page, ({ tracks }) => {
      for (const track of tracks) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    });
    await expect.poll(() => page.evaluate(() => (globalThis as unknown as { said?: string }).said)).toContain(words);
    await state(page, 'running');
    expect(await seen(page, ({ asked }) => asked)).toBe(2);
  });

  test(`${view}: a picture that stands still is opened again, and its old track is off`, async () => {
    const { page } = harness.shown;
    await instrument(page);
    await harness.shown.show(sample(view));
    await state(page, 'running');
    // What a camera that falls silent does to the page: the track lives, and no frame comes.
    await seen(page, ({ tracks }) => {
      for (const track of tracks) track.enabled = true;
      const video = document.querySelector('video');
      if (video !== null) video.srcObject = new MediaStream();
    });
    await state(page, 'stopped');
    await state(page, 'running');
    expect(await seen(page, ({ tracks }) => tracks.map(({ readyState }) => readyState))).toEqual(['ended', 'live']);
  });
}

test('on every screen without a camera all tracks are off', async () => {
  const { page } = harness.shown;
  await instrument(page);
  for (const [view, after] of [
    ['receipt-find-camera', 'receipt-find'],
    ['form-read-camera', 'attract'],
    ['about-sign-up-camera', 'about-sign-up'],
    ['entry-camera', 'out-of-order-staff'],
    ['photo-live', 'photo-review'],
  ] as const) {
    await harness.shown.show(sample(view));
    await state(page, 'running');
    await harness.shown.show(sample(after));
    await expect.poll(() => seen(page, ({ tracks }) => tracks.filter((track) => track.readyState === 'live').length)).toBe(0);
  }
  expect(await seen(page, ({ tracks }) => tracks.length)).toBe(5);
});
