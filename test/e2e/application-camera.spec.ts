import { filmArguments, filmOfCapThenFace } from '../support/drawn-video.ts';
import { testFolder } from '../support/test-folder.ts';
import { keepShot, shoot, toCamera } from './application-steps.ts';
import { expect, test } from './counter.ts';

const film = filmOfCapThenFace(`${testFolder('world', 'film')}/cap.y4m`, 20);
test.use({ launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox', ...filmArguments(film)] } });

test('a camera that sees nothing says so, and waits: the journey goes on by itself when there is light', async ({ counter }) => {
  const { page } = counter;
  await toCamera(counter, 8);
  await expect(page.locator('.photo-view[data-camera="black"]')).toBeVisible();
  await expect(page.locator('[data-act="shutter"]')).toHaveAttribute('aria-disabled', 'true');
  await expect(page.locator('main')).toContainText('そのまま待っています');
  await expect(page.locator('.photo-view[data-camera="running"]')).toBeVisible();
  await shoot(counter);
  await keepShot(counter);
});
