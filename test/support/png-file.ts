import { crc32, deflateSync, inflateSync } from 'node:zlib';

export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Length, type, data, CRC (PNG specification, section 5.3). */
function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

export interface PngContent {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Bits a sample, and the kind of colour (0 grey, 2 RGB). */
  readonly depth: 1 | 8;
  readonly kind: 0 | 2;
  /** Every row with its filter byte before it. */
  readonly rows: Uint8Array;
  /** Of zlib, 0 to 9. */
  readonly level: number;
}

/** A whole PNG file, not interlaced. */
export function pngFile({ width, height, depth, kind, rows, level }: PngContent): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, kind, 0, 0, 0], 8);
  return Buffer.concat([
    PNG_SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export interface PngPixels {
  readonly width: number;
  readonly height: number;
  readonly depth: 8 | 16;
  /** 0 grey, 2 RGB, 6 RGB with alpha. */
  readonly kind: 0 | 2 | 6;
  /** Bytes of a pixel; the higher byte of 16 bits comes first. */
  readonly size: number;
  /** Row after row, without filters. */
  readonly bytes: Uint8Array;
}

/** Reads a PNG of 8 or 16 bits a sample, grey or in colour, not interlaced (PNG specification, sections 5, 9 and 11). @throws for any other */
export function readPng(png: Buffer): PngPixels {
  if (!png.subarray(0, 8).equals(PNG_SIGNATURE)) throw new Error('not a PNG');
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const [width, height, depth, kind, interlaced] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25], png[28]];
  if ((depth !== 8 && depth !== 16) || (kind !== 0 && kind !== 2 && kind !== 6) || interlaced !== 0)
    throw new Error('a PNG of another kind');
  const size = (kind === 0 ? 1 : kind === 2 ? 3 : 4) * (depth / 8);
  const line = width * size;
  const raw = inflateSync(Buffer.concat(data));
  const bytes = new Uint8Array(line * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (line + 1)] ?? 0;
    for (let x = 0; x < line; x += 1) {
      const left = x < size ? 0 : (bytes[y * line + x - size] ?? 0);
      const up = y === 0 ? 0 : (bytes[(y - 1) * line + x] ?? 0);
      const corner = x < size || y === 0 ? 0 : (bytes[(y - 1) * line + x - size] ?? 0);
      bytes[y * line + x] = (raw[y * (line + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return { width, height, depth, kind, size, bytes };
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
