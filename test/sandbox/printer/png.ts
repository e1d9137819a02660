import { inflateSync } from 'node:zlib';
import type { Bitmap } from '../../../main/core/print/draw/bitmap.ts';
import { PNG_SIGNATURE, pngFile } from '../../support/png-file.ts';

/** Dots as a PNG of one bit a pixel (PNG specification: grey, depth 1, where 1 is white). */
export function bitmapToPng({ width, height, data }: Bitmap): Buffer {
  const line = width / 8;
  const rows = Buffer.alloc((line + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < line; x += 1) rows[y * (line + 1) + 1 + x] = (data[y * line + x] ?? 0) ^ 0xff;
  return pngFile({ width, height, depth: 1, kind: 0, rows, level: 9 });
}

/** Reads back what `bitmapToPng` wrote. */
export function pngToBitmap(png: Buffer): Bitmap {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  if (!png.subarray(0, 8).equals(PNG_SIGNATURE) || png[24] !== 1 || png[25] !== 0)
    throw new Error('not a PNG of one bit a pixel');
  const at = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  const line = width / 8;
  const data = new Uint8Array(line * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < line; x += 1) data[y * line + x] = (rows[y * (line + 1) + 1 + x] ?? 0) ^ 0xff;
  return { width, height, data };
}
