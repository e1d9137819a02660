import { accountOf } from '../sandbox/providers/accounts.ts';
import { account, commit, leave, signUp, takeBack, toEntry, typeAccount } from '../support/walks.ts';
import { expect, tapKeys, test } from './counter.ts';
import { acceptedCount } from './platform-and-paper.ts';

// SOURCES.md, Mishaps of 2023: how 172 people's points came to somebody else.

test('mis-linkage of 2023, the chain: A has no ID at hand and leaves, B sits down; B’s card cannot get under A’s visit @reader', async ({
  counter,
}) => {
  await toEntry(counter, 'fresh');
  await leave(counter);
  await signUp(counter, 'fresh-2', 2);
  await counter.see('signed-up');
  await leave(counter);
  // A comes back days later, and is not told "already applied".
  await signUp(counter, 'fresh', 1);
  await counter.see('signed-up');
});

test('mis-linkage of 2023, the chain with the card left behind: B’s card on the reader ends A’s visit, whatever A had typed', async ({
  counter,
}) => {
  await toEntry(counter, 'fresh');
  await counter.typeField(account(1));
  // B swaps the cards without a word.
  await counter.insertCard('fresh-2');
  await counter.see('goodbye', 'attract', 'take-card', 'menu');
  await expect(counter.page.locator('body')).not.toContainText(account(1).slice(-4));
});

test('the 32 mistypes, last digit wrong: caught by the check digit before anything is read back @campaign', async ({
  counter,
}) => {
  await toEntry(counter, 'fresh');
  const right = account(5);
  const wrong = right.slice(0, -1) + String((Number(right.at(-1)) + 1) % 10);
  await tapKeys(counter.page, wrong);
  await expect(counter.page.locator('[data-problem]')).toBeVisible();
  await counter.page.locator('[data-edit="ok"]').tap();
  await counter.see('entry');
  await expect(counter.page.locator('[data-problem]')).toBeVisible();
});

test('the 32 mistypes, two digits wrong so that the check digit fits: the service does not know them, and nothing is linked @campaign', async ({
  counter,
}) => {
  await toEntry(counter, 'fresh');
  // Adding 1 in an odd place and taking 1 away in another odd place keeps the Luhn sum.
  const right = account(5);
  const digits = [...right].map(Number);
  const up = digits.findIndex((digit, at) => at > 4 && at % 2 === 1 && digit < 9);
  const down = digits.findIndex((digit, at) => at > up && at % 2 === 1 && digit > 0);
  digits[up] = (digits[up] ?? 0) + 1;
  digits[down] = (digits[down] ?? 0) - 1;
  await counter.typeField(digits.join(''));
  await counter.typeField('1234');
  await commit(counter, 'fresh');
  await counter.see('refused');
  await leave(counter);
  await toEntry(counter, 'fresh');
  await typeAccount(counter, 5);
  await commit(counter, 'fresh');
  await counter.see('signed-up');
});

test.describe('where people are helped', () => {
  test.use({ set: ['helpers=true'] });
  test('the 32 mistypes, a helper types the number of somebody else whom the service knows: the holder’s own reading finds it', async ({
    counter,
  }) => {
    const { page } = counter;
    await toEntry(counter, 'fresh', { helped: true });
    await typeAccount(counter, 15);
    await counter.confirm();
    await counter.see('hand-over');
    await counter.press('next');
    await counter.see('read-back');
    await expect(page.locator('main')).toContainText('2回目');
    await expect(page.locator('main')).toContainText(account(15).slice(-4));
    await counter.press('back');
    await counter.see('entry');
    await page.locator('[data-edit="clear"]').tap();
    await counter.typeField(account(5));
    await page.locator('[data-edit="clear"]').tap();
    await counter.typeField(accountOf('sakura-prepaid', 5).codes[0] ?? '');
    // Read twice again: the first reading counts no more.
    await counter.confirm();
    await counter.see('hand-over');
    await counter.press('next');
    await commit(counter, 'fresh');
    await counter.see('signed-up');
    await expect(page.locator('main')).toContainText(account(5).slice(-4));
  });
});

test('the 32 mistypes, a service without a check digit: the last sign wrong is not linked, and scanning cannot get it wrong @campaign', async ({
  counter,
}) => {
  const mint = { service: 'mint-pay', on: 'purchase' } as const;
  const { account: right, codes } = accountOf('mint-pay', 5);
  await toEntry(counter, 'fresh', mint);
  await counter.typeField(right.slice(0, -1) + String((Number(right.at(-1)) + 1) % 10));
  await counter.typeField(codes[0] ?? '');
  await commit(counter, 'fresh');
  await counter.see('refused');
  expect(await acceptedCount(counter)).toBe(0);
  await leave(counter);
  await toEntry(counter, 'fresh', mint);
  await counter.scan(`mintpay:${right}:${codes[0]}`);
  await commit(counter, 'fresh');
  await counter.see('signed-up');
  await expect(counter.page.locator('main')).toContainText(right.slice(-4));
});

test('the 32 mistypes, offline: the wrong number is taken back by its slip before it is sent, and the right one is linked @campaign', async ({
  counter,
}) => {
  const { sandbox, page } = counter;
  await toEntry(counter, 'fresh');
  sandbox.line.cut();
  await expect(page.locator('body')).toContainText('切れています');
  await typeAccount(counter, 15);
  await commit(counter, 'fresh');
  await counter.see('received');
  const number = await counter.readReceipt();
  await leave(counter);
  await takeBack(counter, number);
  await counter.press('done');
  sandbox.line.mend();
  await expect(page.locator('body')).toContainText('つながっています');
  await signUp(counter, 'fresh', 5);
  await counter.see('signed-up');
  await expect(page.locator('main')).toContainText(account(5).slice(-4));
  expect(await acceptedCount(counter)).toBe(1);
});
