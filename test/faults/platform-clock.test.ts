import { afterEach, expect, test } from 'vitest';
import { type CoreBench, createBench } from '../support/core-bench.ts';
import { onceEach, passUntil } from './after-fault.ts';

/** The kiosk's clock and the platform's disagree. Within two hours nobody notices; beyond, the person hears of it and nothing is issued. */
let bench: CoreBench;
afterEach(() => bench.close());
const HOUR = 3_600_000;

test.each([
  ['an hour slow', -HOUR],
  ['an hour fast', HOUR],
  ['almost two hours slow', -2 * HOUR + 60_000],
  ['almost two hours fast', 2 * HOUR - 60_000],
] as const)("the kiosk's clock %s: issued", async (_name, off) => {
  bench = await createBench({
    name: 'platform-clock',
    before: (platform) => platform.faults({ type: 'clock-skew', ms: -off }),
  });
  await bench.visit();
  const { screen } = await bench.page.see('issued');
  expect(screen).toMatchObject({ myKeyId: bench.platform.people()[0]?.myKeyId });
  expect(onceEach(bench.platform)).toHaveLength(1);
  expect(bench.lines.some(({ event, skewMs }) => event === 'sync.skew' && Math.abs(Number(skewMs) - off) < 5000)).toBe(true);
});

test.each([
  ['three hours fast', 3 * HOUR],
  ['three hours slow', -3 * HOUR],
] as const)("the kiosk's clock %s: the act carries the platform's time, and is accepted", async (_name, off) => {
  bench = await createBench({
    name: 'platform-clock',
    before: (platform) => platform.faults({ type: 'clock-skew', ms: -off }),
  });
  await bench.visit();
  await bench.page.see('issued');
  expect(bench.waiting()).toBe(0);
  expect(bench.outbox.counts()).toMatchObject({ accepted: 1, refused: 0 });
  expect(bench.platform.people()).toHaveLength(1);
  expect(bench.lines.some(({ event }) => event === 'sync.skew')).toBe(true);
});

test.each([
  ['back', -HOUR],
  ['forward', HOUR],
  ['back a day', -24 * HOUR],
  ['forward a day', 24 * HOUR],
] as const)('the wall clock jumps %s while a row waits: it is delivered all the same, in its time', async (_name, jump) => {
  bench = await createBench({ name: 'platform-clock' });
  bench.platform.faults({ type: 'retry-items', afterMs: 30_000, times: 1 });
  await bench.visit();
  await bench.until(() => bench.requests.some(({ path }) => path === '/v1/batches') && bench.inFlight() === 0);
  // The platform keeps its own time: what it sees of the jump is a skew the other way.
  bench.clock.jump(jump);
  bench.platform.faults({ type: 'clock-skew', ms: -jump });
  await passUntil(bench, () => bench.waiting() === 0, 20 * 60_000);
  expect(onceEach(bench.platform)).toHaveLength(1);
});

test('a clock an hour off while the line is down: what was done then is accepted when the line is back', async () => {
  bench = await createBench({ name: 'platform-clock' });
  bench.platform.faults({ type: 'drop-request' });
  bench.clock.jump(-HOUR);
  await bench.visit();
  bench.clock.advance(8000);
  await bench.page.see('received');
  await bench.leave();
  bench.clock.jump(HOUR);
  await bench.platform.clearFaults();
  await passUntil(bench, () => bench.waiting() === 0);
  expect(onceEach(bench.platform)).toHaveLength(1);
});
