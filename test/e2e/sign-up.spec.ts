import { sakuraAccount } from '../support/sign-up-acts.ts';
import { type Counter, expect, test } from './counter.ts';

const fields = async (counter: Counter, account: string) => {
  await counter.typeField(account);
  await counter.typeField('1234');
};

test('sign-up by typing: finder, entry with the card on, read-back, PIN last; the ID is made along @every-shape @reader', async ({
  counter,
}) => {
  const began = Date.now();
  await counter.toEntry('fresh');
  await fields(counter, sakuraAccount(1));
  await counter.see('read-back');
  await expect(counter.page.locator('main')).toContainText('さくら坂プリペイド');
  await counter.confirm();
  await counter.see('pin');
  await counter.typePin(counter.sandbox.cards.pinOf('fresh'));
  await counter.see('signed-up');
  await expect(counter.page.locator('main')).toContainText('5,000');
  await expect(counter.page.locator('body')).not.toContainText(sakuraAccount(1).slice(0, 12));
  process.stdout.write(`sign-up, typed: ${counter.taps} taps, ${Math.round((Date.now() - began) / 1000)} s by machine\n`);
  await counter.press('done');
  await counter.see('take-card');
  await expect(counter.page.locator('body')).not.toContainText(sakuraAccount(1).slice(-4));
  await counter.takeOff();
  await counter.see('goodbye', 'attract');
});

test('sign-up by scan: what the pay app shows fills both fields at once @reader', async ({ counter }) => {
  const began = Date.now();
  await counter.toEntry('fresh', { service: 'mint-pay', on: 'purchase' });
  await counter.scan('https://example.com/');
  await expect(counter.page.locator('[data-problem]')).toBeVisible();
  await counter.scan('mintpay:ABCDEF123456:654321');
  await counter.confirm();
  await counter.typePin(counter.sandbox.cards.pinOf('fresh'));
  await counter.see('signed-up');
  process.stdout.write(`sign-up, scanned: ${counter.taps} taps, ${Math.round((Date.now() - began) / 1000)} s by machine\n`);
});

test('mis-linkage of 2023, the chain: A has no ID at hand and leaves, B sits down; B’s card cannot get under A’s visit @reader', async ({
  counter,
}) => {
  await counter.toEntry('fresh');
  await counter.takeOff();
  await counter.see('goodbye', 'attract');
  await expect(counter.page.locator('[data-typed]')).toHaveCount(0);
  await counter.toEntry('fresh-2');
  await fields(counter, sakuraAccount(2));
  await counter.confirm();
  await counter.typePin(counter.sandbox.cards.pinOf('fresh-2'));
  await counter.see('signed-up');
  await counter.takeOff();
  // A comes back days later, and is not told "already applied".
  await counter.toEntry('fresh');
  await fields(counter, sakuraAccount(1));
  await counter.confirm();
  await counter.typePin(counter.sandbox.cards.pinOf('fresh'));
  await counter.see('signed-up');
});

test('the 32 mistypes, last digit wrong: caught by the check digit before anything is read back', async ({ counter }) => {
  await counter.toEntry('fresh');
  const right = sakuraAccount(5);
  const wrong = right.slice(0, -1) + String((Number(right.at(-1)) + 1) % 10);
  for (const sign of wrong) await counter.page.locator(`[data-key="${sign}"]`).tap();
  await expect(counter.page.locator('[data-problem]')).toBeVisible();
  await counter.page.locator('[data-edit="ok"]').tap();
  await counter.see('entry');
  await expect(counter.page.locator('[data-problem]')).toBeVisible();
});

test('helper mode: the holder reads everything a second time', async ({ counter }) => {
  await counter.toEntry('fresh', { helped: true });
  await fields(counter, sakuraAccount(6));
  await counter.confirm();
  await counter.see('hand-over');
  await counter.press('next');
  await counter.see('read-back');
  await expect(counter.page.locator('main')).toContainText('2回目');
  await counter.confirm();
  await counter.see('pin');
});

