import { createReadStream } from 'node:fs';

/**
 * The lines of a file, one at a time, without their line feed: a file of a thousand pictures never lies in memory.
 * @param most longest line in bytes; a longer one, or a last line without its line feed, throws, as do I/O errors
 */
export async function* fileLines(path: string, most: number): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  let size = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      rest.push(chunk.subarray(from, end));
      size += end - from;
      if (size > most) throw new Error('a line is too long');
      yield rest.length === 1 && rest[0] !== undefined ? rest[0] : Buffer.concat(rest);
      rest = [];
      size = 0;
      from = end + 1;
    }
    if (from < chunk.length) {
      rest.push(chunk.subarray(from));
      size += chunk.length - from;
      if (size > most) throw new Error('a line is too long');
    }
  }
  if (size > 0) throw new Error('the last line is cut');
}
