import { readFileSync } from 'node:fs';
import { expect, PASSCODE, test } from './staff-window.ts';

const PICTURES = process.env.MADOGUCHI_PICTURES;
const picture = (name: string) => (PICTURES === undefined ? {} : { path: `${PICTURES}/${name}.png`, fullPage: true });

test('a person calls: the staff’s window lights, with step and reason and nothing more; "coming" puts it out', async ({
  office,
}) => {
  const staff = await office.device(office.key('window 1', 'engineer'));
  const help = staff.locator('.help');
  await expect(help).toHaveAttribute('data-called', 'false');
  await office.see('attract');
  await office.press('start');
  await office.press('check');
  await office.see('insert-card');
  await expect(staff.locator('[data-busy="true"]')).toBeVisible();
  await staff.screenshot(picture('help-busy'));
  await office.person.locator('[data-call-staff]').tap();
  await expect(help).toHaveAttribute('data-called', 'true');
  await expect(help.locator('.call')).toContainText('係員を呼んでいます');
  await expect(help.locator('[data-step="insert-card"]')).toHaveText('カードを置く');
  await expect(help.locator('[data-journey="check"]')).toHaveText('カードの確認');
  await expect(help.locator('[data-reason="card.slow"]')).toContainText('まだ読み取れない');
  await expect(staff).toHaveTitle(/^● /);
  await office.axe(staff);
  await staff.screenshot(picture('help-lit'));
  await staff.locator('[data-push="language-en"]').click();
  await expect(help.locator('.call')).toContainText('Staff are called');
  await office.axe(staff);
  await staff.screenshot(picture('help-lit-en'));
  await staff.locator('[data-push="coming"]').click();
  await expect(help).toHaveAttribute('data-called', 'false');
  // The person still sees that somebody was called.
  await expect(office.person.locator('[data-call-staff]')).toHaveAttribute('data-called', 'true');
});

test('while somebody is at the screen the console stays shut; staff can end the visit, and the person is told', async ({
  office,
}) => {
  const staff = await office.device(office.key('window 1', 'engineer'));
  await staff.locator('[data-passcode]').fill(PASSCODE);
  await staff.locator('[data-passcode-again]').fill(PASSCODE);
  await staff.keyboard.press('Enter');
  await office.press('start');
  await office.press('check');
  await office.see('insert-card');
  await staff.locator('[data-push="open"]').click();
  await staff.locator('[data-passcode]').fill(PASSCODE);
  await staff.keyboard.press('Enter');
  await expect(staff.getByRole('alert')).toContainText('窓口を使っている人がいます');
  await office.axe(staff);
  await staff.screenshot(picture('in-use'));
  await office.see('insert-card');
  await staff.locator('[data-push="passcode-cancel"]').click();
  await staff.locator('[data-push="end-visit"]').click();
  await office.axe(staff);
  await staff.locator('[data-passcode]').fill(PASSCODE);
  await staff.keyboard.press('Enter');
  await expect(office.person.locator('[data-screen="goodbye"]')).toContainText('手続');
  await office.see('attract');
});

