import { afterEach, beforeAll, expect, test } from 'vitest';
import { ensureTestPki, personOf, type TestPki } from '../sandbox/pki/index.ts';
import { type KioskOnPcscd, kioskOnPcscd } from '../support/kiosk-on-pcscd.ts';

/** The real core on the real pcscd: the card is taken off the reader in every state that shows something of its holder. */
let pki: TestPki;
let on: KioskOnPcscd;
beforeAll(async () => {
  pki = await ensureTestPki();
});
afterEach(() => on.close());

const typeWrong = () => on.page.enterPin(personOf(pki, 'fresh').pin === '0000' ? '1111' : '0000');
const toRefused = async () => {
  await on.toPin();
  typeWrong();
  await on.page.until(({ screen }) => screen.name === 'pin' && screen.wrong);
};
const toPausing = async () => {
  await toRefused();
  on.page.enterPin(personOf(pki, 'fresh').pin);
  await on.page.until(({ screen }) => screen.name === 'signing' && screen.pauseSeconds !== null);
};

const STATES: readonly (readonly [name: string, reach: () => Promise<unknown>])[] = [
  [
    'check-result',
    async () => {
      await on.page.see('attract');
      await on.page.go('start', 'menu');
      await on.lay();
      await on.page.until(({ session }) => session);
      await on.page.go('check', 'check-result', 'reading-card');
      await on.page.see('check-result');
    },
  ],
  [
    'read-back',
    async () => {
      await on.toPin();
      await on.page.go('back', 'read-back');
    },
  ],
  [
    'PIN, two digits typed',
    async () => {
      await on.toPin();
      for (const position of [0, 1]) on.page.send({ type: 'pin-key', step: on.page.now.step, position });
      await on.page.until(({ screen }) => screen.name === 'pin' && screen.digits === 2);
    },
  ],
  ['PIN, refused once', toRefused],
  ['a PIN that is held back', toPausing],
  ['My Key ID on the screen', () => on.toIssued()],
];

test.each(STATES)(
  'taken off at %s: the very next snapshot holds nothing of the person',
  { timeout: 60_000 },
  async (_name, reach) => {
    on = await kioskOnPcscd({ name: 'removal', pki });
    await reach();
    expect(on.page.now.session).toBe(true);
    expect(on.afterRemoval).toBeNull();
    const ids = on.platform.people().map(({ myKeyId }) => myKeyId);
    await on.takeOff();
    await on.page.until(({ session }) => !session);
    const shown = on.afterRemoval ?? [];
    expect(shown.length).toBeGreaterThan(0);
    for (const snapshot of shown) {
      expect(snapshot).toMatchObject({ session: false, screen: { name: 'goodbye' } });
      const text = JSON.stringify(snapshot);
      for (const id of ids) expect(text).not.toContain(id);
      expect(text).not.toMatch(/receipt(?!-lookup)|challenge|myKeyId|triesLeft|digits|notAfter/);
    }
  },
);
