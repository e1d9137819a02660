import { afterEach, expect, test } from 'vitest';
import { personOf } from '../../../../test/sandbox/pki/index.ts';
import { type CardStateName, createVirtualCard } from '../../../../test/sandbox/virtual-card/card.ts';
import { type CoreHarness, createHarness } from '../../../../test/support/core-harness.ts';
import { loggedCard } from '../../../../test/support/logged-card.ts';
import type { ScreenName, ScreenOf } from '../../../contract/screens.ts';

let harness: CoreHarness;
afterEach(() => harness.close());

const shown = <N extends ScreenName>(name: N): ScreenOf<N> => {
  const { screen } = harness.page.now;
  if (screen.name !== name) throw new Error(`${screen.name} instead of ${name}`);
  return screen as ScreenOf<N>;
};

/** Asks for the status with this card, PIN included. The card stays. */
async function askStatus(card: CardStateName): Promise<void> {
  await harness.page.see('attract', 'goodbye');
  await harness.page.go('start', 'menu');
  await harness.page.go('status', 'insert-card');
  harness.reader.insert(loggedCard(createVirtualCard(card, harness.pki), 'pending-here'));
  await harness.page.see('read-back');
  await harness.page.go('confirm', 'pin');
  harness.page.enterPin(personOf(harness.pki, card === 'fresh-2' ? 'fresh-2' : 'fresh').pin);
  await harness.page.see('delivering', 'status', 'status-offline');
}

/** A set-up that the platform does not take now. @returns its receipt number */
async function setUpWaits(): Promise<string> {
  harness.platform.faults({ type: 'retry-items', afterMs: 60_000, times: 1 });
  await harness.visit('fresh');
  await harness.page.see('delivering');
  harness.clock.advance(30_000);
  await harness.page.see('received');
  const { receipt } = shown('received');
  await harness.leave();
  return receipt;
}

test('status names what this card has waiting here, and to no other card', async () => {
  harness = await createHarness({ name: 'pending-here' });
  const receipt = await setUpWaits();
  await askStatus('fresh');
  await harness.page.see('status');
  expect(shown('status').pending).toMatchObject([{ receipt, kind: 'set-up' }]);
  await harness.leave();
  await askStatus('fresh-2');
  await harness.page.see('status');
  expect(shown('status').pending).toEqual([]);
});

test('without a line there is no status, and what waits here is named all the same', async () => {
  harness = await createHarness({ name: 'pending-here' });
  const receipt = await setUpWaits();
  harness.platform.faults({ type: 'drop-request' });
  await askStatus('fresh');
  harness.clock.advance(30_000);
  await harness.page.see('status-offline');
  expect(shown('status-offline').pending).toMatchObject([{ receipt }]);
});

test('a row that the platform cannot take is parked: the person is told at once, and staff has the number', async () => {
  harness = await createHarness({ name: 'pending-here' });
  harness.platform.faults({ type: 'status', status: 400, times: 1, on: ['batches'] });
  await harness.visit('fresh');
  await harness.page.see('parked');
  const { receipt } = shown('parked');
  expect(harness.outbox.look(receipt)).toMatchObject({ state: 'parked' });
  await harness.leave();
  await askStatus('fresh');
  await harness.page.see('status');
  expect(shown('status').pending).toMatchObject([{ receipt, state: 'parked' }]);
});

test('what the platform refuses after the person has gone is told with its reason: by the card, and by the slip’s number', async () => {
  harness = await createHarness({ name: 'pending-here' });
  const receipt = await setUpWaits();
  harness.platform.faults({ type: 'certificate-unknown', times: 1 });
  // The answer "again in a minute" is on its way.
  await harness.until(() => harness.inFlight() === 0);
  harness.clock.advance(90_000);
  await harness.until(() => harness.outbox.look(receipt)?.state === 'refused');
  await harness.page.see('attract', 'goodbye');
  await harness.page.go('start', 'menu');
  await harness.page.go('receipt-lookup', 'receipt-find');
  harness.page.send({ type: 'scanned', step: harness.page.now.step, text: `MADO1R:${receipt}` });
  await harness.page.see('receipt-state');
  expect(shown('receipt-state')).toMatchObject({ receipt, state: 'refused', code: 'certificate-unknown' });
  await harness.page.go('done', 'goodbye', 'attract');
  await askStatus('fresh');
  await harness.page.see('status');
  expect(shown('status').pending).toMatchObject([{ receipt, state: 'refused', code: 'certificate-unknown' }]);
});
