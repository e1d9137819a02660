import { crc32, deflateSync, inflateSync } from 'node:zlib';
import type { Bitmap } from '../../../main/core/print/draw/bitmap.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** Dots as a PNG of one bit a pixel (PNG specification: grey, depth 1, where 1 is white). */
export function bitmapToPng({ width, height, data }: Bitmap): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const line = width / 8;
  const rows = Buffer.alloc((line + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < line; x += 1) rows[y * (line + 1) + 1 + x] = (data[y * line + x] ?? 0) ^ 0xff;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Reads back what `bitmapToPng` wrote. */
export function pngToBitmap(png: Buffer): Bitmap {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  if (!png.subarray(0, 8).equals(SIGNATURE) || png[24] !== 1 || png[25] !== 0) throw new Error('not a PNG of one bit a pixel');
  const at = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  const line = width / 8;
  const data = new Uint8Array(line * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < line; x += 1) data[y * line + x] = (rows[y * (line + 1) + 1 + x] ?? 0) ^ 0xff;
  return { width, height, data };
}
