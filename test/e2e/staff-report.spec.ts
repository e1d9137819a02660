import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { openUsageStats } from '../../main/core/usage-stats/usage-stats.ts';
import { systemClock } from '../../main/hosts/core/system.ts';
import { startStaffHost } from '../../main/hosts/node/staff-host.ts';
import { rangeOf } from '../../renderer/staff/report/days.ts';
import { makeStaffKey, type StaffCore, startStaffCore } from '../support/staff-core.ts';
import { testFolder } from '../support/test-folder.ts';
import { enterStaffKey } from './enter-staff-key.ts';

/** "Today and the plan" on the staff's own device: a real core with counts of last month, its staff host, a tablet. */
const PASSCODE = '805173';
const lastMonth = rangeOf('last-month', Date.now());
const CATEGORIES = { qr: 40, 'e-money': 20, credit: 12, debit: 3, prepaid: 9 };

/** Last month as a kiosk would have counted it. */
function countLastMonth(data: string): void {
  const usageStats = openUsageStats({ data, clock: systemClock, log: () => {} });
  const add = (date: number, key: string, n: number) =>
    usageStats.add(`${lastMonth.from.slice(0, 8)}${String(date).padStart(2, '0')}`, key, n);
  for (let date = 1; date <= 28; date++) {
    add(date, 'visits', 20);
    add(date, 'outcome:set-up:issued', date % 7 === 0 ? 2 : 5 + (date % 4));
    add(date, 'minutes:set-up:3', 5);
  }
  for (const [category, count] of Object.entries(CATEGORIES)) add(9, `category:${category}`, count);
  add(9, 'helped', 21);
  add(3, 'outcome:card-application:accepted', 6);
  add(3, 'abandoned:sign-up:entry:timeout', 14);
  add(4, 'abandoned:set-up:pin:removed', 7);
  add(5, 'abandoned:set-up:terms:home', 5);
  add(6, 'abandoned:sign-up:finder:home', 2);
  add(3, 'referral:pin-locked', 8);
  add(3, 'referral:pin-less-card', 1);
  for (let minute = 540; minute < 1020; minute++) {
    usageStats.countMinute(`${lastMonth.from.slice(0, 8)}03`, minute, minute < 545 ? 'out-of-order' : 'served');
  }
  usageStats.close();
}

interface Place {
  readonly core: StaffCore;
  readonly address: string;
  readonly key: string;
}

const test = base.extend<{ place: Place }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  place: async ({}, use) => {
    const data = testFolder('kiosk', 'staff-report');
    countLastMonth(data);
    const key = makeStaffKey(data, 'window 1', 'clerk');
    const core = await startStaffCore(data);
    const host = await startStaffHost({ page: resolve('dist/renderer'), socket: core.staffSocket ?? '', port: 0, log: () => {} });
    if (!host.ok) throw new Error(host.error);
    await use({ core, address: `${host.value.origin}/`, key });
    await host.value.close();
    await core.stop();
  },
});

/** First use of the key, then the console, then the tab. */
async function openReport(page: Page, { address, key }: Place): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  await enterStaffKey(page, address, key);
  await page.locator('[data-passcode]').fill(PASSCODE);
  await page.locator('[data-passcode-again]').fill(PASSCODE);
  await page.locator('[data-push="set-passcode"]').tap();
  await page.locator('[data-push="open"]').tap();
  await page.locator('[data-passcode]').fill(PASSCODE);
  await page.locator('form.passcode [type="submit"]').tap();
  await page.locator('[data-tab="report"]').tap();
  await expect(page.locator('[data-number="setUps"]')).toBeVisible();
}

const number = (page: Page, name: string) => page.locator(`[data-number="${name}"]`);
const row = (page: Page, panel: string, key: string) => page.locator(`[data-panel="${panel}"] [data-row="${key}"] .value`);
const axe = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]);

