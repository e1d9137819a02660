import { filmArguments, filmOfNothing } from '../support/drawn-video.ts';
import { testFolder } from '../support/test-folder.ts';
import { commit, toEntry, typeAccount } from '../support/walks.ts';
import { expect, test } from './counter.ts';

const film = filmOfNothing(`${testFolder('world', 'film')}/black.y4m`);
test.use({ launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox', ...filmArguments(film)] } });

test('a camera that sees nothing says so, and typing goes on', async ({ counter }) => {
  await counter.see('attract');
  await counter.press('start');
  await counter.press('receipt-lookup');
  await counter.see('receipt-find');
  await counter.page.locator('[data-button="scan"]').tap();
  await expect(counter.page.locator('[data-camera="black"]')).toBeVisible();
  await counter.page.locator('[data-button="stop-scan"]').tap();
  await expect(counter.page.locator('[data-camera]')).toHaveCount(0);
  await counter.press('home');
  await toEntry(counter, 'fresh');
  await typeAccount(counter, 1);
  await commit(counter, 'fresh');
  await counter.see('signed-up');
});
