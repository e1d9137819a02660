import { expect, it } from 'vitest';
import { createManualClock } from '../../test/support/manual-clock.ts';
import type { Snapshot } from '../contract/page-protocol.ts';
import { clearAfterVisits, memoryClearer } from './clear-memory.ts';
import { startingSnapshot } from './starting-snapshot.ts';

const on = (screen: Snapshot['screen'], session: boolean): Snapshot => ({ ...startingSnapshot(null), screen, session });
const attract = on({ name: 'attract', can: [] }, false);
const reading = on({ name: 'reading-card', journey: 'check' }, true);
const goodbye = on({ name: 'goodbye', reason: 'done' }, false);

it('clears once, a second after a visit ended, and for nobody else', () => {
  const clock = createManualClock();
  let cleared = 0;
  const tell = clearAfterVisits(
    {
      now: () => clock.now(),
      setTimeout: (run, ms) => clock.setTimeout(run, ms),
      clearTimeout: (handle) => clock.clearTimeout(handle),
    },
    () => {
      cleared += 1;
    },
  );
  tell(attract);
  tell(reading);
  clock.advance(5000);
  expect(cleared).toBe(0);
  tell(goodbye);
  tell(attract);
  clock.advance(999);
  expect(cleared).toBe(0);
  clock.advance(2);
  expect(cleared).toBe(1);
  tell(attract);
  clock.advance(60_000);
  expect(cleared).toBe(1);
  tell(reading);
  tell(goodbye);
  clock.advance(1001);
  expect(cleared).toBe(2);
});

it('runs on this Node, again and again', () => {
  const clear = memoryClearer();
  expect(() => {
    clear();
    clear();
  }).not.toThrow();
});
