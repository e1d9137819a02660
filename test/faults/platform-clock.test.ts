import { afterEach, expect, test } from 'vitest';
import { type CoreHarness, createHarness } from '../support/core-harness.ts';
import { onceEach, passUntil } from './after-fault.ts';

/** The kiosk's clock and the platform's disagree. Within two hours nobody notices; beyond, the person hears of it and nothing is issued. */
let harness: CoreHarness;
afterEach(() => harness.close());
const HOUR = 3_600_000;

test.each([
  ['an hour slow', -HOUR],
  ['an hour fast', HOUR],
  ['almost two hours slow', -2 * HOUR + 60_000],
  ['almost two hours fast', 2 * HOUR - 60_000],
] as const)("the kiosk's clock %s: issued", async (_name, off) => {
  harness = await createHarness({
    name: 'platform-clock',
    before: (platform) => platform.faults({ type: 'clock-skew', ms: -off }),
  });
  await harness.visit();
  const { screen } = await harness.page.see('issued');
  expect(screen).toMatchObject({ myKeyId: harness.platform.people()[0]?.myKeyId });
  expect(onceEach(harness.platform)).toHaveLength(1);
  expect(harness.lines.some(({ event, skewMs }) => event === 'sync.skew' && Math.abs(Number(skewMs) - off) < 5000)).toBe(true);
});

test.each([
  ['three hours fast', 3 * HOUR],
  ['three hours slow', -3 * HOUR],
] as const)("the kiosk's clock %s: the act carries the platform's time, and is accepted", async (_name, off) => {
  harness = await createHarness({
    name: 'platform-clock',
    before: (platform) => platform.faults({ type: 'clock-skew', ms: -off }),
  });
  await harness.visit();
  await harness.page.see('issued');
  expect(harness.waiting()).toBe(0);
  expect(harness.outbox.counts()).toMatchObject({ accepted: 1, refused: 0 });
  expect(harness.platform.people()).toHaveLength(1);
  expect(harness.lines.some(({ event }) => event === 'sync.skew')).toBe(true);
});

test.each([
  ['back', -HOUR],
  ['forward', HOUR],
  ['back a day', -24 * HOUR],
  ['forward a day', 24 * HOUR],
] as const)('the wall clock jumps %s while a row waits: it is delivered all the same, in its time', async (_name, jump) => {
  harness = await createHarness({ name: 'platform-clock' });
  harness.platform.faults({ type: 'retry-items', afterMs: 30_000, times: 1 });
  await harness.visit();
  await harness.until(() => harness.requests.some(({ path }) => path === '/v1/batches') && harness.inFlight() === 0);
  // The platform keeps its own time: what it sees of the jump is a skew the other way.
  harness.clock.jump(jump);
  harness.platform.faults({ type: 'clock-skew', ms: -jump });
  await passUntil(harness, () => harness.waiting() === 0, 20 * 60_000);
  expect(onceEach(harness.platform)).toHaveLength(1);
});

test('a clock an hour off while the line is down: what was done then is accepted when the line is back', async () => {
  harness = await createHarness({ name: 'platform-clock' });
  harness.platform.faults({ type: 'drop-request' });
  harness.clock.jump(-HOUR);
  await harness.visit();
  harness.clock.advance(8000);
  await harness.page.see('received');
  await harness.leave();
  harness.clock.jump(HOUR);
  await harness.platform.clearFaults();
  await passUntil(harness, () => harness.waiting() === 0);
  expect(onceEach(harness.platform)).toHaveLength(1);
});
