import { afterEach, expect, test } from 'vitest';
import type { Fault } from '../sandbox/platform/faults.ts';
import { type BenchOptions, type CoreBench, createBench } from '../support/core-bench.ts';
import { onceEach, passUntil } from './after-fault.ts';

/** The platform cannot answer while a person stands at the kiosk: 受付, never 完了, and exactly one row once it can again. */
let bench: CoreBench;
const start = async (options: Partial<BenchOptions> = {}) => {
  bench = await createBench({ name: 'platform-down', ...options });
};
afterEach(() => bench.close());

const faults: readonly (readonly [string, Fault, line: 'online' | 'offline'])[] = [
  ['nobody listens', { type: 'refuse-connections', ms: 600_000 }, 'offline'],
  ['connections break', { type: 'drop-request' }, 'offline'],
  ['500', { type: 'status', status: 500 }, 'online'],
  ['503', { type: 'status', status: 503 }, 'online'],
  ['maintenance', { type: 'maintenance' }, 'online'],
];

test.each(faults)('%s: received, and issued once when it is over', async (_name, fault, line) => {
  await start();
  bench.platform.faults(fault);
  await bench.visit();
  await bench.page.see('delivering');
  await bench.until(() => bench.lines.some(({ event }) => event === 'sync.back-off'));
  expect(bench.kiosk.snapshot().line).toBe(line);
  bench.clock.advance(8000);
  const { screen } = await bench.page.see('received');
  const receipt = screen.name === 'received' ? screen.receipt : '';
  expect(bench.waiting()).toBe(1);
  expect(bench.platform.people()).toEqual([]);
  await bench.leave();
  expect(JSON.stringify(bench.kiosk.snapshot())).not.toContain(receipt);

  await bench.platform.clearFaults();
  await passUntil(bench, () => bench.waiting() === 0);
  expect(onceEach(bench.platform)).toEqual([receipt]);
  expect(bench.kiosk.snapshot().line).toBe('online');

  // The next visit with the same card shows the ID.
  await bench.visit();
  const again = await bench.page.see('issued');
  expect(again.screen).toMatchObject({ alreadySet: true, myKeyId: bench.platform.people()[0]?.myKeyId });
});

test('garbage instead of JSON: the act was done, the person hears 受付, then the one ID that was made', async () => {
  await start();
  bench.platform.faults({ type: 'garbage', on: ['batches'] });
  await bench.visit();
  await bench.until(() => bench.lines.some(({ event }) => event === 'sync.back-off'));
  bench.clock.advance(8000);
  await bench.page.see('received');
  const [person] = bench.platform.people();
  expect(person?.myKeyId).toHaveLength(8);
  expect(bench.waiting()).toBe(1);
  await bench.platform.clearFaults();
  await passUntil(bench, () => bench.waiting() === 0);
  const { screen } = await bench.page.see('issued');
  expect(screen).toMatchObject({ myKeyId: person?.myKeyId, alreadySet: false });
  expect(onceEach(bench.platform)).toHaveLength(1);
});

test('the fault outlasts several persons: each gets a receipt, each is there once, in order', async () => {
  await start();
  bench.platform.faults({ type: 'refuse-connections', ms: 600_000 });
  const receipts: string[] = [];
  for (const card of ['fresh', 'expiring-soon', 'wrong-pin-once'] as const) {
    await bench.visit(card);
    bench.clock.advance(8000);
    const { screen } = await bench.page.see('received');
    receipts.push(screen.name === 'received' ? screen.receipt : '');
    await bench.leave();
  }
  await bench.platform.clearFaults();
  await passUntil(bench, () => bench.waiting() === 0);
  expect(onceEach(bench.platform)).toEqual(receipts);
  expect(bench.platform.people()).toHaveLength(3);
});

test('no line since it was unpacked: no challenge, and the person is told before the PIN', async () => {
  await start({ before: (platform) => platform.faults({ type: 'refuse-connections', ms: 600_000 }), stocked: false });
  await expect(bench.visit()).rejects.toThrow('cannot-accept');
  expect(bench.page.now.screen).toEqual({ name: 'cannot-accept', reason: 'challenge' });
  expect(bench.page.seen.map(({ screen }) => screen.name)).not.toContain('pin');
  expect(bench.waiting()).toBe(0);
});

test('garbage to every request since it was unpacked: told before the PIN; a stock is drawn when it ends', async () => {
  await start({ before: (platform) => platform.faults({ type: 'garbage' }), stocked: false });
  await expect(bench.visit()).rejects.toThrow('cannot-accept');
  expect(bench.page.now.screen).toEqual({ name: 'cannot-accept', reason: 'challenge' });
  await bench.leave();
  await bench.platform.clearFaults();
  await passUntil(bench, () => bench.outbox.challengeCount() > 0);
  await bench.visit();
  await bench.page.see('issued');
  expect(onceEach(bench.platform)).toHaveLength(1);
});
