import { plainScan, type Scan, scanInto } from '../support/scanner.ts';
import { toReadBack } from '../support/walks.ts';
import { expect, test } from './counter.ts';

// B01 (SOURCES.md, Cases: scanner and touch): two tries of a card were spent by a hand scanner.
test('at the PIN a scan is no PIN, whatever it reads and however fast: no digit goes in, no try is spent; a ten-key goes on working', async ({
  counter,
}) => {
  const { page, sandbox } = counter;
  await toReadBack(counter, 'fresh');
  await counter.press('confirm');
  await counter.see('pin');
  const tries = await page.locator('.tries').innerText();
  const pin = sandbox.cards.pinOf('fresh');
  const wrong = pin === '9876' ? '1234' : '9876';
  const scans: Partial<Scan>[] = [
    { text: `https://form.example.jp/apply?id=${wrong}5432109876543210987` },
    { text: 'MADO1R:5566778895' },
    { text: wrong },
    { text: wrong, gap: 36 },
    { text: wrong, gap: 70 },
    // The PIN itself, and a number that begins with it: a scanner is no holder.
    { text: pin },
    { text: `${pin}5432`, gap: 50 },
    { text: pin, suffix: [] },
    // By radio, or told to wait between two keys: as slow as a person.
    { text: pin, gap: 120 },
    { text: `${pin}5432`, gap: 250 },
    { text: wrong, gap: 180, suffix: [] },
    { text: '4901234567894', gap: 4, hiccup: { ms: 180, at: 0.1 }, suffix: ['Tab'] },
  ];
  for (const scan of scans) {
    await scanInto(page, { ...plainScan(''), ...scan });
    await expect(page.locator('[data-scan-note]')).toBeVisible({ timeout: 10_000 });
    // Longer than the note of this code's repeats lasts would be too long; longer than any key is held is enough.
    await page.waitForTimeout(500);
    await counter.see('pin');
    await expect(page.locator('.dot.in')).toHaveCount(0);
    expect(await page.locator('.tries').innerText()).toBe(tries);
  }
  // A person at a ten-key.
  for (const digit of pin) await page.keyboard.press(`Numpad${digit}`, { delay: 60 }).then(() => page.waitForTimeout(90));
  await expect(page.locator('.dot.in')).toHaveCount(4);
  await page.keyboard.press('NumpadEnter');
  await counter.see('issued');
});
