import { expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { ANSWERED_MS, createCallBell } from './call-bell.ts';
import { createConsoleLock } from './console-lock.ts';

const clerk = { role: 'clerk', key: 'window 1' } as const;

function setUp() {
  const clock = createManualClock();
  const world = { visit: false, out: false, closed: [] as string[] };
  const console = createConsoleLock<object>({
    clock,
    idleMs: 60_000,
    take: () => {
      if (!world.visit) world.out = true;
      return !world.visit;
    },
    giveBack: () => {
      world.out = false;
    },
    closed: (_, reason) => world.closed.push(reason),
    ticked: () => {},
  });
  return { clock, world, console };
}

it('opens only when nobody is at the screen, and for one device', () => {
  const { console, world } = setUp();
  const [one, two] = [{}, {}];
  world.visit = true;
  expect(console.open(one, clerk)).toBe('in-use');
  world.visit = false;
  expect(console.open(one, clerk)).toBeNull();
  expect(console.open(two, clerk)).toBe('other-console');
  console.close(two, 'asked');
  console.touch(two);
  expect([console.isHeldBy(one), console.isHeldBy(two), world.out]).toEqual([true, false, true]);
  console.close(one, 'asked');
  expect([console.taken, world.out, world.closed]).toEqual([false, false, ['asked']]);
  expect(console.open(two, clerk)).toBeNull();
});

it('closes by itself after so long without a touch, and says how long it still has', () => {
  const { clock, console, world } = setUp();
  const me = {};
  console.open(me, clerk);
  expect(console.closesIn).toBe(60);
  clock.advance(45_000);
  expect(console.closesIn).toBe(15);
  console.touch(me);
  clock.advance(59_000);
  expect([console.taken, console.closesIn]).toEqual([true, 1]);
  clock.advance(1000);
  expect([console.taken, console.closesIn, world.out, world.closed]).toEqual([false, null, false, ['idle']]);
  expect(clock.pending).toBe(0);
});

it('a call is lit until it is answered, taken back or the visit is over; an answered one leaves the screen a minute later', () => {
  const clock = createManualClock();
  let down = 0;
  const bell = createCallBell(clock, () => {
    down += 1;
  });
  expect(bell.answer()).toBe(false);
  bell.hear(true);
  const at = bell.calledAt;
  clock.advance(5000);
  bell.hear(true);
  expect(bell.calledAt).toBe(at);
  expect(bell.answer()).toBe(true);
  expect([bell.calledAt, bell.answer()]).toEqual([null, false]);
  clock.advance(ANSWERED_MS);
  expect(down).toBe(1);
  bell.hear(false);
  // Called again before the minute is over: lit again, and not taken down by the first answer.
  bell.hear(true);
  bell.answer();
  bell.hear(false);
  bell.hear(true);
  clock.advance(ANSWERED_MS * 2);
  expect([bell.calledAt !== null, down]).toEqual([true, 1]);
});
