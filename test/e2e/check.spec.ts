import { expect, test } from './counter.ts';

test('check: a card on the attract screen, what it can do today, and home @every-shape @reader', async ({ counter }) => {
  await counter.see('attract');
  await counter.press('start');
  await counter.press('check');
  await counter.see('insert-card');
  await counter.insertCard('fresh');
  await counter.see('check-result');
  await expect(counter.page.locator('[data-button="set-up"]')).toBeVisible();
  await counter.took('check');
  await counter.takeCard();
  await counter.see('goodbye');
  await counter.see('attract');
});

const problems = ['no-auth-certificate', 'locked', 'expired', 'juki', 'other', 'face', 'phone'] as const;

test('cards that cannot be used are told about at once, each in its own words @reader', async ({ counter }) => {
  const told = new Map<string, string>();
  for (const card of problems) {
    await counter.see('attract');
    await counter.press('start');
    await counter.press('check');
    await counter.insertCard(card);
    await counter.see('card-problem', 'check-result');
    told.set(card, await counter.page.locator('main').innerText());
    await expect(counter.page.locator('[data-button="set-up"]')).toHaveCount(0);
    await counter.takeCard();
    // A card that opens no session leaves the person where a better one may be put on.
    await counter.see('goodbye', 'insert-card');
    // The page is loaded anew just then: the screen is looked for until it is the one or the other.
    await expect(async () => {
      if (await counter.page.locator('[data-screen="insert-card"]').isVisible()) await counter.press('home');
      await expect(counter.page.locator('[data-screen="attract"]')).toBeVisible({ timeout: 2000 });
    }).toPass({ timeout: 30_000 });
  }
  expect(new Set(told.values()).size, JSON.stringify([...told])).toBe(problems.length);
});
