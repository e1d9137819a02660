import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../settings/replace-file.ts';

/** `digest`: SHA-256 (hex) of the content that had this version. */
const Top = z.object({ version: z.number().int().min(1), digest: z.string().regex(/^[0-9a-f]{64}$/) }).strict();

/** The highest version of the catalogue that was ever taken here, and what was in it. It only grows. */
export interface HighestVersion {
  get(): z.infer<typeof Top> | null;
  note(version: number, digest: string): void;
}

/**
 * In a file of its own: the cache is thrown away when it is damaged, and an older catalogue must not be good after that.
 * @param failed told why it could not be read or kept; memory goes on
 */
export function openHighestVersion(path: string, failed: (reason: string) => void): HighestVersion {
  let top = readTop(path, failed);
  return {
    get: () => top,
    note(version, digest) {
      if (top !== null && version <= top.version) return;
      top = { version, digest };
      try {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        if (!replaceFile(path, JSON.stringify(top))) failed('highest');
      } catch {
        failed('highest');
      }
    },
  };
}

function readTop(path: string, failed: (reason: string) => void): z.infer<typeof Top> | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') failed('highest');
    return null;
  }
  try {
    return Top.parse(JSON.parse(text));
  } catch {
    failed('highest');
    return null;
  }
}
