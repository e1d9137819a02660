import type { Bitmap } from '../../../main/core/print/draw/bitmap.ts';

const dot = ({ width, height, data }: Bitmap, x: number, y: number): boolean =>
  x >= 0 && y >= 0 && x < width && y < height && ((data[(y * width + x) >> 3] ?? 0) & (0x80 >> (x & 7))) !== 0;

/**
 * Which share of the black dots of both pictures has a black one of the other beside it (one dot away at most): 1 for the same picture, 0 for
 * a blank one. White paper, which is most of it, does not count; pictures of another size are not alike at all.
 */
export function likeness(one: Bitmap, other: Bitmap): number {
  if (one.width !== other.width || one.height !== other.height) return 0;
  let black = 0;
  let near = 0;
  for (const [here, there] of [
    [one, other],
    [other, one],
  ] as const)
    for (let y = 0; y < here.height; y += 1)
      for (let x = 0; x < here.width; x += 1) {
        if (!dot(here, x, y)) continue;
        black += 1;
        near += [-1, 0, 1].some((down) => [-1, 0, 1].some((right) => dot(there, x + right, y + down))) ? 1 : 0;
      }
  return black === 0 ? 1 : near / black;
}
