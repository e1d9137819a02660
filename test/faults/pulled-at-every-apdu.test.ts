import { beforeAll, describe, expect, test } from 'vitest';
import { ensureTestPki, personOf, type TestPki } from '../sandbox/pki/index.ts';
import { type Platform, startPlatform } from '../sandbox/platform/start.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';
import { PROMISE } from '../support/promises.ts';
import { testFolder } from '../support/test-folder.ts';
import { type CounterWorld, createCounterWorld, type Who } from '../two-people/counter-world.ts';

/** The card pulled at every single APDU of a whole set-up, on the real core: the visit ends, nothing is sent, the next person starts clean. */
let pki: TestPki;
let platform: Platform;
let clock: ManualClock;
beforeAll(async () => {
  pki = await ensureTestPki();
  clock = createManualClock(Date.now());
  platform = await startPlatform({ data: testFolder('world', 'pulled'), pki, port: null, memory: true, clock });
  return () => platform.close();
});

/** Walks to the end of the set-up, or to where the card left. */
async function setUp(world: CounterWorld, who: Who, leaveAt?: number): Promise<string> {
  const screen = () => world.kiosk.snapshot().screen.name;
  for (const button of ['start', 'set-up', 'next', 'self', 'holder', 'agree', 'agree'] as const) world.press(button);
  expect(screen()).toBe('insert-card');
  world.lay(who, leaveAt);
  await world.turns('quiet');
  if (screen() !== 'read-back') return screen();
  world.press('confirm');
  world.typePin(personOf(pki, who).pin);
  world.kiosk.handle({ type: 'pin-edit', step: world.kiosk.snapshot().step, edit: 'ok' });
  await world.turns('quiet');
  for (let n = 0; n < 20 && screen() === 'delivering'; n++) {
    clock.advance(100);
    await world.turns('quiet');
  }
  return screen();
}

/** The person is gone: the reader is empty and the kiosk waits for the next one. */
async function nextPerson(world: CounterWorld): Promise<void> {
  world.takeOff();
  clock.advance(10_000);
  await world.turns('quiet');
  expect(world.kiosk.snapshot()).toMatchObject({ screen: { name: 'attract' }, session: false });
}

describe.each([
  ['extended', 'auto'],
  ['short', 'never'],
])('%s APDUs', (_, extended) => {
  test('pulled at each of them', async () => {
    const world = await createCounterWorld({ pki, platform, clock, keep: true, set: [`reader.extendedLength=${extended}`] });
    // The first contact with the platform brings the challenges.
    clock.advance(1000);
    await world.turns('quiet');
    const before = world.oracle.commands;
    expect(await setUp(world, 'fresh')).toBe('issued');
    const count = world.oracle.commands - before;
    expect(count).toBe(extended === 'auto' ? 6 : 12);
    await nextPerson(world);

    const accepted = platform.summary().accepted;
    for (let leaveAt = 1; leaveAt <= count; leaveAt++) {
      expect(await setUp(world, 'fresh', leaveAt), `at ${leaveAt}`).toBe('goodbye');
      expect(world.kiosk.snapshot().screen).toEqual({ name: 'goodbye', reason: 'removed' });
      await nextPerson(world);
    }
    expect(platform.summary().accepted, PROMISE).toBe(accepted);
    expect(await setUp(world, 'fresh-2')).toBe('issued');
    expect(platform.summary().accepted, PROMISE).toBe(accepted + 1);
    expect(world.oracle.breaches, PROMISE).toEqual([]);
    await world.close();
  });
});
