import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

/**
 * Builds a library for LD_PRELOAD, once for each text of its source, into .cache.
 * @param flags for the compiler, beside the usual ones @returns its path, or in one line why it cannot be had
 * @throws what the compiler says
 */
export function cLibrary(source: string, flags: readonly string[] = []): { readonly path: string } | { readonly why: string } {
  if (process.platform !== 'linux') return { why: 'LD_PRELOAD and its library are for Linux' };
  const name = basename(source, '.c');
  const cache = resolve(import.meta.dirname, '../../.cache', name);
  const path = join(cache, `${name}-${createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16)}.so`);
  if (existsSync(path)) return { path };
  mkdirSync(cache, { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  for (const compiler of ['cc', 'gcc', 'clang']) {
    const args = ['-shared', '-fPIC', '-O1', '-Wall', ...flags, '-o', unfinished, source, '-ldl', '-lpthread'];
    const made = spawnSync(compiler, args, { encoding: 'utf8' });
    if (made.error !== undefined) continue;
    if (made.status !== 0) throw new Error(`${name} does not compile: ${made.stderr}`);
    renameSync(unfinished, path);
    return { path };
  }
  return { why: 'no C compiler' };
}
