import type { Box } from './face.ts';

/** Red, green, blue, 0 to 255, row by row. */
export interface Rgb {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/**
 * A part of a picture so that neither side is longer than `side`; never larger than it was. Each new pixel is the mean of those it stands for.
 * @param box whole px, inside the picture
 */
export function shrink(picture: { width: number; data: Uint8ClampedArray }, box: Box, side: number): Rgb {
  const by = Math.min(1, side / Math.max(box.width, box.height));
  const width = Math.max(1, Math.round(box.width * by));
  const height = Math.max(1, Math.round(box.height * by));
  const values = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const top = box.y + Math.floor((y * box.height) / height);
    const bottom = Math.max(top + 1, box.y + Math.floor(((y + 1) * box.height) / height));
    for (let x = 0; x < width; x += 1) {
      const left = box.x + Math.floor((x * box.width) / width);
      const right = Math.max(left + 1, box.x + Math.floor(((x + 1) * box.width) / width));
      const count = (bottom - top) * (right - left);
      const to = (y * width + x) * 3;
      for (let row = top; row < bottom; row += 1) {
        for (let column = left; column < right; column += 1) {
          const from = (row * picture.width + column) * 4;
          for (let colour = 0; colour < 3; colour += 1)
            values[to + colour] = (values[to + colour] ?? 0) + (picture.data[from + colour] ?? 0) / count;
        }
      }
    }
  }
  return { width, height, values };
}
