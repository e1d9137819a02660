import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { commandArguments } from '../support/command-arguments.ts';

/**
 * `npm run campaign:scans [-- --runs N] [--scans N] [--seed N]`: random scans at every screen, longer than `npm test` throws them. `runs`: walks at
 * the Port; `scans`: random ones on each view of every screen in the browser.
 */
const { values } = await commandArguments(
  'campaign:scans',
  {
    options: { runs: { type: 'string', default: '5000' }, scans: { type: 'string', default: '5' }, seed: { type: 'string' } },
  },
  { numbers: ['runs', 'scans', 'seed'] },
);
const env = {
  ...process.env,
  MADOGUCHI_RUNS: values.runs,
  MADOGUCHI_SCANS: values.scans,
  ...(values.seed === undefined ? {} : { MADOGUCHI_SEED: values.seed }),
};
const root = resolve(import.meta.dirname, '../..');
const lines = [
  [
    ...['node_modules/vitest/vitest.mjs', 'run', '--project', 'parts', '--testTimeout', '0'],
    'test/integration/scans.property.test.ts',
  ],
  [
    ...['node_modules/@playwright/test/cli.js', 'test', '--config', 'test/e2e/playwright.config.ts'],
    ...['--project', 'virtual-portrait', 'stray-scan'],
  ],
];
const codes = lines.map((line) => spawnSync(process.execPath, line, { cwd: root, stdio: 'inherit', env }).status ?? 1);
process.exitCode = Math.max(...codes);
