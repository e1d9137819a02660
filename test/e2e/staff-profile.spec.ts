import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { enterStaffKey } from './enter-staff-key.ts';
import { filesWith } from './files-with.ts';
import { expect, PASSCODE, test } from './staff-window.ts';

/** A staff device's browser, with a profile on its disk: what it leaves there after use. */
test('neither the key nor the passcode is in any file of the browser', async ({ office, launchOptions }) => {
  const key = office.key('window 1', 'engineer');
  const profile = mkdtempSync(join(tmpdir(), 'mado-profile-'));
  const { executablePath, args = [] } = launchOptions;
  const device = await chromium.launchPersistentContext(profile, { ...(executablePath ? { executablePath } : {}), args });
  const page = device.pages()[0] ?? (await device.newPage());
  await enterStaffKey(page, office.origin, key);
  await office.open(page);
  // A second window and a reload need no key: the browser has it, and no page does.
  const second = await device.newPage();
  await second.goto(office.origin);
  await expect(second.locator('[data-access="closed"]')).toBeVisible();
  await page.reload();
  await expect(page.locator('[data-access="closed"]')).toBeVisible();
  const inPage = await page.evaluate(
    () => `${document.cookie} ${JSON.stringify(localStorage)} ${JSON.stringify(sessionStorage)}`,
  );
  expect(inPage).not.toContain(key);
  await device.close();
  expect(filesWith(profile, office.origin).map((path) => path.split('/').at(-1))).toContain('History');
  expect(filesWith(profile, key, PASSCODE)).toEqual([]);
  rmSync(profile, { recursive: true });
});
