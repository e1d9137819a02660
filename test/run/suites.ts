import { type StdioOptions, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What to read first: each test that failed, or passed only the second time, with the first lines of why. */
  readonly remarks: readonly string[];
}

const root = resolve(import.meta.dirname, '../..');
const reports = join(root, '.cache/reports');
const nothing: Count = { passed: 0, failed: 0, skipped: 0, remarks: [] };

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});
const Spec = z.object({
  file: z.string(),
  title: z.string(),
  tests: z.array(
    z.object({
      status: z.enum(['expected', 'unexpected', 'flaky', 'skipped']),
      results: z.array(z.object({ error: z.object({ message: z.string().optional() }).optional() })),
    }),
  ),
});
interface PlaywrightSuite {
  readonly specs: readonly z.infer<typeof Spec>[];
  readonly suites?: readonly PlaywrightSuite[] | undefined;
}
const PlaywrightSuite: z.ZodType<PlaywrightSuite> = z.object({
  specs: z.array(Spec),
  get suites() {
    return z.array(PlaywrightSuite).optional();
  },
});
const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  suites: z.array(PlaywrightSuite),
});

const firstLines = (text: string) => stripVTControlCharacters(text).split('\n').slice(0, 6).join('\n      ');

function remark(how: 'failed' | 'passed only the second time', name: string, why: string): string {
  return `${how}: ${name}\n      ${firstLines(why)}`;
}

/** Vitest keeps the errors of a first attempt on a test that passed at the second. */
function vitestRemarks(report: z.infer<typeof VitestReport>): string[] {
  return report.testResults.flatMap((file) => {
    const where = relative(root, file.name);
    const whole = file.assertionResults.length === 0 && file.message ? [remark('failed', where, file.message)] : [];
    const tests = file.assertionResults.flatMap((test) => {
      const why = test.failureMessages?.[0];
      if (why === undefined) return [];
      return [remark(test.status === 'passed' ? 'passed only the second time' : 'failed', `${where}: ${test.fullName}`, why)];
    });
    return [...whole, ...tests];
  });
}

function playwrightRemarks(suites: readonly PlaywrightSuite[]): string[] {
  return suites.flatMap((suite) => [
    ...suite.specs.flatMap((spec) =>
      spec.tests.flatMap((test) => {
        if (test.status !== 'unexpected' && test.status !== 'flaky') return [];
        const why = test.results.find((result) => result.error !== undefined)?.error?.message ?? '';
        return [remark(test.status === 'flaky' ? 'passed only the second time' : 'failed', `${spec.file}: ${spec.title}`, why)];
      }),
    ),
    ...playwrightRemarks(suite.suites ?? []),
  ]);
}

/** What a suite says while it runs. Two at a time would write into each other's lines: the one beside is told when it is over. */
export interface Voice {
  readonly stdio: StdioOptions;
  /** Says what it kept. */
  end(): void;
}
export const aloud: Voice = { stdio: 'inherit', end: () => {} };
export function keptIn(name: string): Voice {
  mkdirSync(reports, { recursive: true });
  const file = join(reports, `${name}.txt`);
  const to = openSync(file, 'w');
  return {
    stdio: ['inherit', to, to],
    end() {
      closeSync(to);
      process.stdout.write(readFileSync(file));
    },
  };
}

function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  stdio: StdioOptions = 'inherit',
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio, env });
    child.once('error', () => resolve(1));
    child.once('close', (code) => resolve(code ?? 1));
  });
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
export async function vitest(
  name: string,
  projects: readonly string[],
  around: readonly string[] = [],
  voice: Voice = aloud,
): Promise<Count> {
  const file = reportFile(name);
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  const selected = projects.flatMap((project) => ['--project', project]);
  const line = [...around, process.execPath, ...args, ...selected];
  const code = await run(line[0] ?? process.execPath, line.slice(1), process.env, voice.stdio);
  voice.end();
  if (!existsSync(file)) return { ...nothing, failed: 1 };
  const report = VitestReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  return counted(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests,
      remarks: vitestRemarks(report),
    },
    code,
  );
}

/** @param config below the root */
export async function playwright(
  name: string,
  config: string,
  around: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Count> {
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
  const code = await run(line[0] ?? process.execPath, line.slice(1), {
    ...process.env,
    ...env,
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  if (!existsSync(file)) return { ...nothing, failed: 1 };
  const { stats, suites } = PlaywrightReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  const remarks = playwrightRemarks(suites);
  return counted({ passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped, remarks }, code);
}

/** A command that is one test. */
export async function oneTest(args: readonly string[]): Promise<Count> {
  return (await run(process.execPath, args)) === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 };
}
