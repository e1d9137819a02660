import { testForm } from '../sandbox/platform/forms.ts';
import { filmArguments, filmOfFace } from '../support/drawn-video.ts';
import { testFolder } from '../support/test-folder.ts';
import {
  apply,
  commitForm,
  formCode,
  keepShot,
  moveOn,
  shoot,
  textOfPage,
  toCamera,
  toFormRead,
  toggle,
} from './application-steps.ts';
import { expect, test } from './counter.ts';
import { printSlip } from './platform-and-paper.ts';

const film = filmOfFace(`${testFolder('world', 'film')}/face.y4m`);
test.use({ launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox', ...filmArguments(film)] } });

test('an application by scanner and camera, without e-mail: accepted, and its number tells how far the card is @every-shape', async ({
  counter,
}) => {
  const { page, sandbox } = counter;
  await apply(counter, 0);
  await counter.see('application-accepted');
  await counter.took('card application, scanned, no contact');
  await expect(page.locator('main')).toContainText('5週間');
  expect(await printSlip(counter)).toContain('5週間');
  expect(sandbox.printer.slips).toHaveLength(1);
  const receipt = await counter.readReceipt();
  await counter.press('done');
  await counter.see('attract');
  expect(await textOfPage(counter)).not.toContain(testForm(0));
  await expect(page.locator('canvas')).toHaveCount(0);

  const ask = async () => {
    await counter.press('start');
    await counter.press('receipt-lookup');
    await counter.see('receipt-find');
    await counter.scan(`MADO1R:${receipt}`);
    await counter.see('receipt-state');
    await expect(page.locator('[data-button="cancel-it"]')).toHaveCount(0);
    await counter.press('status');
    await counter.see('application-status');
  };
  await ask();
  await expect(page.locator('.card-steps [aria-current="step"]')).toContainText('届いた');
  await counter.press('done');
  await counter.see('attract');
  await moveOn(counter, receipt, { state: 'returned', reasons: ['photo-background'] });
  await ask();
  await expect(page.locator('main')).toContainText('写真のうしろに');
});

test('by the keys: typed form compared, moved, e-mail with one-touch ending, certificates, braille, another pose', async ({
  counter,
}) => {
  const { page } = counter;
  await toFormRead(counter);
  for (const [code, problem] of [
    ['https://example.jp/', 'scan-url'],
    ['MADO1R:1234567897', 'scan-receipt'],
    ['4901234567894', 'scan-garbage'],
  ] as const) {
    await counter.scan(code);
    await expect(page.locator(`[data-problem="${problem}"]`)).toBeVisible();
  }
  await page.locator('[data-key="1"]').tap();
  await page.locator('[data-edit="ok"]').tap();
  await expect(page.locator('[data-problem="too-short"]')).toBeVisible();
  await counter.press('home');

  await toCamera(counter, 1, {
    by: 'keys',
    moved: true,
    contact: { email: 'hanako.sato@docomo.ne.jp' },
    without: ['authentication'],
    braille: true,
    way: 'pose',
  });
  await shoot(counter);
  await keepShot(counter);
  for (const words of [testForm(1).slice(0, 4), 'hanako.sato', '@docomo', '申請書とちがう', '姿勢をとるのがむずかしい'])
    await expect(page.locator('main')).toContainText(words);
  await commitForm(counter, 1, 'keys');
  await counter.see('application-accepted');
  await counter.took('card application, typed, e-mail');
});

test('what it costs to leave a certificate out is said at once, and taken back by one touch', async ({ counter }) => {
  const { page } = counter;
  await toFormRead(counter);
  await counter.scan(formCode(2));
  await counter.press('no');
  await counter.press('none');
  await counter.press('next');
  await counter.see('certificates');
  await toggle(counter, 'authentication', false);
  await expect(page.locator('main')).toContainText('マイナポイントの予約・申し込みができません');
  await toggle(counter, 'authentication', true);
  await expect(page.locator('main')).not.toContainText('できません');
});

test('another form at the end: nothing is sent, and nothing is left @campaign', async ({ counter }) => {
  const { sandbox } = counter;
  await toCamera(counter, 3, { contact: { phone: '09012345678' } });
  await shoot(counter);
  await keepShot(counter);
  await commitForm(counter, 4);
  await counter.see('other-form');
  const text = await textOfPage(counter);
  for (const secret of [testForm(3), testForm(4), '09012345678', '090-1234-5678']) expect(text).not.toContain(secret);
  const summary = (await (await fetch(`${sandbox.platform.url}/sandbox/summary`)).json()) as { accepted: number };
  expect(summary).toMatchObject({ accepted: 0, refused: 0 });
});

test('offline: a 受付 slip without the form; its number cancels the application @campaign', async ({ counter }) => {
  const { page, sandbox } = counter;
  await toCamera(counter, 5);
  await shoot(counter);
  await keepShot(counter);
  sandbox.line.cut();
  await expect(page.locator('body')).toContainText('切れています');
  await commitForm(counter, 5);
  await counter.see('received');
  await expect(page.locator('main')).toContainText('この番号で、この機械で');
  await expect.poll(() => sandbox.printer.slips.length).toBe(1);
  expect(JSON.stringify(sandbox.printer.slips)).not.toContain(testForm(5));
  const receipt = await counter.readReceipt();
  await counter.press('done');
  await counter.see('attract');
  await counter.press('start');
  await counter.press('receipt-lookup');
  await counter.typeField(receipt);
  await counter.see('receipt-state');
  await counter.press('cancel-it');
  await counter.press('cancel-it');
  await counter.see('receipt-cancelled');
});

test('refused: the form was used already, and one that was never printed @campaign', async ({ counter }) => {
  const { page } = counter;
  await apply(counter, 6);
  await counter.see('application-accepted');
  await counter.press('done');
  await apply(counter, 6);
  await counter.see('refused');
  await expect(page.locator('main')).toContainText('もう、カードの申し込みがあります');
  await counter.press('done');
  await apply(counter, 999);
  await counter.see('refused');
  await expect(page.locator('main')).toContainText('見つかりません');
});

test('as many pictures as one likes; a page that is loaded again shows the picture once more', async ({ counter }) => {
  const { page } = counter;
  await toCamera(counter, 7);
  for (let shot = 1; shot <= 4; shot += 1) {
    await shoot(counter);
    await expect(page.locator(`[data-shot="${shot}"]`)).toBeVisible();
    if (shot < 4) await counter.press('retake');
  }
  await page.reload();
  await expect(page.locator('[data-shot="4"][data-shot-state="shown"]')).toBeVisible();
  // Light in its middle: it is the picture, and not an empty canvas.
  const light = await page.locator('[data-shot] canvas').evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) return [];
    return [...(element.getContext('2d')?.getImageData(350, 500, 1, 1).data ?? [])];
  });
  expect(light[0]).toBeGreaterThan(100);
  expect(light[0]).toBeGreaterThan(light[2] ?? 255);
});
