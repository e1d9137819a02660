import { existsSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const made = new Set<string>();

/** `disk`: where a queue would be, BENCH_DIR or the temporary folder. `memory`: where an fsync costs nothing, so that the rest shows. */
export function newFolder(where: 'disk' | 'memory'): string {
  const disk = resolve(process.env['BENCH_DIR'] ?? tmpdir());
  const parent = where === 'memory' && existsSync('/dev/shm') ? '/dev/shm' : disk;
  const folder = mkdtempSync(join(parent, 'madoguchi-bench-'));
  made.add(folder);
  return folder;
}

export function dropFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  made.delete(folder);
}

/** What a bench that failed has left. */
export function dropFolders(): void {
  for (const folder of made) dropFolder(folder);
}

/** Bytes of all files in and below. */
export function bytesIn(path: string): number {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0);
}
