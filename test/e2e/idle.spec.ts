import { expect, test } from './counter.ts';

/** CSS animations of a screen that would never end by themselves. */
const endless = () =>
  document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY).length;

test('the attract screen moves for a moment and then rests; the screen that waits for a card goes on moving', async ({
  counter,
}) => {
  const { page } = counter;
  await counter.see('attract');
  expect(await page.evaluate(endless)).toBe(0);
  await expect.poll(() => page.evaluate(() => document.getAnimations().length), { timeout: 20_000 }).toBe(0);
  await counter.press('start');
  await counter.press('check');
  await counter.see('insert-card');
  expect(await page.evaluate(endless)).toBe(1);
});