test('outcomes: not set up yet leads to both at once; a second sign-up is told which; another person’s account is refused', async ({
  counter,
}) => {
  const { sandbox } = counter;
  await counter.toEntry('fresh', { hasId: true });
  await fields(counter, sakuraAccount(7));
  await counter.confirm();
  await counter.typePin(sandbox.cards.pinOf('fresh'));
  await counter.see('not-set-up');
  await counter.press('next');
  await counter.see('terms');
  await counter.press('agree');
  await counter.see('entry');
  await counter.page.locator('[data-edit="ok"]').tap();
  await counter.page.locator('[data-step]').waitFor();
  await expect(counter.page.locator('main')).toContainText('PINコード');
  await counter.page.locator('[data-edit="ok"]').tap();
  await counter.confirm();
  await counter.typePin(sandbox.cards.pinOf('fresh'));
  await counter.see('signed-up');
  await counter.takeOff();
  await counter.toEntry('fresh');
  await fields(counter, sakuraAccount(8));
  await counter.confirm();
  await counter.typePin(sandbox.cards.pinOf('fresh'));
  await counter.see('already-signed-up');
  await expect(counter.page.locator('main')).toContainText(sakuraAccount(7).slice(-4));
  await counter.takeOff();
  await counter.toEntry('fresh-2');
  await fields(counter, sakuraAccount(7));
  await counter.confirm();
  await counter.typePin(sandbox.cards.pinOf('fresh-2'));
  await counter.see('refused');
});

test('offline: a 受付 slip without the account; its number takes the sign-up back, and nothing is ever sent', async ({
  counter,
}) => {
  const { sandbox, page } = counter;
  await counter.toEntry('fresh');
  sandbox.line.cut();
  await expect(page.locator('body')).toContainText('切れています');
  await fields(counter, sakuraAccount(9));
  await counter.confirm();
  await counter.typePin(sandbox.cards.pinOf('fresh'));
  await counter.see('received');
  await expect.poll(() => sandbox.printer.slips.length).toBe(1);
  expect(sandbox.printer.slips[0]?.picture ?? '').not.toContain(sakuraAccount(9).slice(-4));
  const [number = ''] = /\d{3}-\d{3}-\d{4}/.exec(await page.locator('main').innerText()) ?? [];
  await counter.takeOff();
  await counter.see('attract');
  await counter.press('start');
  await counter.press('pending');
  await counter.see('pending-find');
  await counter.typeField(number.replaceAll('-', ''));
  await counter.see('pending-row');
  await counter.press('cancel-it');
  await counter.see('pending-sure');
  await counter.press('cancel-it');
  await counter.see('pending-cancelled');
  sandbox.line.mend();
  await expect(page.locator('body')).toContainText('つながっています');
  const summary = (await (await fetch(`${sandbox.platform.url}/sandbox/summary`)).json()) as {
    accepted: number;
    refused: number;
  };
  expect(summary).toMatchObject({ accepted: 0, refused: 0 });
});

test('save for later: a slip with the service and nothing of the person; its code finds the service again', async ({
  counter,
}) => {
  const { sandbox } = counter;
  await counter.see('attract');
  await counter.toSignUp();
  await counter.press('next');
  await counter.scan('MADO1S:keyaki-credit');
  await counter.see('service');
  await counter.press('later');
  await counter.see('saved-for-later');
  await expect.poll(() => sandbox.printer.slips.length).toBe(1);
  expect(sandbox.printer.slips[0]?.picture ?? '').toContain('けやき広場クレジット');
});

test('status: what was set up and what is still to come @every-shape @reader', async ({ counter }) => {
  const { sandbox } = counter;
  await counter.toEntry('fresh');
  await fields(counter, sakuraAccount(10));
  await counter.confirm();
  await counter.typePin(sandbox.cards.pinOf('fresh'));
  await counter.see('signed-up');
  await counter.takeOff();
  await counter.see('attract');
  await counter.press('start');
  await counter.press('status');
  await counter.lay('fresh');
  await counter.confirm();
  await counter.typePin(sandbox.cards.pinOf('fresh'));
  await counter.see('status');
  await expect(counter.page.locator('main')).toContainText('5,000');
});
