import { afterEach, expect, test } from 'vitest';
import { type CoreBench, createBench } from '../support/core-bench.ts';
import { onceEach, passUntil } from './after-fault.ts';

/** 429 with Retry-After: until then not one request leaves, whoever stands at the kiosk (RFC 9110 section 10.2.3). */
let bench: CoreBench;
afterEach(() => bench.close());
const lastWait = () => Number(bench.lines.findLast(({ event }) => event === 'sync.back-off')?.['waitMs']);

test('Retry-After is kept to, also when the next person commits meanwhile', async () => {
  bench = await createBench({ name: 'platform-busy' });
  bench.platform.faults({ type: 'too-many', retryAfterSeconds: 90, times: 1, on: ['batches'] });
  await bench.visit('fresh');
  await bench.until(() => bench.lines.some(({ event }) => event === 'sync.back-off'));
  const refusedAt = bench.clock.monotonic();
  expect(lastWait()).toBeGreaterThanOrEqual(90_000);
  expect(lastWait()).toBeLessThanOrEqual(99_000);
  const sent = bench.requests.length;

  bench.clock.advance(8000);
  await bench.page.see('received');
  await bench.leave();
  await bench.visit('wrong-pin-once');
  bench.clock.advance(8000);
  await bench.page.see('received');
  await bench.leave();
  bench.clock.advance(refusedAt + 90_000 - 1 - bench.clock.monotonic());
  await bench.until(() => true);
  expect(bench.requests.length).toBe(sent);

  await passUntil(bench, () => bench.waiting() === 0);
  expect(bench.requests[sent]?.at).toBeGreaterThanOrEqual(refusedAt + 90_000);
  expect(bench.requests[sent]?.path).toBe('/v1/batches');
  expect(onceEach(bench.platform)).toHaveLength(2);
  expect(bench.platform.people()).toHaveLength(2);
});

test('429 to every kind of request, again and again: each Retry-After is kept to', async () => {
  bench = await createBench({ name: 'platform-busy' });
  bench.platform.faults({ type: 'too-many', retryAfterSeconds: 20, times: 5 });
  await bench.visit();
  await passUntil(bench, () => bench.waiting() === 0);
  const waits = bench.lines.filter(({ event }) => event === 'sync.back-off');
  expect(waits).toHaveLength(5);
  const first = bench.requests.findIndex(({ path }) => path === '/v1/batches');
  const times = bench.requests.slice(first, first + 6).map(({ at }) => at);
  for (const [index, at] of times.entries()) {
    const before = times[index - 1];
    if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(20_000);
  }
  expect(onceEach(bench.platform)).toHaveLength(1);
});

test('an item that the platform postpones comes again after that time, and is issued once', async () => {
  bench = await createBench({ name: 'platform-busy' });
  bench.platform.faults({ type: 'retry-items', afterMs: 45_000, times: 1 });
  await bench.visit();
  await bench.until(() => bench.requests.some(({ path }) => path === '/v1/batches') && bench.inFlight() === 0);
  const refusedAt = bench.clock.monotonic();
  await passUntil(bench, () => bench.waiting() === 0);
  const batches = bench.requests.filter(({ path }) => path === '/v1/batches');
  expect(batches).toHaveLength(2);
  expect(batches[1]?.at).toBeGreaterThanOrEqual(refusedAt + 45_000);
  expect(onceEach(bench.platform)).toHaveLength(1);
});
