import { expect, it } from 'vitest';
import { HeldRows } from './held-rows.ts';

function harness() {
  const state = { ms: 0, down: true, statusTells: true };
  const held = new HeldRows({
    clock: { monotonic: () => state.ms },
    line: {
      get down() {
        return state.down;
      },
    },
    requests: {
      get statusTells() {
        return state.statusTells;
      },
    },
  });
  return { state, held };
}

it('holds rows while the line is down, for ten minutes from when one was due', () => {
  const { state, held } = harness();
  expect(held.areHeld(false)).toBe(true);
  state.ms = 3_600_000;
  expect(held.areHeld(true)).toBe(true);
  state.ms += 599_999;
  expect(held.areHeld(true)).toBe(true);
  state.ms += 1;
  expect(held.areHeld(true)).toBe(false);
  held.release();
  expect(held.areHeld(true)).toBe(true);
});

it('holds nothing where the line is not down, or the status page says nothing about it', () => {
  const { state, held } = harness();
  state.statusTells = false;
  expect(held.areHeld(true)).toBe(false);
  state.statusTells = true;
  state.down = false;
  expect(held.areHeld(true)).toBe(false);
});
