import { afterEach, expect, test } from 'vitest';
import type { Fault } from '../sandbox/platform/faults.ts';
import { type CoreHarness, createHarness, type HarnessOptions } from '../support/core-harness.ts';
import { onceEach, passUntil } from './after-fault.ts';

/** The platform cannot answer while a person stands at the kiosk: 受付, never 完了, and exactly one row once it can again. */
let harness: CoreHarness;
const start = async (options: Partial<HarnessOptions> = {}) => {
  harness = await createHarness({ name: 'platform-down', ...options });
};
afterEach(() => harness.close());

const faults: readonly (readonly [string, Fault, line: 'online' | 'offline'])[] = [
  ['nobody listens', { type: 'refuse-connections', ms: 600_000 }, 'offline'],
  ['connections break', { type: 'drop-request' }, 'offline'],
  ['500', { type: 'status', status: 500 }, 'online'],
  ['503', { type: 'status', status: 503 }, 'online'],
  ['maintenance', { type: 'maintenance' }, 'online'],
];

test.each(faults)('%s: received, and issued once when it is over', async (_name, fault, line) => {
  await start();
  harness.platform.faults(fault);
  await harness.visit();
  await harness.page.see('delivering');
  await harness.until(() => harness.lines.some(({ event }) => event === 'sync.back-off'));
  expect(harness.kiosk.snapshot().line).toBe(line);
  harness.clock.advance(8000);
  const { screen } = await harness.page.see('received');
  const receipt = screen.name === 'received' ? screen.receipt : '';
  expect(harness.waiting()).toBe(1);
  expect(harness.platform.people()).toEqual([]);
  await harness.leave();
  expect(JSON.stringify(harness.kiosk.snapshot())).not.toContain(receipt);

  await harness.platform.clearFaults();
  await passUntil(harness, () => harness.waiting() === 0);
  expect(onceEach(harness.platform)).toEqual([receipt]);
  expect(harness.kiosk.snapshot().line).toBe('online');

  // The next visit with the same card shows the ID.
  await harness.visit();
  const again = await harness.page.see('issued');
  expect(again.screen).toMatchObject({ alreadySet: true, myKeyId: harness.platform.people()[0]?.myKeyId });
});

test('garbage instead of JSON: the act was done, the person hears 受付, then the one ID that was made', async () => {
  await start();
  harness.platform.faults({ type: 'garbage', on: ['batches'] });
  await harness.visit();
  await harness.until(() => harness.lines.some(({ event }) => event === 'sync.back-off'));
  harness.clock.advance(8000);
  await harness.page.see('received');
  const [person] = harness.platform.people();
  expect(person?.myKeyId).toHaveLength(8);
  expect(harness.waiting()).toBe(1);
  await harness.platform.clearFaults();
  await passUntil(harness, () => harness.waiting() === 0);
  const { screen } = await harness.page.see('issued');
  expect(screen).toMatchObject({ myKeyId: person?.myKeyId, alreadySet: false });
  expect(onceEach(harness.platform)).toHaveLength(1);
});

test('the fault outlasts several persons: each gets a receipt, each is there once, in order', async () => {
  await start();
  harness.platform.faults({ type: 'refuse-connections', ms: 600_000 });
  const receipts: string[] = [];
  for (const card of ['fresh', 'expiring-soon', 'wrong-pin-once'] as const) {
    await harness.visit(card);
    harness.clock.advance(8000);
    const { screen } = await harness.page.see('received');
    receipts.push(screen.name === 'received' ? screen.receipt : '');
    await harness.leave();
  }
  await harness.platform.clearFaults();
  await passUntil(harness, () => harness.waiting() === 0);
  expect(onceEach(harness.platform)).toEqual(receipts);
  expect(harness.platform.people()).toHaveLength(3);
});

test('no line since it was unpacked: no challenge, and the person is told before the PIN', async () => {
  await start({ before: (platform) => platform.faults({ type: 'refuse-connections', ms: 600_000 }), stocked: false });
  await expect(harness.visit()).rejects.toThrow('cannot-accept');
  expect(harness.page.now.screen).toEqual({ name: 'cannot-accept', reason: 'challenge' });
  expect(harness.page.seen.map(({ screen }) => screen.name)).not.toContain('pin');
  expect(harness.waiting()).toBe(0);
});

test('garbage to every request since it was unpacked: told before the PIN; a stock is drawn when it ends', async () => {
  await start({ before: (platform) => platform.faults({ type: 'garbage' }), stocked: false });
  await expect(harness.visit()).rejects.toThrow('cannot-accept');
  expect(harness.page.now.screen).toEqual({ name: 'cannot-accept', reason: 'challenge' });
  await harness.leave();
  await harness.platform.clearFaults();
  await passUntil(harness, () => harness.outbox.challengeCount() > 0);
  await harness.visit();
  await harness.page.see('issued');
  expect(onceEach(harness.platform)).toHaveLength(1);
});
