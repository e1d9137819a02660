import { toReadBack } from '../support/walks.ts';
import { expect, test } from './counter.ts';

test('set-up online: PIN last, a My Key ID at the end, the next visit says that it is set @every-shape @reader', async ({
  counter,
}) => {
  await toReadBack(counter, 'fresh');
  await counter.press('confirm');
  await counter.see('pin');
  await counter.typePin(counter.pinOf('fresh'));
  const id = await counter.issuedId();
  expect(id).toMatch(/^[0-9A-Z]{8}$/);
  await counter.took('set-up', 10);
  await expect(counter.page.locator('h1')).not.toContainText('もうできています');
  await counter.press('done');
  await counter.see('take-card');
  await expect(counter.page.locator('body')).not.toContainText(id);
  await counter.takeCard();
  await counter.see('goodbye');

  await counter.see('attract');
  await toReadBack(counter, 'fresh');
  await counter.press('confirm');
  await counter.typePin(counter.pinOf('fresh'));
  expect(await counter.issuedId()).toBe(id);
  await expect(counter.page.locator('h1')).toContainText('もうできています');
});

test('set-up with the line cut: a 受付 slip, never 完了; the ID is issued when the line is back, and the next visit shows it @every-shape @reader', async ({
  counter,
}) => {
  const { sandbox, page } = counter;
  await counter.see('attract');
  sandbox.line.cut();
  await toReadBack(counter, 'fresh');
  await counter.press('confirm');
  await counter.typePin(sandbox.cards.pinOf('fresh'));
  await counter.see('received');
  await expect(page.locator('main')).toContainText('受付');
  await expect(page.locator('main')).not.toContainText('完了');
  await expect.poll(() => sandbox.printer.slips.length).toBe(1);
  const slip = sandbox.printer.slips[0]?.text ?? '';
  expect(slip).toContain('受付');
  expect(slip).not.toContain('完了');
  await counter.takeCard();
  await counter.see('attract');

  sandbox.line.mend();
  await expect.poll(() => platformIssued(sandbox.platform.url)).toBe(1);
  await toReadBack(counter, 'fresh');
  await counter.press('confirm');
  await counter.typePin(sandbox.cards.pinOf('fresh'));
  await counter.issuedId();
  await expect(page.locator('h1')).toContainText('もうできています');
  expect(await platformIssued(sandbox.platform.url)).toBe(1);
});

test('set-up: a wrong PIN says how many tries are left, and the right one goes on @reader @campaign', async ({ counter }) => {
  await toReadBack(counter, 'fresh');
  await counter.press('confirm');
  await counter.typePin('0000');
  await expect(counter.page.locator('.tries.wrong')).toContainText('2');
  await counter.typePin(counter.pinOf('fresh'));
  await counter.issuedId();
});

test('set-up: the last try needs a step of its own; a shuffled pad works', async ({ counter }) => {
  await toReadBack(counter, 'wrong-pin-twice');
  await counter.press('confirm');
  await counter.see('pin-last-try');
  await counter.press('try-again');
  await counter.see('pin');
  await counter.page.locator('[data-edit="shuffle"]').tap();
  await expect(counter.page.locator('[data-edit="unshuffle"]')).toBeVisible();
  await counter.typePin(counter.pinOf('wrong-pin-twice'));
  await counter.issuedId();
});

test('the card comes off at the read-back and at the PIN: the visit is over, nothing was sent @reader', async ({ counter }) => {
  await toReadBack(counter, 'fresh');
  await counter.takeCard();
  await counter.see('goodbye');
  await toReadBack(counter, 'fresh');
  await counter.press('confirm');
  await counter.see('pin');
  await counter.takeCard();
  await counter.see('goodbye');
  await expect(counter.page.locator('[data-position]')).toHaveCount(0);
  expect(await platformIssued(counter.sandbox.platform.url)).toBe(0);
});

test('a reload in the middle comes back to the same step; another tab without the token gets nothing', async ({
  counter,
  browser,
}) => {
  await toReadBack(counter, 'fresh');
  await counter.press('confirm');
  await counter.see('pin');
  await counter.page.reload();
  await counter.see('pin');
  await counter.typePin(counter.pinOf('fresh'));
  await counter.issuedId();
  const stranger = await browser.newPage();
  await stranger.goto(new URL('/', counter.page.url()).href);
  await expect(stranger.locator('[data-screen]')).toHaveCount(0);
  await stranger.close();
});

test('the core dies at the read-back: the page comes back by itself, and what was entered is gone @reader', async ({
  counter,
  driver,
}) => {
  await toReadBack(counter, 'fresh');
  await counter.killCore();
  // On a real reader the card still lies there; nobody knows whose it is, so it must come off. The virtual reader died with the core.
  await counter.see(driver === 'pcsc' ? 'take-card' : 'attract');
  await counter.takeCard();
  await counter.see('attract');
  await toReadBack(counter, 'fresh');
});

/** How many people have a My Key ID there. */
async function platformIssued(url: string): Promise<number> {
  const reply = await fetch(`${url}/sandbox/summary`);
  const summary = (await reply.json()) as { people: number };
  return summary.people;
}
