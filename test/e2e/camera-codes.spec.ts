import { join } from 'node:path';
import type { Grey } from '../support/drawn-codes.ts';
import { filmArguments, filmOfPictures } from '../support/drawn-video.ts';
import { greyPng } from '../support/grey-png.ts';
import { testFolder } from '../support/test-folder.ts';
import { toEntry } from '../support/walks.ts';
import { expect, test } from './counter.ts';

/** A pack with an EAN-13 above, and below it the card number that is asked for. */
const both = greyPng(join(import.meta.dirname, '../fixtures/codes/t_two_ean_c128.png'));
const eanOnly: Grey = { ...both, light: (x, y) => (y < both.height / 2 ? both.light(x, y) : 255) };
const film = filmOfPictures(`${testFolder('world', 'film')}/two-codes.y4m`, [
  [eanOnly, 8],
  [both, 8],
]);
test.use({ launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox', ...filmArguments(film)] } });

test('a code that does not fit closes no viewfinder; of two in view the one that fits is taken', async ({ counter }) => {
  const { page } = counter;
  await toEntry(counter, 'fresh', { service: 'sakura-prepaid' });
  await page.locator('[data-button="scan"]').tap();
  await expect(page.locator('.entry-message[data-problem="scan-garbage"]')).toBeVisible();
  await expect(page.locator('.scan-view[data-camera="running"]')).toBeVisible();
  // The film goes on, and so does the journey.
  await expect(page.locator('[data-screen="entry"] h1')).toContainText('PINコード');
  await counter.press('back');
  await expect(page.locator('[data-typed]')).toContainText(/6900\s*1234\s*5678\s*9013/);
});
