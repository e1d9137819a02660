import { expect, test } from './staff-world.ts';

test('every setting with where it came from; another profile is refused with its sentence, or taken with a restart', async ({
  staffWorld,
}) => {
  const { page } = staffWorld;
  await staffWorld.open('clerk', 'health');
  await expect(page.locator('[data-tab="settings"]')).toHaveCount(0);
  await staffWorld.close();

  await staffWorld.open('engineer', 'settings');
  const row = (key: string) => page.locator(`[data-setting="${key}"]`);
  await expect(row('terminal.id')).toContainText('command line');
  await expect(row('outbox.challengeStock')).toContainText('demo.json');
  await expect(row('outbox.maxRows')).toContainText('defaults.json');
  await staffWorld.axe();
  await staffWorld.shoot('settings');
  await page.locator('input[type="search"]').fill('IDLE');
  await expect(row('timeouts.idleSeconds')).toBeVisible();
  await expect(row('terminal.id')).toHaveCount(0);

  await staffWorld.surely('profile-broken');
  await expect(page.locator('.settings [role="alert"]')).toContainText('broken.json: timeouts.idleSeconds');
  await expect(page.locator('[data-profile]')).toHaveText('demo');
  await staffWorld.shoot('settings-refused');

  await staffWorld.surely('profile-evening');
  // The old core closes its console first; only the connection's end says that it is gone.
  await expect(page.locator('[data-access="away"]')).toBeVisible();
  await expect(page.locator('[data-access="closed"]')).toBeVisible();
  await staffWorld.open('engineer', 'settings');
  await expect(page.locator('[data-profile]')).toHaveText('evening');
  await expect(row('timeouts.idleSeconds')).toContainText('77');
});

test('a code is typed as it is read, and a wrong one changes nothing', async ({ staffWorld }) => {
  const { page } = staffWorld;
  await staffWorld.open('engineer', 'settings');
  await expect(page.locator('[data-identity]')).toHaveAttribute('data-identity', 'none');
  const field = page.locator('input[name="code"]');
  await field.pressSequentially('abcd efgh');
  await expect(field).toHaveValue('ABCD-EFGH');
  await expect(page.locator('[data-push="enrol"]')).toBeDisabled();
  await field.pressSequentially('jklm');
  await staffWorld.push('enrol');
  await expect(page.locator('[data-enrol="code-refused"]')).toBeVisible();
  await expect(field).toHaveValue('');
  await expect(page.locator('[data-identity]')).toHaveAttribute('data-identity', 'none');
  await staffWorld.push('language-en');
  await staffWorld.axe();
  await staffWorld.shoot('settings-en');
});
