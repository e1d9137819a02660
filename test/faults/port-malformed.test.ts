import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Button, Intent, MAX_PAGE_MESSAGE } from '../../main/contract/page-protocol.ts';
import { Journey, type ScreenName } from '../../main/contract/screens.ts';
import { createVirtualCard } from '../sandbox/virtual-card/card.ts';
import { type CoreHarness, createHarness } from '../support/core-harness.ts';
import { loggedCard } from '../support/logged-card.ts';
import { walkToCard } from '../support/page-driver.ts';

/** Whatever a page sends that is no intent, or none that fits: the screen stays, nothing throws, and each is one line in the log. */
let harness: CoreHarness;

const lay = () => void harness.reader.insert(loggedCard(createVirtualCard('fresh', harness.pki), 'port-malformed'));
const toReadBack = async () => {
  await walkToCard(harness.page);
  lay();
  await harness.page.see('read-back');
};
/** Where the page begins to talk nonsense, the buttons that belong there, and the way from the attract screen. */
const stations: readonly {
  readonly screen: ScreenName;
  readonly knows: readonly Button[];
  readonly go: () => Promise<unknown>;
}[] = [
  { screen: 'attract', knows: ['start', ...Journey.options], go: () => harness.page.see('attract') },
  { screen: 'insert-card', knows: ['back', 'home'], go: () => walkToCard(harness.page) },
  { screen: 'read-back', knows: ['confirm', 'back', 'home'], go: toReadBack },
  {
    screen: 'pin',
    knows: ['back', 'home'],
    go: async () => {
      await toReadBack();
      const { step } = await harness.page.go('confirm', 'pin');
      for (const position of [3, 7]) harness.page.send({ type: 'pin-key', step, position });
      return harness.page.until(({ screen }) => screen.name === 'pin' && screen.digits === 2);
    },
  },
];

/** Sends from a page of its own, whose rate is not used up, and waits until the core has looked at all of it. */
async function sendAll(texts: readonly string[]): Promise<{ refused: readonly string[]; logged: string[]; after: string }> {
  const lines = harness.lines.length;
  const page = harness.newPage();
  await page.until(() => true);
  for (const text of texts) page.sendText(text);
  const seen = page.seen.length;
  page.sendText('{"type":"hello","v":1}');
  await page.until(() => page.seen.length > seen);
  page.close();
  const logged = harness.lines
    .slice(lines)
    .filter(({ event }) => event === 'port.refused')
    .map(({ reason }) => String(reason));
  return { refused: page.refused, logged, after: JSON.stringify(harness.kiosk.snapshot()) };
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What a page may say, written down once more and by hand: the core's own schema must not be the judge of itself. */
type Fits = (value: unknown) => boolean;
const among =
  (...values: readonly unknown[]): Fits =>
  (value) =>
    values.includes(value);
const whole: Fits = (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const exactly =
  (fields: Record<string, Fits>, optional = false): Fits =>
  (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const own = new Map(Object.entries(value));
    const known = new Map(Object.entries(fields));
    return (
      [...own].every(([key, one]) => known.get(key)?.(one) === true) &&
      (optional || [...known.keys()].every((key) => own.has(key)))
    );
  };
const prefs = exactly(
  {
    language: among('ja', 'en'),
    textSize: among(1, 2, 3),
    contrast: among('normal', 'high'),
    height: among('normal', 'low'),
    ruby: among(true, false),
  },
  true,
);
const intents: readonly Fits[] = [
  exactly({ type: among('press'), step: whole, button: among(...Button.options) }),
  exactly({ type: among('pin-key'), step: whole, position: among(0, 1, 2, 3, 4, 5, 6, 7, 8, 9) }),
  exactly({ type: among('pin-edit'), step: whole, edit: among('back', 'clear', 'ok', 'shuffle', 'unshuffle') }),
  exactly({ type: among('prefs'), prefs }),
  ...['call-staff', 'cancel-call', 'active'].map((type) => exactly({ type: among(type) })),
];
const messages: readonly Fits[] = [
  exactly({ type: among('hello'), v: among(1) }),
  exactly({ type: among('painted'), step: whole }),
  exactly({ type: among('want-photo'), shot: (value) => whole(value) && value !== 0 }),
  exactly({ type: among('intent'), intent: (value) => intents.some((fits) => fits(value)) }),
];
const isBad = (text: string) => Buffer.byteLength(text) > MAX_PAGE_MESSAGE || !messages.some((fits) => fits(parsed(text)));

const poisonKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'then', 'step', 'type', ''];
const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    null,
    -1,
    1.5,
    9007199254740993n.toString(),
    2 ** 53,
    '',
    'press',
    [],
    {},
    { polluted: true },
    'あ'.repeat(300),
    '\u0000',
    '🂡',
  ),
);
const valid = fc.constantFrom<Record<string, unknown>>(
  { type: 'press', step: 1, button: 'confirm' },
  { type: 'pin-key', step: 1, position: 0 },
  { type: 'pin-edit', step: 1, edit: 'ok' },
  { type: 'prefs', prefs: { language: 'en' } },
  { type: 'call-staff' },
  { type: 'active' },
);
/** A good intent with one thing wrong. Built as text, because `__proto__` is only a key in JSON. */
const nearly = fc
  .tuple(valid, fc.oneof(fc.constantFrom('type', 'step', 'button', 'position', 'edit', 'prefs', ...poisonKeys), fc.string()), odd)
  .map(([intent, key, value]) => {
    const fields = Object.entries({ ...intent }).filter(([name]) => name !== key);
    const text = [...fields, [key, value] as const].map(
      ([name, one]) => `${JSON.stringify(name)}:${JSON.stringify(one) ?? 'null'}`,
    );
    return `{"type":"intent","intent":{${text.join(',')}}}`;
  });
