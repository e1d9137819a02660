import { readFileSync } from 'node:fs';
import { HealthCheckId } from '../../main/contract/staff.ts';
import { expect, test } from './staff-world.ts';

test('fourteen numbered checks: what is wrong is said with what to do, and can be read out on the telephone', async ({
  staffWorld,
}) => {
  const { page, sandbox } = staffWorld;
  const check = (id: HealthCheckId) => page.locator(`[data-check="${id}"]`);
  await staffWorld.open('clerk', 'health');
  await expect(page.locator('[data-check]')).toHaveCount(HealthCheckId.options.length);
  expect(await page.locator('.check-number').allInnerTexts()).toEqual(HealthCheckId.options.map((_, index) => String(index + 1)));
  await expect(check('platform')).toHaveAttribute('data-finding', 'answers');
  await expect(check('database')).toHaveAttribute('data-finding', 'whole');
  await expect(check('card-contact')).toContainText('カードを1枚置いて');
  await staffWorld.axe();
  await staffWorld.shoot('health-good');

  // Closed by hand, and given back: what is said follows.
  const opening = page.locator('[data-opening]');
  await expect(opening).toHaveAttribute('data-opening', 'open');
  await staffWorld.push('opening-close');
  await expect(opening).toHaveAttribute('data-opening', 'closed');
  await opening.scrollIntoViewIfNeeded();
  await staffWorld.shoot('health-closed');
  await staffWorld.push('opening-follow');
  await expect(opening).toHaveAttribute('data-opening', 'open');

  // The line goes: the platform is away, and the clock cannot be compared.
  sandbox.line.cut();
  await expect.poll(() => sandbox.cards.lay('fresh')).toBe(true);
  await staffWorld.push('health-again');
  await expect(check('platform')).toHaveAttribute('data-finding', 'away');
  await expect(check('platform').locator('.todo')).toContainText('LANケーブル');
  await expect(check('clock')).toHaveAttribute('data-state', 'unknown');
  // A card of the staff's own is asked: no PIN, no session on the public screen.
  await expect(check('card-contact')).toHaveAttribute('data-finding', 'probed');
  await expect(page.locator('#panel-health [role="status"]').first()).toContainText('9');
  await staffWorld.shoot('health-bad');
  await sandbox.cards.takeOff();

  const saved = page.waitForEvent('download');
  await staffWorld.push('health-text');
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^health-demo-01-\d{8}-\d{4}\.txt$/);
  expect(readFileSync(await file.path(), 'utf8')).toMatch(/^ 9 BAD {5}platform: away\r$/m);

  await staffWorld.push('language-en');
  await expect(check('platform').locator('.todo')).toContainText('network cable');
  await staffWorld.axe();
  await staffWorld.shoot('health-en');
});
