import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files below a folder that hold one of these texts (none given: all files), in either of the two ways that a browser writes text. */
export function filesWith(folder: string, ...texts: readonly string[]): string[] {
  const needles = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => {
      if (needles.length === 0) return true;
      const bytes = contentOf(path);
      return needles.some((needle) => bytes.includes(needle));
    });
}

/** Empty: the browser took it away while we looked. */
export function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}
