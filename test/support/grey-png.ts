import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import type { Grey } from './drawn-codes.ts';

/** Reads a PNG of grey light, 8 or 16 bits a pixel, not interlaced (PNG specification, sections 9 and 11). @throws for any other */
export function greyPng(file: string): Grey {
  const png = readFileSync(file);
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const [width, height, depth, kind, interlaced] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25], png[28]];
  if ((depth !== 8 && depth !== 16) || kind !== 0 || interlaced !== 0) throw new Error(`${file}: no grey PNG`);
  const size = depth / 8;
  const line = width * size;
  const raw = inflateSync(Buffer.concat(data));
  const plain = new Uint8Array(line * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (line + 1)] ?? 0;
    for (let x = 0; x < line; x += 1) {
      const left = x < size ? 0 : (plain[y * line + x - size] ?? 0);
      const up = y === 0 ? 0 : (plain[(y - 1) * line + x] ?? 0);
      const corner = x < size || y === 0 ? 0 : (plain[(y - 1) * line + x - size] ?? 0);
      plain[y * line + x] = (raw[y * (line + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return { width, height, light: (x, y) => plain[y * line + x * size] ?? 0 };
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const [a, b, c] = [left, up, corner].map((one) => Math.abs(left + up - corner - one)) as [number, number, number];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
