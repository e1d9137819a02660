import { type CDPSession, expect, type Locator, test } from '@playwright/test';
import fc from 'fast-check';
import { type Harness, type HarnessPage, openHarness } from '../screens/page-harness.ts';
import { SAMPLES } from '../screens/samples.ts';
import { type FingerMove, interleaving } from '../support/fingers.ts';

/** Fingers on the built page, by touch events with times of their own (B28 and B29: SOURCES.md, Cases: scanner and touch). */
let harness: Harness;
let shown: HarnessPage;
let device: CDPSession;

test.beforeAll(async () => {
  harness = await openHarness();
});
test.afterAll(() => harness.close());
test.beforeEach(async () => {
  shown = await harness.open('portrait', 'ja');
  device = await shown.page.context().newCDPSession(shown.page);
});
test.afterEach(() => shown.close());

const sample = (name: string) => {
  const found = SAMPLES.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found.snapshot('ja');
};
const sent = (type: string) => shown.sent.filter((message) => message.type === 'intent' && message.intent.type === type).length;
/** New screens take no touches for a moment. */
const settled = () => expect(shown.page.locator('.kiosk[data-settling]')).toHaveCount(0);

async function middleOf(key: Locator): Promise<{ x: number; y: number }> {
  const box = await key.boundingBox();
  if (box === null) throw new Error('not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function touch(type: 'touchStart' | 'touchEnd', at: { x: number; y: number }, seconds: number): Promise<void> {
  await device.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchStart' ? [at] : [], timestamp: seconds });
}

test('a finger that went down on one screen presses nothing on the next, though the button is the same', async () => {
  const first = sample('terms-summary');
  await shown.show(first);
  await settled();
  const agree = shown.page.locator('[data-button="agree"]');
  const at = await middleOf(agree);
  const began = Date.now() / 1000;
  await touch('touchStart', at, began);
  if (first.screen.name !== 'terms') throw new Error('no terms');
  await shown.show({ ...first, screen: { ...first.screen, index: 1 } });
  await settled();
  await touch('touchEnd', at, began + 1);
  // One that begins here counts; whatever the first one did would have arrived before it.
  await touch('touchStart', at, began + 2);
  await touch('touchEnd', at, began + 2.1);
  await expect.poll(() => sent('press')).toBe(1);
});

test('a first screen takes a touch at once; one after a screen with buttons waits a moment', async () => {
  const seen = await shown.page.evaluateHandle(() => {
    const settled: string[] = [];
    new MutationObserver(() => {
      const screen = document.querySelector('main')?.dataset['screen'] ?? '';
      if (document.querySelector('.kiosk[data-settling]') !== null) settled.push(screen);
    }).observe(document, { subtree: true, childList: true, attributes: true });
    return settled;
  });
  await shown.show(sample('attract'));
  expect(await seen.jsonValue()).toEqual([]);
  await shown.show(sample('menu-six'));
  expect(await seen.jsonValue()).toContain('menu');
});

for (const [screen, key, intent] of [
  ['pin', '[data-position="3"]', 'pin-key'],
  ['entry', '[data-key="5"]', 'type'],
] as const) {
  test(`a bouncing panel is one touch on a key of ${screen}; a quick finger is two`, async () => {
    const found = SAMPLES.find((each) => each.snapshot('ja').screen.name === screen);
    if (found === undefined) throw new Error(`no sample of ${screen}`);
    await shown.show(found.snapshot('ja'));
    await settled();
    const at = await middleOf(shown.page.locator(key));
    let wanted = 0;
    let began = Date.now() / 1000;
    for (const [apart, keys] of [
      [15, 1],
      [40, 1],
      [90, 2],
    ] as const) {
      began += 2;
      for (const seconds of [began, began + apart / 1000]) {
        await touch('touchStart', at, seconds);
        await touch('touchEnd', at, seconds + 0.005);
      }
      wanted += keys;
      await expect.poll(() => sent(intent), { message: `${apart} ms apart` }).toBe(wanted);
      await shown.page.waitForTimeout(150);
      expect({ apart, sent: sent(intent) }).toEqual({ apart, sent: wanted });
    }
  });
}

test('up to five fingers on the PIN pad, coming and going in any order: each key once, in the order in which it was touched', async () => {
  const pad = SAMPLES.find((each) => each.snapshot('ja').screen.name === 'pin');
  if (pad === undefined) throw new Error('no sample of pin');
  await shown.show(pad.snapshot('ja'));
  await settled();
  const at = await Promise.all([0, 1, 2, 3, 4].map((key) => middleOf(shown.page.locator(`[data-position="${key * 2}"]`))));
  const all: readonly (readonly FingerMove[])[] = [
    (['down', 'up'] as const).flatMap((go) => [0, 1, 2].map((finger) => ({ finger, go }))),
    ...fc.sample(interleaving(5), 12),
  ];
  let seconds = Date.now() / 1000;
  for (const moves of all) {
    const before = shown.sent.length;
    const held = new Map<number, { x: number; y: number; id: number }>();
    for (const { finger, go } of moves) {
      const point = at[finger];
      if (point === undefined) throw new Error('no such finger');
      seconds += 0.02;
      // The protocol wants all fingers that are down, and of those that lift only these.
      const touch = { ...point, id: finger + 1 };
      if (go === 'down') held.set(finger, touch);
      else held.delete(finger);
      await device.send('Input.dispatchTouchEvent', {
        type: go === 'down' ? 'touchStart' : 'touchEnd',
        touchPoints: go === 'down' ? [...held.values()] : held.size === 0 ? [] : [touch],
        timestamp: seconds,
      });
    }
    seconds += 1;
    const keys = () =>
      shown.sent
        .slice(before)
        .flatMap((message) => (message.type === 'intent' && message.intent.type === 'pin-key' ? [message.intent.position] : []));
    const touched = moves.flatMap(({ finger, go }) => (go === 'down' ? [finger * 2] : []));
    await expect.poll(keys, { message: JSON.stringify(moves), timeout: 5000 }).toEqual(touched);
  }
});

for (const [screen, first, second, intent] of [
  ['pin', '[data-position="3"]', '[data-position="7"]', 'pin-key'],
  ['entry', '[data-key="5"]', '[data-key="8"]', 'type'],
] as const) {
  test(`two thumbs on ${screen}: the key that was touched first comes first, whichever lifts first`, async () => {
    const found = SAMPLES.find((each) => each.snapshot('ja').screen.name === screen);
    if (found === undefined) throw new Error(`no sample of ${screen}`);
    await shown.show(found.snapshot('ja'));
    await settled();
    const one = { ...(await middleOf(shown.page.locator(first))), id: 1 };
    const two = { ...(await middleOf(shown.page.locator(second))), id: 2 };
    const began = Date.now() / 1000;
    const fingers = (type: 'touchStart' | 'touchEnd', touchPoints: (typeof one)[], after: number) =>
      device.send('Input.dispatchTouchEvent', { type, touchPoints, timestamp: began + after });
    await fingers('touchStart', [one], 0);
    await fingers('touchStart', [one, two], 0.09);
    await fingers('touchEnd', [two], 0.15);
    await fingers('touchEnd', [], 0.2);
    await expect.poll(() => sent(intent)).toBe(2);
    const keys = shown.sent.flatMap((message): (string | number)[] => {
      if (message.type !== 'intent') return [];
      if (message.intent.type === 'pin-key') return [message.intent.position];
      return message.intent.type === 'type' ? [message.intent.key] : [];
    });
    expect(keys).toEqual(screen === 'pin' ? [3, 7] : ['5', '8']);
  });
}
