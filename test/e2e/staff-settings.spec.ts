import { expect, test } from './ops-desk.ts';

test('every setting with where it came from; another profile is refused with its sentence, or taken with a restart', async ({
  desk,
}) => {
  const { page } = desk;
  await desk.open('clerk', 'health');
  await expect(page.locator('[data-tab="settings"]')).toHaveCount(0);
  await desk.close();

  await desk.open('engineer', 'settings');
  const row = (key: string) => page.locator(`[data-setting="${key}"]`);
  await expect(row('terminal.id')).toContainText('command line');
  await expect(row('outbox.challengeStock')).toContainText('demo.json');
  await expect(row('outbox.maxRows')).toContainText('defaults.json');
  await desk.axe();
  await desk.shoot('settings');
  await page.locator('input[type="search"]').fill('IDLE');
  await expect(row('timeouts.idleSeconds')).toBeVisible();
  await expect(row('terminal.id')).toHaveCount(0);

  await desk.surely('profile-broken');
  await expect(page.locator('.settings [role="alert"]')).toContainText('broken.json: timeouts.idleSeconds');
  await expect(page.locator('[data-profile]')).toHaveText('demo');
  await desk.shoot('settings-refused');

  await desk.surely('profile-evening');
  // The old core closes its console first; only the connection's end says that it is gone.
  await expect(page.locator('[data-access="away"]')).toBeVisible();
  await expect(page.locator('[data-access="closed"]')).toBeVisible();
  await desk.open('engineer', 'settings');
  await expect(page.locator('[data-profile]')).toHaveText('evening');
  await expect(row('timeouts.idleSeconds')).toContainText('77');
});

test('a code is typed as it is read, and a wrong one changes nothing', async ({ desk }) => {
  const { page } = desk;
  await desk.open('engineer', 'settings');
  await expect(page.locator('[data-identity]')).toHaveAttribute('data-identity', 'none');
  const field = page.locator('input[name="code"]');
  await field.pressSequentially('abcd efgh');
  await expect(field).toHaveValue('ABCD-EFGH');
  await expect(page.locator('[data-push="enrol"]')).toBeDisabled();
  await field.pressSequentially('jklm');
  await desk.push('enrol');
  await expect(page.locator('[data-enrol="code-refused"]')).toBeVisible();
  await expect(field).toHaveValue('');
  await expect(page.locator('[data-identity]')).toHaveAttribute('data-identity', 'none');
  await desk.push('language-en');
  await desk.axe();
  await desk.shoot('settings-en');
});
