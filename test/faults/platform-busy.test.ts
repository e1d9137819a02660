import { afterEach, expect, test } from 'vitest';
import { type CoreHarness, createHarness } from '../support/core-harness.ts';
import { onceEach, passUntil } from './after-fault.ts';

/** 429 with Retry-After: until then not one request leaves, whoever stands at the kiosk (RFC 9110 section 10.2.3). */
let harness: CoreHarness;
afterEach(() => harness.close());
const lastWait = () => Number(harness.lines.findLast(({ event }) => event === 'sync.back-off')?.['waitMs']);

test('Retry-After is kept to, also when the next person commits meanwhile', async () => {
  harness = await createHarness({ name: 'platform-busy' });
  harness.platform.faults({ type: 'too-many', retryAfterSeconds: 90, times: 1, on: ['batches'] });
  await harness.visit('fresh');
  await harness.until(() => harness.lines.some(({ event }) => event === 'sync.back-off'));
  const refusedAt = harness.clock.monotonic();
  expect(lastWait()).toBeGreaterThanOrEqual(90_000);
  expect(lastWait()).toBeLessThanOrEqual(99_000);
  const sent = harness.requests.length;

  harness.clock.advance(8000);
  await harness.page.see('received');
  await harness.leave();
  await harness.visit('wrong-pin-once');
  harness.clock.advance(8000);
  await harness.page.see('received');
  await harness.leave();
  harness.clock.advance(refusedAt + 90_000 - 1 - harness.clock.monotonic());
  await harness.until(() => true);
  expect(harness.requests.length).toBe(sent);

  await passUntil(harness, () => harness.waiting() === 0);
  expect(harness.requests[sent]?.at).toBeGreaterThanOrEqual(refusedAt + 90_000);
  expect(harness.requests[sent]?.path).toBe('/v1/batches');
  expect(onceEach(harness.platform)).toHaveLength(2);
  expect(harness.platform.people()).toHaveLength(2);
});

test('429 to every kind of request, again and again: each Retry-After is kept to', async () => {
  harness = await createHarness({ name: 'platform-busy' });
  harness.platform.faults({ type: 'too-many', retryAfterSeconds: 20, times: 5 });
  await harness.visit();
  await passUntil(harness, () => harness.waiting() === 0);
  const waits = harness.lines.filter(({ event }) => event === 'sync.back-off');
  expect(waits).toHaveLength(5);
  const first = harness.requests.findIndex(({ path }) => path === '/v1/batches');
  const times = harness.requests.slice(first, first + 6).map(({ at }) => at);
  for (const [index, at] of times.entries()) {
    const before = times[index - 1];
    if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(20_000);
  }
  expect(onceEach(harness.platform)).toHaveLength(1);
});

test('an item that the platform postpones comes again after that time, and is issued once', async () => {
  harness = await createHarness({ name: 'platform-busy' });
  harness.platform.faults({ type: 'retry-items', afterMs: 45_000, times: 1 });
  await harness.visit();
  await harness.until(() => harness.requests.some(({ path }) => path === '/v1/batches') && harness.inFlight() === 0);
  const refusedAt = harness.clock.monotonic();
  await passUntil(harness, () => harness.waiting() === 0);
  const batches = harness.requests.filter(({ path }) => path === '/v1/batches');
  expect(batches).toHaveLength(2);
  expect(batches[1]?.at).toBeGreaterThanOrEqual(refusedAt + 45_000);
  expect(onceEach(harness.platform)).toHaveLength(1);
});
