import { afterEach, expect, test } from 'vitest';
import type { ScreenName, ScreenOf } from '../../main/contract/screens.ts';
import { personOf } from '../sandbox/pki/index.ts';
import { type CardStateName, createVirtualCard } from '../sandbox/virtual-card/card.ts';
import { type CoreBench, createBench } from '../support/core-bench.ts';
import { loggedCard } from '../support/logged-card.ts';

let bench: CoreBench;
afterEach(() => bench.close());

const shown = <N extends ScreenName>(name: N): ScreenOf<N> => {
  const { screen } = bench.page.now;
  if (screen.name !== name) throw new Error(`${screen.name} instead of ${name}`);
  return screen as ScreenOf<N>;
};

/** Asks for the status with this card, PIN included. The card stays. */
async function askStatus(card: CardStateName): Promise<void> {
  await bench.page.see('attract', 'goodbye');
  await bench.page.go('start', 'menu');
  await bench.page.go('status', 'insert-card');
  bench.reader.insert(loggedCard(createVirtualCard(card, bench.pki), 'pending-here'));
  await bench.page.see('read-back');
  await bench.page.go('confirm', 'pin');
  bench.page.enterPin(personOf(bench.pki, card === 'fresh-2' ? 'fresh-2' : 'fresh').pin);
  await bench.page.see('delivering', 'status', 'status-offline');
}

/** A set-up that the platform does not take now. @returns its receipt number */
async function setUpWaits(): Promise<string> {
  bench.platform.faults({ type: 'retry-items', afterMs: 60_000, times: 1 });
  await bench.visit('fresh');
  await bench.page.see('delivering');
  bench.clock.advance(30_000);
  await bench.page.see('received');
  const { receipt } = shown('received');
  await bench.leave();
  return receipt;
}

test('status names what this card has waiting here, and to no other card', async () => {
  bench = await createBench({ name: 'pending-here' });
  const receipt = await setUpWaits();
  await askStatus('fresh');
  await bench.page.see('status');
  expect(shown('status').pending).toMatchObject([{ receipt, kind: 'set-up' }]);
  await bench.leave();
  await askStatus('fresh-2');
  await bench.page.see('status');
  expect(shown('status').pending).toEqual([]);
});

test('without a line there is no status, and what waits here is named all the same', async () => {
  bench = await createBench({ name: 'pending-here' });
  const receipt = await setUpWaits();
  bench.platform.faults({ type: 'drop-request' });
  await askStatus('fresh');
  bench.clock.advance(30_000);
  await bench.page.see('status-offline');
  expect(shown('status-offline').pending).toMatchObject([{ receipt }]);
});

test('a row that the platform cannot take is parked: the person is told at once, and staff has the number', async () => {
  bench = await createBench({ name: 'pending-here' });
  bench.platform.faults({ type: 'status', status: 400, times: 1, on: ['batches'] });
  await bench.visit('fresh');
  await bench.page.see('parked');
  const { receipt } = shown('parked');
  expect(bench.outbox.look(receipt)).toMatchObject({ state: 'parked' });
  await bench.leave();
  await askStatus('fresh');
  await bench.page.see('status');
  expect(shown('status').pending).toMatchObject([{ receipt, state: 'parked' }]);
});

test('what the platform refuses after the person has gone is told with its reason: by the card, and by the slip’s number', async () => {
  bench = await createBench({ name: 'pending-here' });
  const receipt = await setUpWaits();
  bench.platform.faults({ type: 'certificate-unknown', times: 1 });
  // The answer "again in a minute" is on its way.
  await bench.until(() => bench.inFlight() === 0);
  bench.clock.advance(90_000);
  await bench.until(() => bench.outbox.look(receipt)?.state === 'refused');
  await bench.page.see('attract', 'goodbye');
  await bench.page.go('start', 'menu');
  await bench.page.go('receipt-lookup', 'receipt-find');
  bench.page.send({ type: 'scanned', step: bench.page.now.step, text: `MADO1R:${receipt}` });
  await bench.page.see('receipt-state');
  expect(shown('receipt-state')).toMatchObject({ receipt, state: 'refused', code: 'certificate-unknown' });
  await bench.page.go('done', 'goodbye', 'attract');
  await askStatus('fresh');
  await bench.page.see('status');
  expect(shown('status').pending).toMatchObject([{ receipt, state: 'refused', code: 'certificate-unknown' }]);
});
