import { Buffer } from 'node:buffer';
import jpeg from 'jpeg-js';
import { KIOSK_PHOTO } from '../../main/contract/application.ts';

/** Numbers that look random and are the same every time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface PictureWish {
  readonly width?: number;
  readonly height?: number;
  /** 1 to 100; the default comes to some 80 KB. */
  readonly quality?: number;
  /** How much of the pixels is noise, 0 to 255: more noise, more bytes. */
  readonly noise?: number;
}

/**
 * A test person's picture: a pale ground, a head, shoulders, and fine noise of its own, so that no two persons' files share a stretch of
 * bytes. Baseline JPEG. @param seed the person
 */
export function pictureOf(seed: number, wish: PictureWish = {}): Uint8Array {
  const { width = KIOSK_PHOTO.width, height = KIOSK_PHOTO.height, quality = 85, noise = 24 } = wish;
  const random = numbers(seed);
  const pixels = Buffer.alloc(width * height * 4, 255);
  const inside = (x: number, y: number, cx: number, cy: number, rx: number, ry: number) =>
    ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1;
  const coat = [40 + random() * 120, 40 + random() * 120, 40 + random() * 120];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const head = inside(x, y, width / 2, height * 0.43, width * 0.27, height * 0.28);
      const body = inside(x, y, width / 2, height, width * 0.48, height * 0.28);
      const base = head ? [226, 186, 160] : body ? coat : [232, 238, 244];
      const at = (y * width + x) * 4;
      const grain = (random() - 0.5) * noise;
      for (let c = 0; c < 3; c++) pixels[at + c] = Math.max(0, Math.min(255, (base[c] ?? 0) + grain));
    }
  }
  return Uint8Array.from(jpeg.encode({ data: pixels, width, height }, quality).data);
}
