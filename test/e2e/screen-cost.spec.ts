import { expect, test } from '@playwright/test';
import { pageFixture, sample } from './page-fixture.ts';

/** What a change of screen asks of the browser, counted, not timed. */
const harness = pageFixture();
/** Rounds of styles until the screen has settled: its own, the heading's focus, touches taken again, one for the frame between. */
const MOST_ROUNDS = 5;
const TURNS = 3;

test('a new screen is styled once, not again for what is set on it afterwards', async () => {
  const device = await harness.shown.page.context().newCDPSession(harness.shown.page);
  await device.send('Performance.enable');
  const rounds = async () => {
    const { metrics } = await device.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'RecalcStyleCount')?.value ?? Number.NaN;
  };
  for (const name of ['menu', 'terms-one', 'pin-wrong', 'check-result-good']) {
    const taken: number[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      await harness.shown.show(sample('attract'));
      await expect(harness.shown.page.locator('.kiosk[data-settling]')).toHaveCount(0);
      const before = await rounds();
      await harness.shown.show(sample(name));
      taken.push((await rounds()) - before);
    }
    // The first turn loads fonts.
    expect(Math.min(...taken), name).toBeLessThanOrEqual(MOST_ROUNDS);
  }
});
