import { account, askStatus, commit, leave, signUp, toEntry, typeAccount } from '../support/walks.ts';
import { expect, test } from './counter.ts';

test('offline: a 受付 slip without the account; its number takes the sign-up back, and nothing is ever sent @every-shape', async ({
  counter,
}) => {
  const { sandbox, page } = counter;
  await toEntry(counter, 'fresh');
  sandbox.line.cut();
  await expect(page.locator('body')).toContainText('切れています');
  await typeAccount(counter, 9);
  await commit(counter, 'fresh');
  await counter.see('received');
  await expect.poll(() => sandbox.printer.slips.length).toBe(1);
  expect(sandbox.printer.slips[0]?.text ?? '').not.toContain(account(9).slice(-4));
  const number = await counter.readReceipt();
  await leave(counter);
  // What waits here is named to its own card, and to no other.
  await askStatus(counter, 'fresh');
  await counter.see('status-offline');
  expect(await counter.readReceipt()).toBe(number);
  await leave(counter);
  await counter.press('start');
  await counter.press('receipt-lookup');
  await counter.see('receipt-find');
  await counter.typeField(number);
  await counter.see('receipt-state');
  await counter.press('cancel-it');
  await counter.see('receipt-cancel');
  await counter.press('cancel-it');
  await counter.see('receipt-cancelled');
  // The screen of this name also says that it was too late.
  await expect(page.locator('main')).toContainText('取り消しました');
  await counter.took('pending, taken back');
  sandbox.line.mend();
  await expect(page.locator('body')).toContainText('つながっています');
  const summary = (await (await fetch(`${sandbox.platform.url}/sandbox/summary`)).json()) as {
    accepted: number;
    refused: number;
  };
  expect(summary).toMatchObject({ accepted: 0, refused: 0 });
});

test('after acceptance it is final and says so: the slip’s code, read by the hand scanner, offers no way back', async ({
  counter,
}) => {
  const { page } = counter;
  await signUp(counter, 'fresh', 4);
  await counter.see('signed-up');
  const number = await counter.readReceipt();
  await leave(counter);
  await counter.press('start');
  await counter.press('receipt-lookup');
  await counter.see('receipt-find');
  await counter.scan('MADO1S:mint-pay');
  await expect(page.locator('[data-problem]')).toBeVisible();
  await counter.scan(`MADO1R:${number}`);
  await counter.see('receipt-state');
  await expect(page.locator('main')).toContainText('もう変えられません');
  await expect(page.locator('[data-button="cancel-it"]')).toHaveCount(0);
});

test('status: what was set up, what the provider reported, what is still to come @every-shape @reader', async ({ counter }) => {
  const { sandbox, page } = counter;
  await signUp(counter, 'fresh', 10);
  await counter.see('signed-up');
  await leave(counter);
  await sandbox.providers['sakura-prepaid'].use('charge', account(10), 8000);
  await askStatus(counter, 'fresh');
  await counter.see('status');
  await counter.took('status');
  // The service, of its account only the end, what was charged, granted and is to come, and how it came about.
  await expect(page.locator('main')).toContainText('さくら坂プリペイド');
  await expect(page.locator('main')).toContainText(account(10).slice(-4));
  await expect(page.locator('body')).not.toContainText(account(10).slice(4, 12));
  await expect(page.locator('main')).toContainText('8,000');
  await expect(page.locator('.history li')).toContainText(['2,000', '8,000', '申し込み']);
  // Whether a charge of today counts is the service's own rule; this one's does.
  await expect(page.locator('main')).toContainText('2,000');
  await expect(page.locator('main')).toContainText('3,000');
});

test('municipal points: not for everybody; for who signed up; the same ones only once @every-shape @reader', async ({
  counter,
}) => {
  const { page } = counter;
  const toPolicy = async () => {
    await counter.see('attract');
    await counter.press('start');
    await counter.press('municipal');
    await counter.see('policies');
    await counter.choose('health');
    await counter.choose('990202-health');
    await counter.see('policy');
    await counter.press('next');
  };
  const apply = async () => {
    await toPolicy();
    await counter.press('yes');
    await counter.press('yes');
    await counter.see('whose-card');
    await counter.press('self');
    await counter.press('agree');
    await counter.see('insert-card');
    await counter.insertCard('fresh');
    await commit(counter, 'fresh');
  };
  await toPolicy();
  await counter.press('no');
  await counter.see('policy-not-for-you');
  await counter.press('done');
  await apply();
  await counter.see('refused');
  await leave(counter);
  await signUp(counter, 'fresh', 11);
  await counter.see('signed-up');
  await leave(counter);
  await apply();
  await counter.see('municipal-granted');
  await counter.took('municipal points');
  await expect(page.locator('main')).toContainText('1,000');
  await leave(counter);
  await apply();
  await counter.see('refused');
});
