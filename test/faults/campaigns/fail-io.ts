import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';

const SOURCE = join(import.meta.dirname, 'fail-io.c');
const CACHE = resolve(import.meta.dirname, '../../../.cache/fail-io');

/** Builds the library once for each text of its source. @returns its path, or in one line why it cannot be had */
export function failIoLibrary(): { readonly path: string } | { readonly why: string } {
  if (process.platform !== 'linux') return { why: 'LD_PRELOAD and its library are for Linux' };
  const path = join(CACHE, `fail-io-${createHash('sha256').update(readFileSync(SOURCE)).digest('hex').slice(0, 16)}.so`);
  if (existsSync(path)) return { path };
  mkdirSync(CACHE, { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  for (const compiler of ['cc', 'gcc', 'clang']) {
    const made = spawnSync(compiler, ['-shared', '-fPIC', '-O1', '-Wall', '-o', unfinished, SOURCE, '-ldl', '-lpthread'], {
      encoding: 'utf8',
    });
    if (made.error !== undefined) continue;
    if (made.status !== 0) throw new Error(`the fault library does not compile: ${made.stderr}`);
    renameSync(unfinished, path);
    return { path };
  }
  return { why: 'no C compiler' };
}

/** What fails from now on. `part`: only files whose path contains it. `how`: an errno, `short` or `torn`. `times` 0: for ever. */
export interface Plan {
  readonly ops: string;
  readonly nth: number;
  readonly times: number;
  readonly how: number | 'short' | 'torn';
  readonly part: string;
}

/** Tells the library something; only in a process that it is loaded into. @throws when it is not */
const tell = (command: string): void => closeSync(openSync(`/.fail-io/${command}`, 'r'));

export const failIo = {
  watch: (folder: string) => tell(`watch/${folder}`),
  /** Nothing is watched any more. */
  forget: () => tell('forget'),
  beginLog: (path: string) => tell(`log/${path}`),
  endLog: () => tell('log/'),
  plan: ({ ops, nth, times, how, part }: Plan) => tell(`plan/${ops},${nth},${times},${how},${part}`),
  clear: () => tell('clear'),
  /** As after kill -9: what is done from now on does not happen, and says that it did. */
  die: () => tell('dead/1'),
  live: () => tell('dead/0'),
};
