import { account, askStatus, commit, leave, signUp, toCard, toEntry, typeAccount } from '../support/walks.ts';
import { expect, test } from './counter.ts';
import { acceptedCount, printSlip } from './platform-and-paper.ts';

test('outcomes: not set up yet leads to both at once; a second sign-up is told which; another person’s account is refused @campaign', async ({
  counter,
}) => {
  const { page } = counter;
  await signUp(counter, 'fresh', 7, { hasId: true });
  await counter.see('not-set-up');
  expect(await printSlip(counter)).toContain('マイキーIDが、まだありません');
  await counter.press('next');
  await counter.see('terms');
  await counter.press('agree');
  await counter.see('entry');
  await page.locator('[data-edit="ok"]').tap();
  await expect(page.locator('main')).toContainText('PINコード');
  await page.locator('[data-edit="ok"]').tap();
  await commit(counter, 'fresh');
  await counter.see('signed-up');
  expect(await printSlip(counter)).toContain('マイナポイントの申し込み 完了');
  await leave(counter);
  await signUp(counter, 'fresh', 8);
  await counter.see('already-signed-up');
  await expect(page.locator('main')).toContainText(account(7).slice(-4));
  expect(await printSlip(counter)).toContain('申し込みはすんでいます');
  await leave(counter);
  await signUp(counter, 'fresh-2', 7);
  await counter.see('refused');
  await expect(page.locator('main')).toContainText('ほかの人');
  expect(await printSlip(counter)).toContain('この番号は、もう使われています');
});

test('outcomes: the conditions changed meanwhile are read again, and then it is accepted @campaign', async ({ counter }) => {
  await toEntry(counter, 'fresh');
  await counter.world('catalogue', { do: 'new-terms', service: 'sakura-prepaid', version: '2026-11-20' });
  await typeAccount(counter, 1);
  await commit(counter, 'fresh');
  await counter.see('terms-changed');
  expect(await printSlip(counter)).toContain('規約が新しくなりました');
  await counter.press('next');
  await counter.see('terms');
  await expect(counter.page.locator('main')).toContainText('2026年11月20日');
  await counter.press('agree');
  await counter.see('entry');
  await counter.page.locator('[data-edit="ok"]').tap();
  await expect(counter.page.locator('main')).toContainText('PINコード');
  await counter.page.locator('[data-edit="ok"]').tap();
  await commit(counter, 'fresh');
  await counter.see('signed-up');
});

test('outcomes: the service closed meanwhile; a wrong code; a provider that cannot be asked now @campaign', async ({
  counter,
}) => {
  const { sandbox, page } = counter;
  // The provider does not know this code.
  await toEntry(counter, 'fresh');
  await counter.typeField(account(2));
  await counter.typeField('0000');
  await commit(counter, 'fresh');
  await counter.see('refused');
  await expect(page.locator('main')).toContainText('番号');
  expect(await printSlip(counter)).toContain('サービスに聞いたところ');
  await leave(counter);
  // It cannot be asked: received, and settled later.
  sandbox.providers['sakura-prepaid'].away = true;
  await signUp(counter, 'fresh', 2);
  await counter.see('received');
  await leave(counter);
  expect(await acceptedCount(counter)).toBe(0);
  sandbox.providers['sakura-prepaid'].away = false;
  await expect.poll(() => acceptedCount(counter)).toBe(1);
  await askStatus(counter, 'fresh');
  await counter.see('status');
  await expect(page.locator('main')).toContainText(account(2).slice(-4));
  await leave(counter);
  // Closed while the next person types.
  await toEntry(counter, 'fresh-2');
  await counter.world('catalogue', { do: 'close', service: 'sakura-prepaid' });
  await typeAccount(counter, 3);
  await commit(counter, 'fresh-2');
  await counter.see('refused');
  await expect(page.locator('main')).toContainText('終わりました');
  expect(await printSlip(counter)).toContain('このサービスの受付は終わりました');
});

test('outcomes: certificate expired, revoked, renewed today; parked @campaign', async ({ counter }) => {
  const { page } = counter;
  await toCard(counter, 'expired');
  await counter.see('card-problem');
  await expect(page.locator('main')).toContainText('期限');
  expect(await printSlip(counter)).toContain('電子証明書の期限が切れています');
  await leave(counter);

  await signUp(counter, 'revoked', 4);
  await counter.see('refused');
  await expect(page.locator('main')).toContainText('電子証明書');
  expect(await printSlip(counter)).toContain('電子証明書が、使えなくなっています');
  await leave(counter);

  await toCard(counter, 'renewed-today');
  await counter.see('renewed-question');
  await counter.press('yes');
  await counter.see('renewed-wait');
  expect(await printSlip(counter)).toContain('あさって以降に');
  await leave(counter);

  await counter.world('faults', { type: 'status', status: 422, times: 1, on: ['batches'] });
  await signUp(counter, 'fresh', 5);
  await counter.see('parked');
  await expect(page.locator('main')).toContainText('困ったことがありました');
  expect(await printSlip(counter)).toContain('係の人にこの紙を見せてください');
});

test('outcomes: a certificate that the verifier does not know yet; a content that the platform does not take @campaign', async ({
  counter,
}) => {
  const { page } = counter;
  await counter.world('faults', { type: 'certificate-unknown', times: 1 });
  await signUp(counter, 'fresh', 4);
  await counter.see('refused');
  await expect(page.locator('main')).toContainText('1日くらい');
  await leave(counter);
  // The two clocks are three hours apart: nobody can say when the person acted.
  await counter.world('faults', { type: 'clock-skew', ms: -3 * 3_600_000, on: ['batches'] });
  await signUp(counter, 'fresh', 4);
  await counter.see('refused');
  await expect(page.locator('main')).toContainText('お申し込みの内容が');
  expect(await acceptedCount(counter)).toBe(0);
});
