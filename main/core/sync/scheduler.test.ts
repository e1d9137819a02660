import { expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { Scheduler } from './scheduler.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

function harness(run: (signal: AbortSignal) => Promise<number>) {
  const clock = createManualClock();
  let runs = 0;
  const counted = (signal: AbortSignal) => {
    runs += 1;
    return run(signal);
  };
  const scheduler = new Scheduler({ clock, run: counted, onFault: () => 5000 });
  const pass = async (ms: number) => {
    clock.advance(ms);
    await settle();
  };
  return { clock, scheduler, pass, runs: () => runs };
}

it('runs after the first wait, and then after what each run says', async () => {
  const { scheduler, pass, runs, clock } = harness(async () => 1000);
  scheduler.look();
  await pass(1);
  expect(runs()).toBe(0);
  scheduler.start(300);
  await pass(299);
  expect(runs()).toBe(0);
  await pass(1);
  expect(runs()).toBe(1);
  expect(scheduler.nextAt).toBe(clock.now() + 1000);
  await pass(1000);
  expect(runs()).toBe(2);
});

it('never runs twice at once: who looks meanwhile has a run of its own right after', async () => {
  const ends: (() => void)[] = [];
  const { scheduler, pass, runs } = harness(() => new Promise((resolve) => ends.push(() => resolve(60_000))));
  scheduler.start(0);
  await pass(0);
  scheduler.look();
  scheduler.look();
  await pass(0);
  expect(runs()).toBe(1);
  ends[0]?.();
  await settle();
  await pass(0);
  expect(runs()).toBe(2);
  ends[1]?.();
  await settle();
  await pass(59_999);
  expect(runs()).toBe(2);
});

it('a run that throws is told, and is tried again after the wait for that', async () => {
  const { scheduler, pass, runs } = harness(() => Promise.reject(new Error('bug')));
  scheduler.start(0);
  await pass(0);
  await pass(4999);
  expect(runs()).toBe(1);
  await pass(1);
  expect(runs()).toBe(2);
});

it('stop aborts what runs, waits for it, and nothing runs any more', async () => {
  const { scheduler, pass, runs } = harness(
    (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(0))),
  );
  scheduler.start(0);
  await pass(0);
  await scheduler.stop();
  expect(scheduler.signal).toBeNull();
  scheduler.look();
  await pass(100_000);
  expect(runs()).toBe(1);
});
