import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Sum of the regular files below a folder, in bytes. */
export function folderBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + lstatSync(join(entry.parentPath, entry.name)).size, 0);
}
