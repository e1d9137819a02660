import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Mutant } from './list.ts';

const root = resolve(import.meta.dirname, '../../..');
/** What the simulation imports. */
const COPIED = [
  'main/core',
  'main/contract',
  'test/simulation',
  'test/sandbox/platform/admission.ts',
  'test/sandbox/platform/slot-book.ts',
  'test/support/command-arguments.ts',
];

/** `seed`: the first that found it. */
export type MutantReport =
  | { readonly found: true; readonly seed: number; readonly what: string }
  | { readonly found: false; readonly what: string };

/** Edits that do not fit the code as it is now, each once. */
export function unfit(all: readonly Mutant[]): string[] {
  return all.flatMap(({ name, edits }) =>
    edits
      .filter(({ file, find }) => readFileSync(join(root, 'main', file), 'utf8').split(find).length !== 2)
      .map(({ file }) => `${name}: ${file}`),
  );
}

/** Applies the edits to a copy. @throws where one does not fit exactly once: the list is behind the code */
export function plant(mutant: Mutant, copy: string): void {
  for (const { file, find, replace } of mutant.edits) {
    const path = join(copy, 'main', file);
    const parts = readFileSync(path, 'utf8').split(find);
    if (parts.length !== 2) throw new Error(`mutant "${mutant.name}": ${file} holds its text ${parts.length - 1} times`);
    writeFileSync(path, parts.join(replace));
  }
}

/** Lets the simulation look for a planted bug in a copy of the core. @param base folder for the copy @param seeds that it has */
export function runMutant(mutant: Mutant, base: string, seeds: number): MutantReport {
  const copy = mkdtempSync(join(base, 'mutant-'));
  try {
    for (const path of COPIED) {
      mkdirSync(join(copy, path, '..'), { recursive: true });
      cpSync(join(root, path), join(copy, path), { recursive: true, filter: (source) => !source.endsWith('.test.ts') });
    }
    cpSync(join(root, 'package.json'), join(copy, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    plant(mutant, copy);
    const options = ['--seeds', String(seeds), '--until-broken'];
    const { stdout, stderr } = spawnSync(process.execPath, [join(copy, 'test/simulation/main.ts'), ...options], {
      encoding: 'utf8',
    });
    const found = /FAIL seed (\d+) \([0-9a-f]+\): (.*)/.exec(stdout);
    if (found !== null) return { found: true, seed: Number(found[1]), what: found[2] ?? '' };
    if (!stdout.includes(' passed, 0 failed')) throw new Error(`mutant "${mutant.name}" could not run: ${stderr.slice(-400)}`);
    return { found: false, what: `${seeds} seeds` };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
