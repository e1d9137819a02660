import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../system/sync-folder.ts';

/**
 * Writes a small file, 0600, so that a power cut leaves the old one or the new one.
 * @returns whether it is on the disk; when not, the old one still is
 */
export function replaceFile(file: string, text: string): boolean {
  try {
    const part = openSync(`${file}.part`, 'w', 0o600);
    try {
      writeSync(part, text);
      fsyncSync(part);
    } finally {
      closeSync(part);
    }
    renameSync(`${file}.part`, file);
    syncFolder(dirname(file));
    return true;
  } catch {
    return false;
  }
}
