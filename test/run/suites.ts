import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const root = resolve(import.meta.dirname, '../..');
const reports = join(root, '.cache/reports');
const nothing: Count = { passed: 0, failed: 0, skipped: 0 };

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  success: z.boolean(),
});
const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): number {
  const done = spawnSync(command, args, { cwd: root, stdio: 'inherit', env });
  return done.status ?? 1;
}

function reportFile(name: string): string {
  mkdirSync(reports, { recursive: true });
  const file = join(reports, `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

/** A run that ended badly without a counted failure (a crash, a file that does not load) counts as one. */
const counted = (count: Count, code: number): Count => (code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count);

/** @param around a command that the run happens inside of, for example a namespace with pcscd */
export function vitest(name: string, projects: readonly string[], around: readonly string[] = []): Count {
  const file = reportFile(name);
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  const selected = projects.flatMap((project) => ['--project', project]);
  const line = [...around, process.execPath, ...args, ...selected];
  const code = run(line[0] ?? process.execPath, line.slice(1));
  if (!existsSync(file)) return { ...nothing, failed: 1 };
  const report = VitestReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  return counted({ passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests }, code);
}

/** @param config below the root */
export function playwright(name: string, config: string, around: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Count {
  const file = reportFile(name);
  const line = [
    ...around,
    process.execPath,
    'node_modules/@playwright/test/cli.js',
    'test',
    '--config',
    config,
    '--reporter=dot,json',
  ];
  const code = run(line[0] ?? process.execPath, line.slice(1), { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  if (!existsSync(file)) return { ...nothing, failed: 1 };
  const { stats } = PlaywrightReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  return counted({ passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }, code);
}

/** A command that is one test. */
export function oneTest(args: readonly string[]): Count {
  return run(process.execPath, args) === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 };
}
