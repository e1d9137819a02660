import { expect, it } from 'vitest';
import { BLACK, lightOf, troubleOf } from './trouble.ts';

it('says what is wrong with the camera', () => {
  expect(troubleOf('NotFoundError')).toBe('missing');
  expect(troubleOf('NotAllowedError')).toBe('denied');
  expect(troubleOf('NotReadableError')).toBe('busy');
  expect(troubleOf('TypeError')).toBe('failed');
});

it('tells a black picture from a dim one', () => {
  const frame = (light: number) => new Uint8ClampedArray(64 * 64 * 4).fill(light);
  expect(lightOf(frame(3))).toBeLessThan(BLACK);
  expect(lightOf(frame(40))).toBeGreaterThan(BLACK);
  expect(lightOf(new Uint8ClampedArray(0))).toBe(0);
});
