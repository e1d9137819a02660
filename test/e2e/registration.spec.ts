import { luhnDigit } from '../../main/contract/receipt.ts';
import { commit, leave, toSignUp } from '../support/walks.ts';
import { expect, test } from './counter.ts';

test('a service that wants a registration first: who has none takes a slip that says how; who has one signs up @campaign', async ({
  counter,
}) => {
  const { sandbox, page } = counter;
  const toQuestion = async () => {
    await toSignUp(counter);
    await counter.press('next');
    await counter.scan('MADO1S:sumireno-credit');
    await counter.see('service');
    await counter.press('purchase');
    await counter.see('pre-registration');
    await expect(page.locator('main')).toContainText('登録がいります');
  };
  await toQuestion();
  await counter.press('no');
  await counter.see('saved-for-later');
  await expect.poll(() => sandbox.printer.slips.length).toBe(1);
  expect(JSON.stringify(sandbox.printer.slips[0]?.slip)).toContain('先に、カード会社のページで登録がいります。');
  await counter.press('done');

  await toQuestion();
  for (const button of ['yes', 'self', 'no', 'agree', 'agree', 'agree'] as const) await counter.press(button);
  await counter.see('insert-card');
  await counter.insertCard('fresh');
  await counter.see('entry');
  const body = '352212345678901';
  for (const field of [body + String(luhnDigit(body)), '123', '19800101']) await counter.typeField(field);
  await commit(counter, 'fresh');
  await counter.see('signed-up');
  await expect(page.locator('main')).toContainText('すみれ野クレジット');
  await leave(counter);
});
