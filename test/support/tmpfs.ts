import { execFileSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A small file system of its own, to be filled. Needs root. */
export interface Tmpfs {
  readonly path: string;
  /** Writes until there is no room for another byte. */
  fill(): void;
  /** Gives the filled room back. */
  empty(): void;
  unmount(): void;
}

export const canMount = process.platform === 'linux' && process.getuid?.() === 0;

/** @param path an empty folder @param size bytes */
export function mountTmpfs(path: string, size: number): Tmpfs {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]);
  const filler = join(path, 'filler');
  return {
    path,
    fill() {
      const file = openSync(filler, 'w');
      for (const chunk of [65_536, 4096, 1]) {
        const bytes = Buffer.alloc(chunk, 0x55);
        try {
          for (;;) if (writeSync(file, bytes) < chunk) break;
        } catch {}
      }
      closeSync(file);
    },
    empty: () => rmSync(filler, { force: true }),
    unmount: () => execFileSync('umount', ['-l', path]),
  };
}
