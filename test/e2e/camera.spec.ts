import { accountOf } from '../sandbox/providers/accounts.ts';
import { filmArguments, filmOfCode } from '../support/drawn-video.ts';
import { testFolder } from '../support/test-folder.ts';
import { commit, toEntry } from '../support/walks.ts';
import { test } from './counter.ts';

const { account, codes } = accountOf('mint-pay', 2);
const film = filmOfCode(`${testFolder('world', 'film')}/code.y4m`, `mintpay:${account}:${codes[0]}`);
test.use({ launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox', ...filmArguments(film)] } });

test('sign-up by camera: the code that the pay app shows is held before it, and both fields are filled', async ({ counter }) => {
  await toEntry(counter, 'fresh', { service: 'mint-pay', on: 'purchase' });
  await counter.page.locator('[data-button="scan"]').tap();
  await counter.see('read-back');
  await commit(counter, 'fresh');
  await counter.see('signed-up');
  await counter.took('sign-up, camera');
});
