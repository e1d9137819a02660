import { expect, test } from '@playwright/test';
import { type RunningHost, startHost } from './host.ts';

/** The page in its window, tied to the core. */
let host: RunningHost;
test.beforeAll(async () => {
  host = await startHost();
});
test.afterAll(() => host.stop());

test('the page shows the snapshot of the core, and a press reaches the core', async () => {
  const { page } = host;
  expect(page.url()).toBe('madoguchi://kiosk/');
  await expect(page.locator('main')).toHaveText('attract');
  await page.click('#start');
  await expect(page.locator('main')).toHaveText('menu');
  await expect(page.locator('body')).toHaveAttribute('data-step', '2');
  // The style sheet came through the scheme too.
  expect(await page.evaluate(() => getComputedStyle(document.querySelector('main') as Element).color)).toBe('rgb(0, 128, 0)');
});

test('a reload shows the same step', async () => {
  await host.page.reload();
  await expect(host.page.locator('body')).toHaveAttribute('data-step', '2');
  await expect(host.page.locator('main')).toHaveText('menu');
});
