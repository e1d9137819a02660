import { pngFile, readPng } from '../support/png-file.ts';
import type { Frame } from './frame.ts';

/** As a PNG (8-bit RGB), for people to look at. */
export function toPng({ width, height, pixels }: Frame): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y += 1) rows.set(pixels.subarray(y * width * 3, (y + 1) * width * 3), y * (1 + width * 3) + 1);
  return pngFile({ width, height, depth: 8, kind: 2, rows, level: 6 });
}

/** Reads a PNG as browsers write their screenshots: 8 bits, RGB or RGBA. */
export function fromPng(png: Buffer): Frame {
  const { width, height, depth, kind, size, bytes } = readPng(png);
  if (depth !== 8 || kind === 0) throw new Error('not an 8-bit RGB picture');
  const pixels = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at += 1) pixels.set(bytes.subarray(at * size, at * size + 3), at * 3);
  return { width, height, pixels };
}
