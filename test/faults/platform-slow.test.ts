import { afterEach, expect, test } from 'vitest';
import { type CoreHarness, createHarness, type HarnessOptions } from '../support/core-harness.ts';
import { onceEach, passUntil } from './after-fault.ts';

/** Answers that come late, or not at all although the work was done. Nothing may be issued twice, and nobody may see another ID. */
let harness: CoreHarness;
const start = async (options: Partial<HarnessOptions> = {}) => {
  harness = await createHarness({ name: 'platform-slow', ...options });
};
afterEach(() => harness.close());
const theId = () => harness.platform.people()[0]?.myKeyId;

test('slower than a person is kept waiting: 受付 at eight seconds, the ID in its place when it comes', async () => {
  await start();
  harness.platform.faults({ type: 'latency', ms: 12_000, on: ['batches'] });
  await harness.visit();
  await harness.until(() => harness.inFlight() === 1);
  harness.clock.advance(7999);
  await harness.until(() => true);
  expect(harness.page.now.screen.name).toBe('delivering');
  harness.clock.advance(1);
  await harness.page.see('received');
  harness.clock.advance(4000);
  const { screen } = await harness.page.see('issued');
  expect(screen).toMatchObject({ myKeyId: theId(), alreadySet: false });
  expect(onceEach(harness.platform)).toHaveLength(1);
  expect(harness.waiting()).toBe(0);
});

test('the person has gone when the slow answer comes: settled, and shown to nobody', async () => {
  await start();
  harness.platform.faults({ type: 'latency', ms: 20_000, on: ['batches'] });
  await harness.visit();
  await harness.until(() => harness.inFlight() === 1);
  harness.clock.advance(8000);
  await harness.page.see('received');
  await harness.leave();
  harness.clock.advance(12_000);
  await harness.until(() => harness.waiting() === 0);
  expect(onceEach(harness.platform)).toHaveLength(1);
  expect(theId()).toHaveLength(8);
  expect(JSON.stringify(harness.page.seen)).not.toContain(theId());
});

test('slower than a request may take, over a real socket: given up, sent again, issued once', async () => {
  await start({
    time: 'system',
    set: ['platform.requestTimeoutSeconds=1', 'sync.backOffCapSeconds=1', 'platform.waitForAnswerSeconds=30'],
  });
  harness.platform.faults({ type: 'latency', ms: 4500, times: 1, on: ['batches'] });
  await harness.visit();
  const { screen } = await harness.page.see('issued');
  expect(screen).toMatchObject({ myKeyId: theId(), alreadySet: false });
  expect(harness.requests.filter(({ path }) => path === '/v1/batches').length).toBeGreaterThan(1);
  await harness.until(() => harness.waiting() === 0);
  expect(onceEach(harness.platform)).toHaveLength(1);
});

test.each([1, 3])('reply lost %i times after the commit: the same key again, the same ID, issued once', async (times) => {
  await start();
  harness.platform.faults({ type: 'drop-reply', times });
  await harness.visit();
  await harness.until(() => harness.lines.some(({ event }) => event === 'sync.back-off'));
  const made = theId();
  expect(made).toHaveLength(8);
  await passUntil(harness, () => harness.waiting() === 0);
  const { screen } = await harness.page.see('issued');
  expect(screen).toMatchObject({ myKeyId: made, alreadySet: false });
  expect(onceEach(harness.platform)).toHaveLength(1);
  expect(harness.platform.people()).toHaveLength(1);
  const sent = harness.requests.filter(({ path }) => path === '/v1/batches').map(({ items }) => JSON.stringify(items));
  expect(sent).toHaveLength(times + 1);
  expect(new Set(sent).size).toBe(1);
  expect(Object.values(harness.platform.summary().perId)).toEqual([{ accepted: 1, refused: 0, duplicate: times, conflict: 0 }]);
});

test('a socket that breaks after the commit: the same, over a real line', async () => {
  await start({ time: 'system', set: ['sync.backOffCapSeconds=1', 'platform.waitForAnswerSeconds=30'] });
  harness.platform.faults({ type: 'drop-reply', times: 2 });
  await harness.visit();
  const { screen } = await harness.page.see('issued');
  expect(screen).toMatchObject({ myKeyId: theId(), alreadySet: false });
  expect(onceEach(harness.platform)).toHaveLength(1);
});
