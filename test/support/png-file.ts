import { crc32, deflateSync } from 'node:zlib';

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
