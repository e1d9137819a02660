import type { Bitmap } from '../../../main/core/print/draw/bitmap.ts';

/** The roll in a virtual printer: dots are burnt at a height that only grows, until a piece is cut off. */
export interface PaperRoll {
  /** Where the next line begins, dots from the top of this piece. */
  readonly at: number;
  feed(dots: number): void;
  /** Burns a picture with its left upper corner there; `times` makes every dot a square. */
  burn(picture: Bitmap, x: number, y: number, times?: number): void;
  /** The piece so far; the roll goes on with an empty one. */
  cut(): Bitmap;
}

/** @param width dots, a multiple of 8 */
export function createPaperRoll(width: number): PaperRoll {
  let black: [x: number, y: number][] = [];
  let at = 0;
  return {
    get at() {
      return at;
    },
    feed(dots) {
      at += dots;
    },
    burn(picture, left, top, times = 1) {
      for (let y = 0; y < picture.height; y += 1)
        for (let x = 0; x < picture.width; x += 1) {
          if (((picture.data[(y * picture.width + x) >> 3] ?? 0) & (0x80 >> (x & 7))) === 0) continue;
          for (let dot = 0; dot < times * times; dot += 1)
            black.push([left + x * times + (dot % times), top + y * times + Math.floor(dot / times)]);
        }
    },
    cut() {
      const data = new Uint8Array((width / 8) * at);
      for (const [x, y] of black) {
        // What lies outside the head is not burnt.
        if (x < 0 || x >= width || y >= at) continue;
        const byte = (y * width + x) >> 3;
        data[byte] = (data[byte] ?? 0) | (0x80 >> (x & 7));
      }
      const piece = { width, height: at, data };
      black = [];
      at = 0;
      return piece;
    },
  };
}
