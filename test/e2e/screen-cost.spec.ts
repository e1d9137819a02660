import { expect, test } from '@playwright/test';
import { onStage, sample } from './on-stage.ts';

/** What a change of screen asks of the browser, counted, not timed. */
const stage = onStage();
/** Rounds of styles until the screen has settled: its own, the heading's focus, touches taken again, one for the frame between. */
const MOST_ROUNDS = 5;
const TURNS = 3;

test('a new screen is styled once, not again for what is set on it afterwards', async () => {
  const device = await stage.front.page.context().newCDPSession(stage.front.page);
  await device.send('Performance.enable');
  const rounds = async () => {
    const { metrics } = await device.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'RecalcStyleCount')?.value ?? Number.NaN;
  };
  for (const name of ['menu', 'terms-one', 'pin-wrong', 'check-result-good']) {
    const taken: number[] = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      await stage.front.show(sample('attract'));
      await expect(stage.front.page.locator('.kiosk[data-settling]')).toHaveCount(0);
      const before = await rounds();
      await stage.front.show(sample(name));
      taken.push((await rounds()) - before);
    }
    // The first turn loads fonts.
    expect(Math.min(...taken), name).toBeLessThanOrEqual(MOST_ROUNDS);
  }
});
