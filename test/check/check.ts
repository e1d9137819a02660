import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { wrongCitations } from './citations.ts';
import { wrongImports } from './import-rules.ts';
import { lockfileFaults } from './lockfiles.ts';
import { wordFaults } from './words/all-faults.ts';

/** `npm run check`: format and lint, import directions, types, generated files, lockfiles. All of it, also after a failure. */
const root = join(import.meta.dirname, '../..');
const tsconfigs = ['main/contract', 'main/core', 'main/transport', 'main/hosts', 'native', 'renderer', 'test'];
let failed = 0;

function report(name: string, faults: string | null): void {
  process.stdout.write(`${faults === null ? 'ok  ' : 'FAIL'} ${name}\n`);
  if (faults === null) return;
  failed += 1;
  process.stdout.write(`${faults.trim()}\n`);
}

function tool(name: string, args: string[]): void {
  const done = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  report(name, done.status === 0 ? null : `${done.stdout}${done.stderr}`);
}

const lines = (faults: readonly string[]) => (faults.length === 0 ? null : faults.join('\n'));

tool('format and lint', [
  'node_modules/@biomejs/biome/bin/biome',
  'check',
  '--diagnostic-level=warn',
  '--error-on-warnings',
  '.',
]);
report('import directions', lines(wrongImports(root)));
report('lockfiles', lines(lockfileFaults(root)));
report('words', lines(wordFaults(root)));
report('citations', lines(wrongCitations(root)));
for (const folder of tsconfigs) tool(`types: ${folder}`, ['node_modules/typescript/bin/tsc', '-p', folder]);
for (const [name, script] of [
  ['settings schema', 'test/check/write-config-schema.ts'],
  ['types of the words', 'test/check/words/write-words.ts'],
  ['statecharts', 'test/check/write-statecharts.ts'],
  ['sample catalogue', 'test/sandbox/catalogue/make-sample.ts'],
  ['OpenAPI', 'test/sandbox/platform/write-openapi.ts'],
] as const) {
  if (existsSync(join(root, script))) tool(`fresh: ${name}`, [script, '--check']);
  else report(`fresh: ${name}`, `${script} is missing`);
}
process.exitCode = failed === 0 ? 0 : 1;