const bad = fc
  .oneof(
    fc.string(),
    fc.json(),
    nearly,
    odd.map((value) => JSON.stringify({ type: 'intent', intent: value }) ?? ''),
    fc.constantFrom('hello', 'intent', 'painted', 'snapshot', 'photo', 'want-photo').map((type) => JSON.stringify({ type })),
    // Long, and no picture; a picture, and too long; a picture with something wrong in it.
    fc
      .constantFrom('AAAA'.repeat(140_000), 'not base64', 'AAA', '', 7, null)
      .map((jpeg) => JSON.stringify({ type: 'photo', step: 1, jpeg, hints: [] })),
    odd.map((hints) => JSON.stringify({ type: 'photo', step: 1, jpeg: 'AAAA', hints: [hints] })),
    odd.map((shot) => JSON.stringify({ type: 'want-photo', shot: shot === 1 ? -1 : shot })),
    fc.constantFrom('x', '[', '{"a":', '"').map((piece) => piece.repeat(MAX_PAGE_MESSAGE)),
    valid.map((intent) => JSON.stringify({ type: 'intent', intent: { ...intent, note: 'n'.repeat(5000) } })),
  )
  .filter(isBad);

// A failure leaves its screen behind: the first counterexample is told, not a smaller one.
describe.each(stations.map(({ screen, ...rest }) => [screen, rest] as const))('on %s', (screen, { knows, go }) => {
  beforeAll(async () => {
    harness = await createHarness({ name: 'port-malformed' });
    await go();
    expect(harness.page.now.screen.name).toBe(screen);
  });

  afterAll(() => harness.close());

  test('what is no intent is refused, logged, and changes nothing', async () => {
    const before = JSON.stringify(harness.kiosk.snapshot());
    await fc.assert(
      fc.asyncProperty(fc.array(bad, { minLength: 1, maxLength: 60 }), async (texts) => {
        const { refused, logged, after } = await sendAll(texts);
        expect(after).toBe(before);
        expect(refused).toHaveLength(texts.length);
        expect(logged).toEqual(refused);
        expect('polluted' in {}).toBe(false);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  test('an intent of another step, or one this screen does not know, changes nothing', async () => {
    const before = JSON.stringify(harness.kiosk.snapshot());
    const { step } = harness.kiosk.snapshot();
    const pin = screen === 'pin';
    const strange = Button.options.filter((button) => !knows.includes(button));
    const touches = fc.oneof(
      fc.record({ type: fc.constant('press' as const), button: fc.constantFrom(...Button.options) }),
      fc.record({ type: fc.constant('pin-key' as const), position: fc.integer({ min: 0, max: 9 }) }),
      fc.record({
        type: fc.constant('pin-edit' as const),
        edit: fc.constantFrom('back' as const, 'clear' as const, 'ok' as const, 'shuffle' as const, 'unshuffle' as const),
      }),
    );
    const fits = (intent: Intent) => {
      if (intent.type === 'press') return !strange.includes(intent.button);
      return pin && (intent.type === 'pin-key' || (intent.type === 'pin-edit' && intent.edit !== 'ok'));
    };
    const unfit = fc
      .tuple(touches, fc.oneof(fc.constant(step), fc.nat(), fc.integer({ min: Math.max(0, step - 3), max: step + 3 })))
      .map(([touch, at]): Intent => ({ ...touch, step: at }))
      .filter((intent) => !('step' in intent) || intent.step !== step || !fits(intent));
    await fc.assert(
      fc.asyncProperty(fc.array(unfit, { minLength: 1, maxLength: 60 }), async (intents) => {
        for (const intent of intents) Intent.parse(intent);
        const { refused, after } = await sendAll(intents.map((intent) => JSON.stringify({ type: 'intent', intent })));
        expect(after).toBe(before);
        expect(refused).toEqual([]);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  test('after all of it the same visit goes on to the ID', async () => {
    if (screen === 'attract') await toReadBack();
    if (screen === 'insert-card') lay();
    if (screen !== 'pin') {
      await harness.page.see('read-back');
      await harness.page.go('confirm', 'pin');
    }
    harness.page.send({ type: 'pin-edit', step: harness.page.now.step, edit: 'clear' });
    harness.page.enterPin(createVirtualCard('fresh', harness.pki).pin);
    await harness.page.see('issued');
    expect(harness.platform.people()).toHaveLength(1);
  });
});
