import { inflateSync } from 'node:zlib';
import { PNG_SIGNATURE, pngFile } from '../support/png-file.ts';
import type { Frame } from './frame.ts';

/** As a PNG (8-bit RGB), for people to look at. */
export function toPng({ width, height, pixels }: Frame): Buffer {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y += 1) rows.set(pixels.subarray(y * width * 3, (y + 1) * width * 3), y * (1 + width * 3) + 1);
  return pngFile({ width, height, depth: 8, kind: 2, rows, level: 6 });
}

/** Reads a PNG as browsers write their screenshots: 8 bits, RGB or RGBA, not interlaced (PNG specification, sections 5 and 9). */
export function fromPng(png: Buffer): Frame {
  if (!png.subarray(0, 8).equals(PNG_SIGNATURE)) throw new Error('not a PNG');
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const type = png.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const [width, height, depth, kind, interlaced] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25], png[28]];
  if (depth !== 8 || (kind !== 2 && kind !== 6) || interlaced !== 0) throw new Error('not an 8-bit RGB picture');
  const size = kind === 2 ? 3 : 4;
  const line = width * size;
  const raw = inflateSync(Buffer.concat(data));
  const plain = new Uint8Array(line * height);
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (line + 1)] ?? 0;
    for (let x = 0; x < line; x += 1) {
      const left = x < size ? 0 : (plain[y * line + x - size] ?? 0);
      const up = y === 0 ? 0 : (plain[(y - 1) * line + x] ?? 0);
      const corner = x < size || y === 0 ? 0 : (plain[(y - 1) * line + x - size] ?? 0);
      plain[y * line + x] = (raw[y * (line + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
    for (let x = 0; x < width; x += 1)
      pixels.set(plain.subarray(y * line + x * size, y * line + x * size + 3), (y * width + x) * 3);
  }
  return { width, height, pixels };
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