test('the console: the public screen is out of order, the record is there to read and save, a clerk sees less', async ({
  office,
}) => {
  const staff = await office.device(office.key('window 1', 'engineer'));
  await office.see('attract');
  await office.open(staff);
  await office.see('out-of-order');
  await expect(office.person.locator('[data-screen="out-of-order"]')).toContainText('点検');
  if (PICTURES !== undefined) await office.person.screenshot(picture('public-out'));
  await staff.locator('[data-tab="audit"]').click();
  await expect(staff.locator('[data-chain="whole"]')).toBeVisible();
  // The console opens on its first tab, and that look is in the record as well.
  await expect(staff.locator('tbody')).toContainText('管理画面を開く');
  await office.axe(staff);
  await staff.screenshot(picture('audit'));
  const coming = staff.waitForEvent('download');
  await staff.locator('[data-push="audit-save"]').click();
  const saved = await coming;
  expect(saved.suggestedFilename()).toMatch(/^audit-demo-01-\d{4}-\d\d-\d\d\.jsonl$/);
  const lines = readFileSync(await saved.path(), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines.at(-1)).toMatch(/^\{"head":/);

  const clerk = await office.device(office.key('window 2', 'clerk'), { width: 768, height: 1024 });
  await clerk.locator('[data-passcode]').fill(PASSCODE);
  await clerk.locator('[data-passcode-again]').fill(PASSCODE);
  await clerk.keyboard.press('Enter');
  await clerk.locator('[data-push="open"]').click();
  await clerk.locator('[data-passcode]').fill(PASSCODE);
  await clerk.keyboard.press('Enter');
  await expect(clerk.getByRole('alert')).toContainText('ほかの端末');
  await staff.locator('[data-push="close"]').click();
  await office.see('attract');
  await clerk.locator('[data-passcode]').fill(PASSCODE);
  await clerk.keyboard.press('Enter');
  await expect(clerk.locator('[data-access="open"]')).toBeVisible();
  await clerk.locator('[data-tab="audit"]').click();
  await expect(clerk.locator('[data-chain="whole"]')).toBeVisible();
  await expect(clerk.locator('[data-push="audit-save"]')).toHaveCount(0);
  await office.axe(clerk);
  await clerk.screenshot(picture('audit-clerk'));
  // The device goes, and the counter is open again.
  await clerk.close();
  await office.see('attract');
});

test('without a key, with a stranger’s key; the key is in no address, and a reload or another tab asks for none', async ({
  office,
}) => {
  const keyless = await office.device('');
  await expect(keyless.locator('main')).toContainText('この端末の鍵を入れてください');
  await office.axe(keyless);
  await keyless.screenshot(picture('keyless'));
  await keyless.locator('[data-key]').fill('no key');
  await keyless.keyboard.press('Enter');
  await expect(keyless.getByRole('alert')).toContainText('鍵の形ではない');
  await expect(keyless.locator('[data-key]')).toHaveValue('');
  await office.axe(keyless);
  const stranger = await office.device('x'.repeat(43));
  await expect(stranger.locator('[data-access="unknown-key"]')).toContainText('使えない鍵です');
  await office.axe(stranger);
  await stranger.screenshot(picture('unknown-key'));
  const key = office.key('window 1', 'engineer');
  const staff = await office.device(key);
  await expect(staff.locator('[data-access="no-passcode"]')).toBeVisible();
  expect(staff.url()).toBe(office.origin);
  await office.axe(staff);
  await staff.screenshot(picture('first-use'));
  await staff.locator('[data-passcode]').fill('123456');
  await staff.locator('[data-passcode-again]').fill('123456');
  await staff.keyboard.press('Enter');
  await expect(staff.getByRole('alert')).toContainText('思いつきやすい');
  await office.axe(staff);
  await staff.locator('[data-passcode]').fill(PASSCODE);
  await staff.locator('[data-passcode-again]').fill('805174');
  await staff.keyboard.press('Enter');
  await expect(staff.getByRole('alert')).toContainText('同じではありません');
  await staff.reload();
  await expect(staff.locator('[data-access="no-passcode"]')).toBeVisible();
  const other = await staff.context().newPage();
  await other.goto(office.origin);
  await expect(other.locator('[data-access="no-passcode"]')).toBeVisible();
  // A browser that was closed has lost its cookie: the half that the page kept opens nothing, and the key is asked for again.
  await staff.context().clearCookies();
  await staff.reload();
  await expect(staff.locator('[data-key]')).toBeVisible();
  await staff.goBack();
  expect(staff.url()).not.toContain(key);
});

test('five wrong passcodes: the page says so, the window goes on, a restart of the kiosk does not help', async ({ office }) => {
  const staff = await office.device(office.key('window 1', 'engineer'));
  await staff.locator('[data-passcode]').fill(PASSCODE);
  await staff.locator('[data-passcode-again]').fill(PASSCODE);
  await staff.keyboard.press('Enter');
  await staff.locator('[data-push="open"]').click();
  for (let left = 4; left >= 1; left--) {
    await staff.locator('[data-passcode]').fill('999999');
    await staff.keyboard.press('Enter');
    await expect(staff.getByRole('alert')).toContainText(`あと${left}回`);
  }
  await office.axe(staff);
  await staff.screenshot(picture('wrong-passcode'));
  await staff.locator('[data-passcode]').fill('999999');
  await staff.keyboard.press('Enter');
  await expect(staff.locator('[data-locked]')).toBeVisible();
  await office.axe(staff);
  await staff.screenshot(picture('locked'));
  await office.restart();
  await expect(staff.locator('[data-access="locked"]')).toBeVisible();
});

test('everything by the keyboard alone', async ({ office }) => {
  const staff = await office.device(office.key('window 1', 'engineer'));
  const focused = () =>
    staff.evaluate(
      () =>
        document.activeElement?.getAttribute('data-push') ??
        document.activeElement?.getAttribute('data-tab') ??
        (document.activeElement?.hasAttribute('data-passcode')
          ? 'passcode'
          : document.activeElement?.hasAttribute('data-passcode-again')
            ? 'again'
            : ''),
    );
  const tabTo = async (name: string) => {
    for (let n = 0; n < 40 && (await focused()) !== name; n++) await staff.keyboard.press('Tab');
    expect(await focused()).toBe(name);
  };
  await expect(staff.locator('[data-access="no-passcode"]')).toBeVisible();
  await tabTo('passcode');
  await staff.keyboard.type(PASSCODE);
  await tabTo('again');
  await staff.keyboard.type(PASSCODE);
  await tabTo('set-passcode');
  await staff.keyboard.press('Space');
  await expect(staff.locator('[data-access="closed"]')).toBeVisible();
  await tabTo('open');
  await staff.keyboard.press('Enter');
  // The form takes the focus by itself.
  await staff.keyboard.type(PASSCODE);
  await staff.keyboard.press('Enter');
  await expect(staff.locator('[data-access="open"]')).toBeVisible();
  await tabTo((await staff.locator('[role="tab"][aria-selected="true"]').getAttribute('data-tab')) ?? '');
  await staff.keyboard.press('End');
  await staff.keyboard.press('Home');
  await expect(staff.locator('[role="tab"]').first()).toHaveAttribute('aria-selected', 'true');
  await tabTo('close');
  await staff.keyboard.press('Enter');
  await expect(staff.locator('[data-access="closed"]')).toBeVisible();
});

test.describe('idle', () => {
  test.use({ staffSet: ['staff.idleSeconds=20'] });
  test('the console warns, stays for a touch, and closes by itself', async ({ office }) => {
    const staff = await office.device(office.key('window 1', 'engineer'));
    await office.open(staff);
    await expect(staff.locator('[data-push="stay"]')).toBeVisible();
    await office.axe(staff);
    await staff.screenshot(picture('idle-warning'));
    const closesIn = async () => Number(await staff.locator('[data-closes-in]').getAttribute('data-closes-in'));
    await expect.poll(closesIn).toBeLessThan(15);
    await staff.locator('[data-push="stay"]').click();
    await expect.poll(closesIn).toBeGreaterThan(17);
    await expect(staff.locator('[data-access="closed"]')).toBeVisible();
    await office.see('attract');
  });
});
