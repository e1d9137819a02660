import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { wrongCitations } from './citations.ts';
import { functionLengths } from './function-length.ts';
import { importCircles } from './import-circles.ts';
import { wrongImports } from './import-rules.ts';
import { lockfileFaults } from './lockfiles.ts';
import { styleFaults } from './style-rules.ts';
import { systemFaults } from './system-uses.ts';
import { wordFaults } from './words/all-faults.ts';

/**
 * `npm run check`: format and lint, import directions and circles, what nobody uses, long functions, what asks for the system, styles, words, citations, types, generated files,
 * lockfiles. All of it, also after a failure; as many at a time as there are cores. Types are checked anew only where something changed (`.cache/types`).
 */
const root = join(import.meta.dirname, '../..');
const started = performance.now();
let failed = 0;

function report(name: string, faults: string | null): void {
  process.stdout.write(`${faults === null ? 'ok  ' : 'FAIL'} ${name}\n`);
  if (faults === null) return;
  failed += 1;
  process.stdout.write(`${faults.trim()}\n`);
}

type Check = () => Promise<void>;

const tool =
  (name: string, args: readonly string[]): Check =>
  () =>
    new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 }, (error, out, problems) => {
        report(name, error === null ? null : `${out}${problems}` || error.message);
        resolve();
      });
    });

const own =
  (name: string, look: (root: string) => readonly string[]): Check =>
  async () => {
    const faults = look(root);
    report(name, faults.length === 0 ? null : faults.join('\n'));
  };

const types = (folder: string): Check => {
  const known = `.cache/types/${folder.replaceAll('/', '-')}.tsbuildinfo`;
  return tool(`types: ${folder}`, ['node_modules/typescript/bin/tsc', '-p', folder, '--incremental', '--tsBuildInfoFile', known]);
};

const fresh = (name: string, script: string): Check =>
  existsSync(join(root, script))
    ? tool(`fresh: ${name}`, [script, '--check'])
    : async () => report(`fresh: ${name}`, `${script} is missing`);

const knip = [
  'node_modules/knip/bin/knip.js',
  '--config',
  'test/check/knip.jsonc',
  '--no-progress',
  '--treat-config-hints-as-errors',
];

// The longest first.
const checks: Check[] = [
  types('test'),
  types('main/core'),
  types('main/hosts'),
  tool('format and lint', [
    'node_modules/@biomejs/biome/bin/biome',
    'check',
    '--diagnostic-level=warn',
    '--error-on-warnings',
    '.',
  ]),
  types('renderer'),
  tool('unused files, exports, packages', knip),
  tool('files that only tests use', [...knip, '--production', '--include', 'files']),
  types('main/transport'),
  types('main/contract'),
  types('native'),
  own('import directions', wrongImports),
  own('import circles', importCircles),
  own('long functions', functionLengths),
  own('system in one place', systemFaults),
  own('lockfiles', lockfileFaults),
  own('words', wordFaults),
  own('citations', wrongCitations),
  own('styles', styleFaults),
  fresh('settings schema', 'test/check/write-config-schema.ts'),
  fresh('types of the words', 'test/check/words/write-words.ts'),
  fresh('statecharts', 'test/check/write-statecharts.ts'),
  fresh('sample catalogue', 'test/sandbox/catalogue/make-sample.ts'),
  fresh('OpenAPI', 'test/sandbox/platform/write-openapi.ts'),
];

const next = async (): Promise<void> => {
  for (let check = checks.shift(); check !== undefined; check = checks.shift()) await check();
};
await Promise.all(Array.from({ length: availableParallelism() }, next));
process.stdout.write(`${((performance.now() - started) / 1000).toFixed(0)} s\n`);
process.exitCode = failed === 0 ? 0 : 1;
