import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { OWN_KEYS } from '../../main/contract/key-layout.ts';
import type { Intent } from '../../main/contract/page-protocol.ts';
import { type Harness, type HarnessPage, openHarness } from '../screens/page-harness.ts';
import { SAMPLES, type Sample } from '../screens/samples.ts';
import { anyScan, plainScan, type Scan, scanInto, slowScan } from '../support/scanner.ts';

/**
 * Every screen of the contract, on the built page, under the keys of a hand scanner: whatever it reads and however it types, the page sends one
 * `scanned`, and nothing else: at a fast pace whatever keys people have, at any pace where they have none or a ten-key pad. `MADOGUCHI_SCANS`: how many random scans each view gets; without it a third of the screens get one.
 */
const SCANS = Number(process.env.MADOGUCHI_SCANS ?? 1);
const SEED = Number(process.env.MADOGUCHI_SEED ?? Date.now() % 1_000_000);
const names = new Set<string>();
const firstOfItsScreen = ({ snapshot }: Sample) => {
  const { name } = snapshot('ja').screen;
  return !names.has(name) && names.add(name) !== undefined;
};
const VIEWS =
  process.env.MADOGUCHI_SCANS === undefined ? SAMPLES.filter(firstOfItsScreen).filter((_, at) => at % 3 === SEED % 3) : SAMPLES;
let harness: Harness;
let shown: HarnessPage;

test.beforeAll(async () => {
  harness = await openHarness();
});
test.afterAll(() => harness.close());

const intents = (from: number): readonly Intent[] =>
  shown.sent.slice(from).flatMap((message) => (message.type === 'intent' ? [message.intent] : []));

/** @returns what the page sent for one scan */
async function sentFor(scan: Scan): Promise<readonly Intent[]> {
  const before = shown.sent.length;
  await scanInto(shown.page, scan);
  await expect.poll(() => intents(before).length, { timeout: 10_000, message: JSON.stringify(scan) }).toBeGreaterThan(0);
  return intents(before);
}

/** Longer than a page may need to change its mind: keys that were held back would be acted on by then. */
const QUIET_MS = 250;

test('a stray scan on every screen sends nothing but itself', async () => {
  test.setTimeout(120_000 + VIEWS.length * SCANS * 3000);
  shown = await harness.open('portrait', 'ja');
  const scans = fc.sample(anyScan, { numRuns: VIEWS.length * SCANS, seed: SEED });
  const slow = fc.sample(slowScan, { numRuns: VIEWS.length, seed: SEED });
  for (const [at, { name, snapshot }] of VIEWS.entries()) {
    const keys = OWN_KEYS[at % OWN_KEYS.length];
    await shown.show({ ...snapshot('ja'), ...(keys === undefined ? {} : { keys }) });
    const before = shown.sent.length;
    const own = [
      plainScan('4901234567894'),
      ...scans.slice(at * SCANS, (at + 1) * SCANS),
      ...(keys === 'full' ? [] : [{ ...plainScan('1234'), gap: 150 }, ...slow.slice(at, at + 1)]),
    ];
    for (const scan of own) {
      const sent = await sentFor(scan);
      expect({ name, seed: SEED, scan, sent: sent.map(({ type }) => type) }).toEqual({
        name,
        seed: SEED,
        scan,
        sent: ['scanned'],
      });
    }
    await shown.page.waitForTimeout(QUIET_MS);
    expect({ name, sent: intents(before).map(({ type }) => type) }).toEqual({ name, sent: own.map(() => 'scanned') });
  }
  expect(shown.complaints).toEqual([]);
  await shown.close();
});

/** What would work the browser, or the system behind it; with the modifiers that go before it. */
const BROWSERS = [
  ...[
    'Control+p',
    'Control+w',
    'Control+t',
    'Control+n',
    'Control+Shift+n',
    'Control+Tab',
    'Control+r',
    'Control+s',
    'Control+o',
  ],
  ...[
    'Control+f',
    'Control+j',
    'Control+u',
    'Control+l',
    'Control+h',
    'Control+Shift+i',
    'Control+Shift+Delete',
    'Control+Minus',
  ],
  ...['F1', 'F3', 'F5', 'F6', 'F7', 'F11', 'F12', 'Alt+ArrowLeft', 'Alt+Home', 'Alt+F4', 'Alt+d', 'Meta+d', 'ContextMenu'],
];

test('a scan that begins with a key of the browser is that scan, and the browser never sees the key', async () => {
  test.setTimeout(120_000);
  shown = await harness.open('portrait', 'ja');
  await shown.page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    // Before the page's own listener: what has become of a key is known when all have had it.
    window.addEventListener('keydown', (event) => setTimeout(() => event.defaultPrevented || seen.push(event.key)), {
      capture: true,
    });
  });
  const menu = SAMPLES.find(({ snapshot }) => snapshot('ja').screen.name === 'menu');
  if (menu === undefined) throw new Error('no sample of menu');
  for (const keys of OWN_KEYS) {
    await shown.show({ ...menu.snapshot('ja'), keys });
    for (const [at, chord] of BROWSERS.entries()) {
      const before = shown.sent.length;
      await shown.page.keyboard.press(chord);
      await scanInto(shown.page, plainScan(`49012345678${at + 10}`));
      const texts = () => intents(before).map((intent) => (intent.type === 'scanned' ? intent.text : intent.type));
      await expect.poll(texts, { message: `${keys}: ${chord}` }).toEqual([`49012345678${at + 10}`]);
    }
    const seen: string[] = await shown.page.evaluate(() => Reflect.get(window, 'seen'));
    // Modifiers alone do nothing.
    expect(seen.filter((key) => !/^(?:Control|Alt|Meta|Shift)$/.test(key))).toEqual([]);
  }
  await shown.close();
});
