import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Button, Snapshot } from '../../main/contract/page-protocol.ts';
import type { ScreenName } from '../../main/contract/screens.ts';
import { connectLocal } from '../../main/transport/core-link.ts';
import { listenLocal } from '../../main/transport/local-socket.ts';
import { servePage } from '../../main/transport/page-endpoint.ts';
import { Relay } from '../../main/transport/relay.ts';
import { systemTimers } from '../../main/transport/timers.ts';
import { createVirtualCard, type VirtualCard } from '../sandbox/virtual-card/card.ts';
import { type CoreHarness, createHarness } from '../support/core-harness.ts';
import { loggedCard } from '../support/logged-card.ts';
import { drivePage, type PageDriver } from '../support/page-driver.ts';
import { portPair } from '../support/port-pair.ts';

/** The page is loaded anew on every screen of a whole set-up, also on those that only last until a card or the platform answers. */
let harness: CoreHarness;
beforeEach(async () => {
  harness = await createHarness({ name: 'port-reload' });
});
afterEach(() => harness.close());

/** Every screen that a set-up with a good card passes, from attract to attract. */
const everyScreen: readonly ScreenName[] = [
  ...([
    'attract',
    'menu',
    'about-set-up',
    'whose-card',
    'whose-stop',
    'who-types',
    'terms',
    'insert-card',
    'reading-card',
  ] as const),
  ...(['read-back', 'pin', 'signing', 'delivering', 'received', 'issued', 'take-card', 'goodbye'] as const),
];

/** A card whose answers can be held back. */
function heldCard(card: VirtualCard): VirtualCard & { hold(): void; release(): void } {
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  return {
    name: card.name,
    pin: card.pin,
    atr: card.atr,
    power: card.power,
    transmit: async (apdu) => {
      await gate.promise;
      return card.transmit(apdu);
    },
    hold() {
      gate = Promise.withResolvers();
    },
    release: () => gate.resolve(),
  };
}

interface Way {
  newPage(): PageDriver;
  close(): Promise<void>;
}
const ways: readonly (readonly [string, (to: CoreHarness) => Promise<Way>])[] = [
  ['straight to the core', async (to) => ({ newPage: to.newPage, close: async () => {} })],
  [
    'through the host and the local socket',
    async (to) => {
      const folder = mkdtempSync(join(tmpdir(), 'mado-reload-'));
      const path = join(folder, 'core.sock');
      const server = await listenLocal(path, (port) => servePage(port, to.kiosk, () => {}));
      if (!server.ok) throw new Error(server.error);
      const relay = new Relay({ core: connectLocal(path, systemTimers), log: () => {}, timers: systemTimers });
      return {
        newPage() {
          const [near, far] = portPair();
          relay.addPage(far);
          return drivePage(near);
        },
        async close() {
          relay.close();
          await server.value.close();
          rmSync(folder, { recursive: true, force: true });
        },
      };
    },
  ],
];

describe.each(ways)('%s', (_name, open) => {
  test('every screen comes up again as it was, and the visit goes on', async () => {
    const way = await open(harness);
    let page = way.newPage();
    const reloaded: ScreenName[] = [];
    /** Waits for the screen, loads the page anew, and finds the same. */
    const reloadAt = async (name: ScreenName, fits: (snapshot: Snapshot) => boolean = () => true) => {
      const before = await page.until((snapshot) => snapshot.screen.name === name && fits(snapshot));
      page.close();
      page = way.newPage();
      // The relay may know an older snapshot for the blink of an eye; what counts is where it comes to rest.
      const after = await page.until(({ step }) => step === before.step);
      expect(after).toEqual(before);
      expect(harness.kiosk.snapshot()).toEqual(before);
      reloaded.push(name);
    };
    const press = async (button: Button, name: ScreenName, fits?: (snapshot: Snapshot) => boolean) => {
      page.press(button);
      await reloadAt(name, fits);
    };
    const digits = (count: number) => (snapshot: Snapshot) => snapshot.screen.name === 'pin' && snapshot.screen.digits === count;
    const wrong = (snapshot: Snapshot) => snapshot.screen.name === 'pin' && snapshot.screen.wrong;
    const card = heldCard(loggedCard(createVirtualCard('fresh', harness.pki), 'port-reload'));

    await reloadAt('attract');
    await press('start', 'menu');
    await press('set-up', 'about-set-up');
    await press('next', 'whose-card');
    await press('other', 'whose-stop');
    await press('back', 'whose-card');
    await press('self', 'who-types');
    await press('holder', 'terms');
    await press('show-all', 'terms', ({ screen }) => screen.name === 'terms' && screen.full);
    await press('agree', 'terms', ({ screen }) => screen.name === 'terms' && screen.index === 1);
    await press('agree', 'insert-card');
    page.send({ type: 'prefs', prefs: { language: 'en', textSize: 3, contrast: 'high' } });
    await reloadAt('insert-card', ({ prefs }) => prefs.language === 'en');
    card.hold();
    harness.reader.insert(card);
    await reloadAt('reading-card');
    card.release();
    await reloadAt('read-back');
    page.send({ type: 'call-staff' });
    await reloadAt('read-back', ({ staffCalled }) => staffCalled);
    await press('confirm', 'pin');
    page.send({ type: 'pin-key', step: page.now.step, position: 4 });
    await reloadAt('pin', digits(1));
    page.send({ type: 'pin-edit', step: page.now.step, edit: 'shuffle' });
    await reloadAt('pin', ({ screen }) => screen.name === 'pin' && screen.shuffled && screen.digits === 0);
    page.enterPin(card.pin === '0000' ? '1111' : '0000');
    await reloadAt('pin', wrong);
    harness.clock.advance(60_000);
    await reloadAt('pin', ({ warning }) => warning !== null);
    page.send({ type: 'active' });
    await reloadAt('pin', ({ warning }) => warning === null);
    harness.platform.faults({ type: 'latency', ms: 20_000, times: 1, on: ['batches'] });
    card.hold();
    page.enterPin(card.pin);
    await reloadAt('signing');
    card.release();
    await reloadAt('delivering');
    await harness.until(() => harness.inFlight() === 1);
    harness.clock.advance(8000);
    await reloadAt('received', ({ screen }) => screen.name === 'received' && screen.slip.state === 'failed');
    harness.clock.advance(12_000);
    await reloadAt('issued', ({ screen }) => screen.name === 'issued' && screen.slip.state !== 'printing');
    expect(page.now.screen).toMatchObject({ myKeyId: harness.platform.people()[0]?.myKeyId, alreadySet: false });
    await press('done', 'take-card');
    harness.clock.advance(10_000);
    await reloadAt('take-card', ({ screen }) => screen.name === 'take-card' && screen.alarm);
    harness.reader.remove();
    await reloadAt('goodbye');
    harness.clock.advance(5000);
    await reloadAt('attract');

    expect(new Set(reloaded)).toEqual(new Set(everyScreen));
    expect(harness.platform.people()).toHaveLength(1);
    await way.close();
  });
});
