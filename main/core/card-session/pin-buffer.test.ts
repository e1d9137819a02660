import { describe, expect, it } from 'vitest';
import { createPinBuffer } from './pin-buffer.ts';

describe('PIN buffer', () => {
  it('takes four ASCII digits and refuses a fifth', () => {
    const pin = createPinBuffer();
    for (const digit of [1, 2, 3, 4]) expect(pin.push(digit)).toBe(true);
    expect(pin.push(5)).toBe(false);
    expect([...(pin.take() ?? [])]).toEqual([0x31, 0x32, 0x33, 0x34]);
  });

  it('hands the digits out once', () => {
    const pin = createPinBuffer();
    for (const digit of [0, 0, 0, 0]) pin.push(digit);
    expect(pin.take()).not.toBeNull();
    expect(pin.take()).toBeNull();
    expect(pin.length).toBe(0);
  });

  it('knows nothing after clear, and gives nothing for three digits', () => {
    const pin = createPinBuffer();
    for (const digit of [9, 9, 9]) pin.push(digit);
    expect(pin.take()).toBeNull();
    pin.clear();
    for (const digit of [1, 2, 3]) pin.push(digit);
    pin.back();
    expect(pin.length).toBe(2);
  });

  it.each([-1, 10, 1.5, Number.NaN])('refuses %s, which is no digit', (wrong) => {
    expect(createPinBuffer().push(wrong)).toBe(false);
  });
});
