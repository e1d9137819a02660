import { filmArguments, filmOfCode } from '../support/drawn-video.ts';
import { testFolder } from '../support/test-folder.ts';
import { toSignUp } from '../support/walks.ts';
import { expect, test } from './counter.ts';

const film = filmOfCode(`${testFolder('world', 'film')}/slip.y4m`, 'MADO1S:keyaki-credit');
test.use({ launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox', ...filmArguments(film)] } });

test('the slip of another day, held before the camera: its service is chosen again', async ({ counter }) => {
  await toSignUp(counter);
  await counter.page.locator('[data-button="scan"]').tap();
  await counter.see('service');
  await expect(counter.page.locator('main')).toContainText('けやき広場クレジット');
});
