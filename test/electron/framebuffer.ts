import { readFileSync } from 'node:fs';
import type { Frame } from './frame.ts';

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
