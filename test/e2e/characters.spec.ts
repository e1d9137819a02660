import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import iconv from 'iconv-lite';
import { pageFixture, sample } from './page-fixture.ts';

/** What a person's name or address brings is drawn with the fonts that the page ships, whatever the machine has. */
const harness = pageFixture();

/** The fonts that drew this text in the page's own stack, and how many characters each. */
async function fontsOf(text: string, stack: 'words' | 'digits', weight: 400 | 700) {
  const { page } = harness.shown;
  await page.evaluate(
    ([content = '', family = '', bold = '']) => {
      document.querySelector('#rare')?.remove();
      const place = document.createElement('p');
      place.id = 'rare';
      place.textContent = content;
      place.style.fontFamily = `var(--font-${family})`;
      place.style.fontWeight = bold;
      document.querySelector('main')?.append(place);
    },
    [text, stack, String(weight)],
  );
  await page.evaluate(() => document.fonts.ready);
  const tools = await page.context().newCDPSession(page);
  await tools.send('DOM.enable');
  await tools.send('CSS.enable');
  const { root } = await tools.send('DOM.getDocument');
  const { nodeId } = await tools.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#rare' });
  const { fonts } = await tools.send('CSS.getPlatformFontsForNode', { nodeId });
  await tools.detach();
  return fonts;
}

const windows31J = (() => {
  const found = new Set<string>();
  for (let lead = 0x81; lead <= 0xfc; lead += 1)
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      const text = iconv.decode(Buffer.from([lead, trail]), 'cp932');
      if ([...text].length === 1 && !/[\ufffd\p{Co}]/u.test(text)) found.add(text);
    }
  return [...found].join('');
})();
const jisX0213 = readFileSync(join(import.meta.dirname, '../sandbox/printer/jis-x-0213.txt'), 'utf8')
  .split('\n')
  .slice(0, -2)
  .join('')
  // No font here has these three; a soft hyphen is drawn by none.
  .replaceAll(/[ǵ⦅⦆\u00ad]/gu, '');

test('every character of JIS X 0208, NEC row 13, the IBM extensions and JIS X 0213 comes from a shipped font', async () => {
  await harness.shown.show(sample('attract'));
  for (const weight of [400, 700] as const)
    for (const [name, text, stacks] of [
      ['names', '髙﨑①㈱Ⅲ𠮷㋿\u2011神\ufa19葛\u{e0100}', ['words', 'digits']],
      ['Windows-31J', windows31J, ['words']],
      ['JIS X 0213', jisX0213, ['words']],
    ] as const)
      for (const stack of stacks) {
        const fonts = await fontsOf(text, stack, weight);
        expect(fonts.length, name).toBeGreaterThan(0);
        const foreign = fonts.filter(({ isCustomFont }) => !isCustomFont);
        expect(foreign, `${name} ${stack} ${weight}`).toEqual([]);
      }
});

test('the fonts for them are loaded only when a text needs them', async () => {
  const loaded = () =>
    harness.shown.page.evaluate(() =>
      performance.getEntriesByType('resource').flatMap(({ name }) => (name.endsWith('.ttf') ? [name] : [])),
    );
  for (const name of ['attract', 'menu', 'terms-full', 'read-back', 'entry-kana']) {
    await harness.shown.show(sample(name));
    expect(await loaded(), name).toEqual([]);
  }
  await fontsOf('髙', 'words', 400);
  expect((await loaded()).map((name) => /assets\/(\w+)-/.exec(name)?.[1])).toEqual(['BIZUDPGothic_400Regular']);
  await fontsOf('𠮷', 'words', 400);
  expect(await loaded()).toHaveLength(2);
});
