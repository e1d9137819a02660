import { readFileSync } from 'node:fs';
import { HealthCheckId } from '../../main/contract/staff.ts';
import { expect, test } from './ops-desk.ts';

test('fourteen numbered checks: what is wrong is said with what to do, and can be read out on the telephone', async ({
  desk,
}) => {
  const { page, sandbox } = desk;
  const check = (id: HealthCheckId) => page.locator(`[data-check="${id}"]`);
  await desk.open('clerk', 'health');
  await expect(page.locator('[data-check]')).toHaveCount(HealthCheckId.options.length);
  expect(await page.locator('.check-number').allInnerTexts()).toEqual(HealthCheckId.options.map((_, index) => String(index + 1)));
  await expect(check('platform')).toHaveAttribute('data-finding', 'answers');
  await expect(check('database')).toHaveAttribute('data-finding', 'whole');
  await expect(check('card-contact')).toContainText('カードを1枚置いて');
  await desk.axe();
  await desk.shoot('health-good');

  // Closed by hand, and given back: what is said follows.
  const opening = page.locator('[data-opening]');
  await expect(opening).toHaveAttribute('data-opening', 'open');
  await desk.push('opening-close');
  await expect(opening).toHaveAttribute('data-opening', 'closed');
  await opening.scrollIntoViewIfNeeded();
  await desk.shoot('health-closed');
  await desk.push('opening-follow');
  await expect(opening).toHaveAttribute('data-opening', 'open');

  // The line goes: the platform is away, and the clock cannot be compared.
  sandbox.line.cut();
  await expect.poll(() => sandbox.cards.lay('fresh')).toBe(true);
  await desk.push('health-again');
  await expect(check('platform')).toHaveAttribute('data-finding', 'away');
  await expect(check('platform').locator('.todo')).toContainText('LANケーブル');
  await expect(check('clock')).toHaveAttribute('data-state', 'unknown');
  // A card of the staff's own is asked: no PIN, no session on the public screen.
  await expect(check('card-contact')).toHaveAttribute('data-finding', 'probed');
  await expect(page.locator('#panel-health [role="status"]').first()).toContainText('9');
  await desk.shoot('health-bad');
  await sandbox.cards.takeOff();

  const saved = page.waitForEvent('download');
  await desk.push('health-text');
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^health-demo-01-\d{8}-\d{4}\.txt$/);
  expect(readFileSync(await file.path(), 'utf8')).toMatch(/^ 9 BAD {5}platform: away\r$/m);

  await desk.push('language-en');
  await expect(check('platform').locator('.todo')).toContainText('network cable');
  await desk.axe();
  await desk.shoot('health-en');
});
