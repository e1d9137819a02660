import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = join(import.meta.dirname, 'floor.c');
const CACHE = join(import.meta.dirname, '../../../.cache/bench');

/** Builds the C side with the compiler that the addon is built with. @throws where there is none: there is no floor then */
export function floorProgram(): string {
  const program = join(CACHE, 'card-floor');
  if (existsSync(program) && statSync(program).mtimeMs > statSync(SOURCE).mtimeMs) return program;
  mkdirSync(CACHE, { recursive: true });
  const flags = spawnSync('pkg-config', ['--cflags', '--libs', 'libpcsclite'], { encoding: 'utf8' }).stdout.trim().split(/\s+/);
  const built = spawnSync('cc', ['-O2', '-o', program, SOURCE, ...flags], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`no floor without a C compiler and libpcsclite-dev: ${built.stderr ?? built.error}`);
  return program;
}
