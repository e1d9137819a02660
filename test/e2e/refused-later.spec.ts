import { account, askStatus, commit, leave, signUp, toEntry, typeAccount } from '../support/walks.ts';
import { expect, test } from './counter.ts';

test('offline, and refused when the line is back: the card’s status and the slip’s number both say why @campaign', async ({
  counter,
}) => {
  const { sandbox, page } = counter;
  await signUp(counter, 'fresh-2', 7);
  await counter.see('signed-up');
  await leave(counter);
  await toEntry(counter, 'fresh', { hasId: false });
  sandbox.line.cut();
  await expect(page.locator('body')).toContainText('切れています');
  await typeAccount(counter, 7);
  await commit(counter, 'fresh');
  await counter.see('received');
  const number = await counter.readReceipt();
  await leave(counter);
  sandbox.line.mend();
  const refused = async () =>
    ((await (await fetch(`${sandbox.platform.url}/sandbox/summary`)).json()) as { refused: number }).refused;
  await expect.poll(refused).toBe(1);

  await askStatus(counter, 'fresh');
  await counter.see('status');
  await expect(page.locator('main')).toContainText('この番号は、もう使われています');
  expect(await counter.readReceipt()).toBe(number);
  await leave(counter);

  await counter.press('start');
  await counter.press('receipt-lookup');
  await counter.see('receipt-find');
  await counter.typeField(number);
  await counter.see('receipt-state');
  await expect(page.locator('main')).toContainText('ほかの人が、この番号で申し込んでいます');
  await expect(page.locator('body')).not.toContainText(account(7).slice(-4));
});
