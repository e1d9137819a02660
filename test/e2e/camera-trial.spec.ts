import { LAYOUT_CODE } from '../../main/contract/key-layout.ts';
import { plainScan, scanInto } from '../support/scanner.ts';
import { expect, test } from './staff-window.ts';

const PICTURES = process.env.MADOGUCHI_PICTURES;

/** Two cameras, one of them not where the settings look for it; staff try both, and the scanner, from their own page. */
test.use({
  launchOptions: {
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-fake-device-for-media-stream=device-count=2', '--use-fake-ui-for-media-stream'],
  },
  staffSet: ['cameras.codes=fake_device_1', 'cameras.face=Portrait'],
});

test('staff try cameras and scanner: live on the public screen, told on their own page', async ({ office }) => {
  const { person } = office;
  const staff = await office.device(office.key('window 1', 'engineer'));
  await office.see('attract');
  await office.open(staff);
  const told = staff.locator('[data-trial]');
  await expect(told).toHaveAttribute('data-trial', 'none');
  await staff.locator('[data-push="try-codes"]').click();
  await expect(person.locator('[data-screen="out-of-order"] .scan-view[data-camera="running"]')).toBeVisible();
  await expect(told.locator('.message.ok')).toContainText('fake_device_1');
  await scanInto(person, plainScan(LAYOUT_CODE));
  await expect(told).toContainText('11 文字');
  await expect(told).toContainText('英語（US）キーボードの設定です');
  await office.axe(staff);
  if (PICTURES !== undefined) {
    await staff.screenshot({ path: `${PICTURES}/trial-staff.png`, fullPage: true });
    for (const [name, width, height] of [
      ['portrait', 1080, 1920],
      ['landscape', 1920, 1080],
      ['small', 1024, 768],
    ] as const) {
      await person.setViewportSize({ width, height });
      await person.screenshot({ path: `${PICTURES}/trial-codes-${name}.png` });
    }
  }
  await staff.locator('[data-push="try-face"]').click();
  await expect(person.locator('[data-screen="out-of-order"] .photo-view[data-camera="running"]')).toBeVisible();
  await expect(told.locator('.message.caution')).toContainText('ほかのカメラ');
  if (PICTURES !== undefined) {
    for (const [name, width, height] of [
      ['small', 1024, 768],
      ['landscape', 1920, 1080],
      ['portrait', 1080, 1920],
    ] as const) {
      await person.setViewportSize({ width, height });
      await person.screenshot({ path: `${PICTURES}/trial-face-${name}.png` });
    }
  }
  // Another tab: nobody looks at the trial any more, so the camera goes off.
  await staff.locator('[data-tab="audit"]').click();
  await expect(person.locator('[data-screen="out-of-order"] video')).toHaveCount(0);
  await staff.locator('[data-push="close"]').click();
  await office.see('attract');
});
