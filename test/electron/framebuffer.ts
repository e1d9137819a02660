import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

/** What is on the glass: the pixels of the whole display, three bytes each (red, green, blue). */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/**
 * Reads the file in which Xvfb keeps its screen (`-fbdir`): an X window dump, XWDFile.h of the X distribution. A header of big-endian 32-bit
 * words, a colour table of 12 bytes an entry, then lines of pixels; a 24-bit screen has blue, green, red and a spare byte.
 */
export function readFrame(file: string): Frame {
  const dump = readFileSync(file);
  const word = (index: number) => dump.readUInt32BE(index * 4);
  const [width, height, bits, line] = [word(4), word(5), word(11), word(12)];
  if (word(1) !== 7 || bits !== 32) throw new Error('not a dump of a 24-bit screen');
  const start = word(0) + word(19) * 12;
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0, from = start + y * line; x < width; x += 1, from += 4, to += 3) {
      pixels[to] = dump[from + 2] ?? 0;
      pixels[to + 1] = dump[from + 1] ?? 0;
      pixels[to + 2] = dump[from] ?? 0;
    }
  }
  return { width, height, pixels };
}

/** @returns how many of the pixels are the same, from 0 to 1 */
export function likeness(one: Frame, other: Frame): number {
  if (one.width !== other.width || one.height !== other.height) return 0;
  let same = 0;
  for (let at = 0; at < one.pixels.length; at += 3) {
    if ([0, 1, 2].every((part) => one.pixels[at + part] === other.pixels[at + part])) same += 1;
  }
  return same / (one.width * one.height);
}

/** @returns how many different colours there are */
export function colours({ pixels }: Frame): number {
  const seen = new Set<number>();
  for (let at = 0; at < pixels.length; at += 3) {
    seen.add(((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0));
  }
  return seen.size;
}

/** As a PNG (8-bit RGB), for people to look at. */
export function toPng({ width, height, pixels }: Frame): Buffer {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const lines = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y += 1) lines.set(pixels.subarray(y * width * 3, (y + 1) * width * 3), y * (1 + width * 3) + 1);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
