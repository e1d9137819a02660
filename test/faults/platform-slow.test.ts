import { afterEach, expect, test } from 'vitest';
import { type BenchOptions, type CoreBench, createBench } from '../support/core-bench.ts';
import { onceEach, passUntil } from './after-fault.ts';

/** Answers that come late, or not at all although the work was done. Nothing may be issued twice, and nobody may see another ID. */
let bench: CoreBench;
const start = async (options: Partial<BenchOptions> = {}) => {
  bench = await createBench({ name: 'platform-slow', ...options });
};
afterEach(() => bench.close());
const theId = () => bench.platform.people()[0]?.myKeyId;

test('slower than a person is kept waiting: 受付 at eight seconds, the ID in its place when it comes', async () => {
  await start();
  bench.platform.faults({ type: 'latency', ms: 12_000, on: ['batches'] });
  await bench.visit();
  await bench.until(() => bench.inFlight() === 1);
  bench.clock.advance(7999);
  await bench.until(() => true);
  expect(bench.page.now.screen.name).toBe('delivering');
  bench.clock.advance(1);
  await bench.page.see('received');
  bench.clock.advance(4000);
  const { screen } = await bench.page.see('issued');
  expect(screen).toMatchObject({ myKeyId: theId(), alreadySet: false });
  expect(onceEach(bench.platform)).toHaveLength(1);
  expect(bench.waiting()).toBe(0);
});

test('the person has gone when the slow answer comes: settled, and shown to nobody', async () => {
  await start();
  bench.platform.faults({ type: 'latency', ms: 20_000, on: ['batches'] });
  await bench.visit();
  await bench.until(() => bench.inFlight() === 1);
  bench.clock.advance(8000);
  await bench.page.see('received');
  await bench.leave();
  bench.clock.advance(12_000);
  await bench.until(() => bench.waiting() === 0);
  expect(onceEach(bench.platform)).toHaveLength(1);
  expect(theId()).toHaveLength(8);
  expect(JSON.stringify(bench.page.seen)).not.toContain(theId());
});

test('slower than a request may take, over a real socket: given up, sent again, issued once', async () => {
  await start({
    time: 'system',
    set: ['platform.requestTimeoutSeconds=1', 'sync.backOffCapSeconds=1', 'platform.waitForAnswerSeconds=30'],
  });
  bench.platform.faults({ type: 'latency', ms: 4500, times: 1, on: ['batches'] });
  await bench.visit();
  const { screen } = await bench.page.see('issued');
  expect(screen).toMatchObject({ myKeyId: theId(), alreadySet: false });
  expect(bench.requests.filter(({ path }) => path === '/v1/batches').length).toBeGreaterThan(1);
  await bench.until(() => bench.waiting() === 0);
  expect(onceEach(bench.platform)).toHaveLength(1);
});

test.each([1, 3])('reply lost %i times after the commit: the same key again, the same ID, issued once', async (times) => {
  await start();
  bench.platform.faults({ type: 'drop-reply', times });
  await bench.visit();
  await bench.until(() => bench.lines.some(({ event }) => event === 'sync.back-off'));
  const made = theId();
  expect(made).toHaveLength(8);
  await passUntil(bench, () => bench.waiting() === 0);
  const { screen } = await bench.page.see('issued');
  expect(screen).toMatchObject({ myKeyId: made, alreadySet: false });
  expect(onceEach(bench.platform)).toHaveLength(1);
  expect(bench.platform.people()).toHaveLength(1);
  const sent = bench.requests.filter(({ path }) => path === '/v1/batches').map(({ items }) => JSON.stringify(items));
  expect(sent).toHaveLength(times + 1);
  expect(new Set(sent).size).toBe(1);
  expect(Object.values(bench.platform.summary().perId)).toEqual([{ accepted: 1, refused: 0, duplicate: times, conflict: 0 }]);
});

test('a socket that breaks after the commit: the same, over a real line', async () => {
  await start({ time: 'system', set: ['sync.backOffCapSeconds=1', 'platform.waitForAnswerSeconds=30'] });
  bench.platform.faults({ type: 'drop-reply', times: 2 });
  await bench.visit();
  const { screen } = await bench.page.see('issued');
  expect(screen).toMatchObject({ myKeyId: theId(), alreadySet: false });
  expect(onceEach(bench.platform)).toHaveLength(1);
});
