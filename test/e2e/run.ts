import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

/**
 * `npm run test:e2e`: inside a namespace with a pcscd of its own where that can be had, else on the virtual reader alone, which it says.
 * `--whole` (`npm run campaign:e2e`): every test on every screen and reader that it is for.
 */
const WHOLE = '--whole';
const root = resolve(import.meta.dirname, '../..');
const playwright = [
  process.execPath,
  'node_modules/@playwright/test/cli.js',
  'test',
  '--config',
  'test/e2e/playwright.config.ts',
  ...process.argv.slice(2).filter((word) => word !== WHOLE),
];
const run = (line: readonly string[], env: NodeJS.ProcessEnv) =>
  spawnSync(line[0] ?? '', line.slice(1), { cwd: root, stdio: 'inherit', env }).status ?? 1;

const NO_PCSCD = 3;
const env = process.argv.includes(WHOLE) ? { ...process.env, MADOGUCHI_WHOLE: '1' } : process.env;
const inside = [process.execPath, join(root, 'test/sandbox/pcscd/run.ts'), '--', ...playwright];
const probe = spawnSync(process.execPath, [join(root, 'test/sandbox/pcscd/run.ts'), '--', 'true'], { stdio: 'inherit' });
if (probe.status === NO_PCSCD) {
  process.stdout.write('skipped: e2e on the real pcscd\n');
  process.exitCode = run(playwright, env);
} else {
  process.exitCode = run(inside, { ...env, MADOGUCHI_PCSC: '1' });
}
