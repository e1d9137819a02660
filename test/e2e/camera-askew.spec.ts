import { join } from 'node:path';
import { filmArguments, filmOfPictures } from '../support/drawn-video.ts';
import { greyPng } from '../support/grey-png.ts';
import { testFolder } from '../support/test-folder.ts';
import { toEntry } from '../support/walks.ts';
import { expect, test } from './counter.ts';

const picture = greyPng(join(import.meta.dirname, '../fixtures/codes/t_itf_rot20.png'));
const film = filmOfPictures(`${testFolder('world', 'film')}/askew.y4m`, [[picture, 1]]);
test.use({ launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox', ...filmArguments(film)] } });

test('an ITF turned by 20 degrees: the whole number, not the eight digits that a level line meets', async ({ counter }) => {
  const { page } = counter;
  await toEntry(counter, 'fresh', { service: 'sakura-prepaid' });
  await page.locator('[data-button="scan"]').tap();
  await expect(page.locator('[data-screen="entry"] h1')).toContainText('PINコード');
  await counter.press('back');
  await expect(page.locator('[data-typed]')).toContainText(/6900\s*1234\s*5678\s*9013/);
});
