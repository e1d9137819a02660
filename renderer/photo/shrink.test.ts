import { expect, it } from 'vitest';
import { shrink } from './shrink.ts';

it('means the pixels it leaves out, and keeps the shape', () => {
  // Four wide, two high: black and white columns in turn, red full.
  const data = new Uint8ClampedArray([0, 1, 0, 1, 0, 1, 0, 1].flatMap((on) => [255, on * 255, 0, 255]));
  const small = shrink({ width: 4, data }, { x: 0, y: 0, width: 4, height: 2 }, 2);
  expect([small.width, small.height]).toEqual([2, 1]);
  expect([...small.values]).toEqual([255, 127.5, 0, 255, 127.5, 0]);
});

it('cuts a part out, and makes nothing larger', () => {
  const data = new Uint8ClampedArray(Array.from({ length: 9 }, (_, at) => [at, at, at, 255]).flat());
  const part = shrink({ width: 3, data }, { x: 1, y: 1, width: 2, height: 2 }, 10);
  expect([...part.values].filter((_, at) => at % 3 === 0)).toEqual([4, 5, 7, 8]);
});
