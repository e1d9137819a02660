import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Far more than any display manager writes. */
const LONGEST = 64 * 1024;

/**
 * The entries of an X authority file that open `display` (`:0`, `:0.0`), as such a file again (Xau(3): family, then address, display number,
 * name and data, each with a 16-bit length, big-endian). The path comes from the environment, so only what reads as entries is
 * given on: no other file of root's becomes the screen's by being named there.
 * @returns null: there is no such file, or it is not one
 */
export function authorityFor(path: string, display: string | undefined): Buffer | null {
  const bytes = readShort(path);
  if (bytes === null) return null;
  const number = /:(\d+)(?:\.\d+)?$/.exec(display ?? '')?.[1];
  const kept: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    let end = at + 2;
    const fields: string[] = [];
    for (let field = 0; field < 4; field++) {
      if (end + 2 > bytes.length) return null;
      const start = end + 2;
      end = start + bytes.readUInt16BE(end);
      if (end > bytes.length) return null;
      fields.push(bytes.toString('latin1', start, end));
    }
    // No number: the entry is for every display.
    if (fields[1] === '' || fields[1] === number) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return Buffer.concat(kept);
}

function readShort(path: string): Buffer | null {
  let file: number;
  try {
    // A pipe in its place would hold the launcher up.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    return null;
  }
  try {
    const { size } = fstatSync(file);
    if (!fstatSync(file).isFile() || size > LONGEST) return null;
    const bytes = Buffer.alloc(size);
    return bytes.subarray(0, readSync(file, bytes, 0, size, 0));
  } finally {
    closeSync(file);
  }
}
