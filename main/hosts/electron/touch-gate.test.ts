import { expect, it } from 'vitest';
import type { Intent } from '../../contract/port.ts';
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

it('saves no touches up: five quick ones are not a PIN for later', () => {
  const one = gate();
  for (let at = 0; at < 5; at += 1) one.input('touchStart');
  expect([one.passes(key), one.passes(key), one.passes(key)]).toEqual([true, true, false]);
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