async function saved(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator(`[data-push="${button}"]`).tap()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('last month against the plan: numbers, pictures, CSV and PDF say the same, and small ones are few', async ({
  page,
  place,
}) => {
  await openReport(page, place);
  await page.locator('[data-push="range-last-month"]').tap();
  await expect(page.locator('[data-period]')).toHaveAttribute('data-period', `${lastMonth.from} ${lastMonth.to}`);
  await expect(number(page, 'setUps')).toHaveText('164件');
  await expect(number(page, 'planPercent')).toHaveText('—');
  await page.locator('#issued-cards').fill('４１０');
  await page.locator('[data-push="issued-save"]').tap();
  await expect(number(page, 'planPercent')).toHaveText('80 %');
  await expect(page.locator('[data-panel="plan"] [role="status"]')).toBeVisible();

  await expect(number(page, 'signUps')).toHaveText('84件');
  await expect(number(page, 'visits')).toHaveText('560回');
  await expect(number(page, 'helpedPercent')).toHaveText('25 %');
  await expect(number(page, 'uptimePercent')).toHaveText('99 %');
  await expect(row(page, 'categories', 'qr')).toHaveText('40');
  // Alone it could be computed from the total: the next one goes with it.
  await expect(row(page, 'categories', 'debit')).toHaveText('少数');
  await expect(row(page, 'categories', 'prepaid')).toHaveText('少数');
  await expect(row(page, 'abandoned', 'entry.timeout')).toHaveText('14');
  await expect(row(page, 'abandoned', 'other')).toHaveText('7');
  await expect(row(page, 'referrals', 'pin-less-card')).toHaveText('少数');
  await expect(page.getByRole('img', { name: /マイナポイントの予約の棒グラフ/ })).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await page.locator('[data-panel="days"] summary').tap();
  await expect(page.locator('table.days tbody tr').nth(6)).toContainText('少数');

  const csv = await saved(page, 'report-csv');
  expect(csv.name).toBe(`report_${lastMonth.from}_${lastMonth.to}.csv`);
  const lines = csv.bytes.toString('utf8').split('\r\n');
  expect(lines[0]?.startsWith('\uFEFFsection,key,')).toBe(true);
  const value = (start: string) =>
    lines
      .find((line) => line.startsWith(start))
      ?.split(',')
      .at(-1);
  expect([value('plan,set-ups,'), value('plan,percent,'), value('sign-ups,qr,'), value('sign-ups,debit,')]).toEqual([
    '164',
    '80',
    '40',
    '少数 few',
  ]);
  const pdf = await saved(page, 'report-pdf');
  expect(pdf.name).toBe(`report_${lastMonth.from}_${lastMonth.to}.pdf`);
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');

  await page.locator('[data-push="language-en"]').tap();
  await expect(row(page, 'categories', 'debit')).toHaveText('few');
  await page.setViewportSize({ width: 768, height: 1024 });
  expect(await axe(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test("what happens at the counter is counted today, and one person alone is few; days of one's own; what is no number", async ({
  page,
  place,
}) => {
  const kiosk = await place.core.page();
  await kiosk.see('attract');
  await kiosk.go('start', 'menu');
  await kiosk.go('home', 'attract');
  await openReport(page, place);
  await page.locator('[data-push="range-today"]').tap();
  await expect(number(page, 'visits')).toHaveText('少数');
  await expect(row(page, 'abandoned', 'other')).toHaveText('少数');
  await expect(number(page, 'setUps')).toHaveText('0件');
  await expect(page.locator('[data-panel="days"]')).toHaveCount(0);
  expect(await axe(page)).toEqual([]);

  await page.locator('[data-push="range-own"]').tap();
  const [from, to] = [page.locator('.own-range input').first(), page.locator('.own-range input').last()];
  await from.fill(lastMonth.to);
  await to.fill(lastMonth.from);
  await page.locator('[data-push="range-show"]').tap();
  await expect(page.locator('.own-range [role="alert"]')).toBeVisible();
  await from.fill(`${lastMonth.from.slice(0, 8)}03`);
  await to.fill(`${lastMonth.from.slice(0, 8)}04`);
  await page.locator('[data-push="range-show"]').tap();
  await expect(number(page, 'setUps')).toHaveText('13件');
  await expect(page.locator('[data-panel="plan"]')).toContainText('新規交付の枚数を入力すると');

  await page.locator('#issued-cards').fill('many');
  await page.locator('[data-push="issued-save"]').tap();
  await expect(page.locator('[data-panel="plan"] [role="alert"]')).toBeVisible();
  await expect(page.locator('#issued-cards')).toHaveAttribute('aria-invalid', 'true');
});
