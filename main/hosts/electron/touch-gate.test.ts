import fc from 'fast-check';
import { expect, it } from 'vitest';
import { interleaving } from '../../../test/support/fingers.ts';
import type { Intent } from '../../contract/page-protocol.ts';
import { createTouchGate, TOUCH_LASTS_MS } from './touch-gate.ts';

let now = 0;
const gate = () => createTouchGate({ now: () => now });
const key: Intent = { type: 'pin-key', step: 1, position: 3 };
const ok: Intent = { type: 'pin-edit', step: 1, edit: 'ok' };
const lastTry: Intent = { type: 'press', step: 1, button: 'try-again' };
const confirm: Intent = { type: 'press', step: 1, button: 'confirm' };

it('lets nothing guarded through without a touch, and everything else', () => {
  const one = gate();
  for (const intent of [key, ok, lastTry, confirm]) expect(one.passes(intent)).toBe(false);
  one.input('mouseMove');
  one.input('mouseUp');
  one.input('gestureScrollBegin');
  expect(one.passes(key)).toBe(false);
  expect(one.passes({ type: 'press', step: 1, button: 'home' })).toBe(true);
  expect(one.passes({ type: 'pin-edit', step: 1, edit: 'back' })).toBe(true);
  expect(one.passes({ type: 'active' })).toBe(true);
});

it('lets one through for each touch or key, however it is made', () => {
  for (const begin of ['mouseDown', 'touchStart', 'pointerDown', 'rawKeyDown']) {
    const one = gate();
    one.input(begin);
    expect([one.passes(key), one.passes(key)]).toEqual([true, false]);
  }
});

it('saves no touches up: five quick ones are not a PIN for later, nor is a key that is held', () => {
  const one = gate();
  for (let at = 0; at < 5; at += 1) {
    one.input('touchStart');
    one.input('touchEnd');
  }
  expect([one.passes(key), one.passes(key), one.passes(key)]).toEqual([true, true, false]);
  for (let at = 0; at < 5; at += 1) one.input('rawKeyDown');
  expect([one.passes(key), one.passes(key), one.passes(key)]).toEqual([true, true, false]);
});

it('lets one through for each finger that was on the glass at once, and no more, in whatever order they come and go', () => {
  fc.assert(
    fc.property(interleaving(5), (moves) => {
      now += 10_000;
      const one = gate();
      let down = 0;
      let sent = 0;
      for (const { finger, go } of moves) {
        one.input(go === 'down' ? 'touchStart' : 'touchEnd');
        now += 30;
        if (go === 'down') down += 1;
        // As the page does: a key whose finger lifts, and before it what was touched before it.
        else for (; sent <= finger; sent += 1) expect(one.passes(key)).toBe(true);
      }
      expect(sent).toBe(down);
      expect(one.passes(key)).toBe(false);
    }),
  );
});

it('a touch lasts a second, counted from its lifting; one that is old lends nothing to the next', () => {
  const one = gate();
  one.input('touchStart');
  now += 5000;
  one.input('touchEnd');
  now += TOUCH_LASTS_MS - 1;
  expect(one.passes(key)).toBe(true);
  one.input('touchStart');
  now += TOUCH_LASTS_MS;
  expect(one.passes(key)).toBe(false);
  one.input('touchStart');
  expect([one.passes(key), one.passes(key)]).toEqual([true, false]);
});
