import { accountOf } from '../sandbox/providers/accounts.ts';
import {
  account,
  commit,
  leave,
  nextPersonToEntry,
  signUp,
  toEntry,
  toReadBack,
  toSignUp,
  typeAccount,
} from '../support/walks.ts';
import { expect, tapKeys, test } from './counter.ts';

test('sign-up by typing: finder, entry with the card on, read-back, PIN last; the ID is made along @every-shape @reader', async ({
  counter,
}) => {
  await toEntry(counter, 'fresh');
  await typeAccount(counter, 1);
  await expect(counter.page.locator('main')).toContainText('さくら坂プリペイド');
  await commit(counter, 'fresh');
  await counter.see('signed-up');
  await counter.took('sign-up, typed', 43);
  await expect(counter.page.locator('main')).toContainText('5,000');
  await expect(counter.page.locator('body')).not.toContainText(account(1).slice(0, 12));
  await counter.press('done');
  await counter.see('take-card');
  await expect(counter.page.locator('body')).not.toContainText(account(1).slice(-4));
  await leave(counter);
});

test('sign-up by scan, by who represents the holder: what the pay app shows fills both fields at once; a web address is told apart @reader @campaign', async ({
  counter,
}) => {
  await toEntry(counter, 'fresh', { service: 'mint-pay', on: 'purchase', whose: 'represented' });
  await counter.scan('https://example.com/');
  await expect(counter.page.locator('[data-problem]')).toBeVisible();
  const { account: number, codes } = accountOf('mint-pay', 1);
  await counter.scan(`mintpay:${number}:${codes[0]}`);
  await counter.see('read-back');
  await expect(counter.page.locator('main')).toContainText('代理');
  await commit(counter, 'fresh');
  await counter.see('signed-up');
  await counter.took('sign-up, scanned, for somebody else', 19);
});

test('sign-up by scan with one’s own card, in the fewest touches; what each consent is to stands before the person', async ({
  counter,
}) => {
  await toSignUp(counter);
  await counter.press('self');
  await counter.see('finder');
  await counter.findService('mint-pay');
  await counter.see('service');
  await counter.press('purchase');
  await counter.see('has-id');
  await counter.press('no');
  for (const number of [1, 2, 3]) {
    await counter.see('terms');
    const agree = counter.page.locator('[data-button="agree"]');
    await expect(agree).toContainText(String(number));
    await expect(counter.page.locator('h2.document .number').nth(number - 1)).toBeInViewport();
    await expect(counter.page.locator('.bullets').first()).toBeInViewport();
    await expect(counter.page.locator('h2.document .agreed')).toHaveCount(number - 1);
    await counter.press('agree');
  }
  await counter.see('insert-card');
  await counter.insertCard('fresh');
  await counter.see('entry');
  const { account: number, codes } = accountOf('mint-pay', 3);
  await counter.scan(`mintpay:${number}:${codes[0]}`);
  await commit(counter, 'fresh');
  await counter.see('signed-up');
  await counter.took('sign-up, scanned', 18);
});

test('after a set-up with the same card: the service by its kind and kana row, its account by scan', async ({ counter }) => {
  const { page } = counter;
  await toReadBack(counter, 'fresh-2');
  await commit(counter, 'fresh-2');
  await counter.issuedId();
  const before = await counter.touches();
  await counter.press('sign-up');
  await counter.see('finder');
  await page.locator('[data-find="row-マ"]').tap();
  await page.locator('[data-find="category-qr"]').tap();
  // Few enough for one page, in whatever order they come.
  await counter.choose('mint-pay');
  await counter.see('service');
  await counter.press('purchase');
  await counter.press('agree');
  await counter.see('entry');
  const { account: number, codes } = accountOf('mint-pay', 4);
  await counter.scan(`mintpay:${number}:${codes[0]}`);
  await commit(counter, 'fresh-2');
  await counter.see('signed-up');
  expect((await counter.touches()) - before).toBe(12);
});

test.describe('where people are helped', () => {
  test.use({ set: ['helpers=true'] });
  test('helper mode: the holder reads everything a second time @campaign', async ({ counter }) => {
    await toEntry(counter, 'fresh', { helped: true });
    await typeAccount(counter, 6);
    await counter.confirm();
    await counter.see('hand-over');
    await counter.press('next');
    await counter.see('read-back');
    await expect(counter.page.locator('main')).toContainText('2回目');
    await commit(counter, 'fresh');
    await counter.see('signed-up');
  });
});

test('family run: the next person finds the service chosen; the same account is warned of; two people, two accounts @every-shape', async ({
  counter,
}) => {
  await signUp(counter, 'fresh', 1);
  await counter.see('signed-up');
  await nextPersonToEntry(counter, 'fresh-2');
  await tapKeys(counter.page, account(1));
  await expect(counter.page.locator('main')).toContainText('ご家族');
  await counter.page.locator('[data-edit="clear"]').tap();
  await typeAccount(counter, 2);
  await commit(counter, 'fresh-2');
  await counter.see('signed-up');
  await expect(counter.page.locator('main')).toContainText(account(2).slice(-4));
  await expect(counter.page.locator('body')).not.toContainText(account(1).slice(-4));
  await counter.took('family run, two people', 96);
});

test('a service that is only in its own app says so, shows its code for a phone, and leads to another one', async ({
  counter,
}) => {
  const { page } = counter;
  await toSignUp(counter);
  await counter.press('next');
  await counter.scan('MADO1S:kaededori-card');
  await counter.see('service');
  await expect(page.locator('main')).toContainText('このサービスのアプリで');
  await expect(page.locator('.phone-code svg')).toBeVisible();
  await expect(page.locator('[data-button="charge"], [data-button="purchase"], [data-button="later"]')).toHaveCount(0);
  await counter.press('back');
  await counter.see('finder');
});

test('a child under 15: a service that takes no minors says so before anything is typed; another one takes the card @campaign', async ({
  counter,
}) => {
  await toSignUp(counter);
  await counter.press('next');
  await counter.scan('MADO1S:keyaki-credit');
  await counter.see('service');
  await counter.press('purchase');
  await counter.press('child');
  await counter.see('service');
  await expect(counter.page.locator('main')).toContainText('未成年');
  await counter.press('home');
  await signUp(counter, 'child', 3, { whose: 'child' });
  await counter.see('signed-up');
});

test('save for later: a slip with the service and nothing of the person; its code finds the service again', async ({
  counter,
}) => {
  const { sandbox, page } = counter;
  await toSignUp(counter);
  await counter.press('next');
  await counter.scan('MADO1S:keyaki-credit');
  await counter.see('service');
  await counter.press('later');
  await counter.see('saved-for-later');
  await expect.poll(() => sandbox.printer.slips.length).toBe(1);
  expect(sandbox.printer.slips[0]?.text ?? '').toContain('けやき広場クレジット');
  await counter.took('save for later');
  await counter.press('done');
  await toSignUp(counter);
  await counter.scan('MADO1S:nobody-knows-this');
  await expect(page.locator('main')).toContainText('前にもらった紙のものではありません');
  await counter.scan('MADO1S:keyaki-credit');
  await counter.see('service');
  await expect(page.locator('main')).toContainText('けやき広場クレジット');
});
