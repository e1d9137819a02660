import { expect, type Page } from '@playwright/test';

/** A staff device's first step, on a browser that forgets whatever key it had: the key, by the keyboard. */
export async function enterStaffKey(page: Page, address: string, key: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto(address);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await page.locator('[data-key]').fill(key);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-access]:not([data-access="away"])')).toBeVisible();
}
