import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { commandArguments } from '../support/command-arguments.ts';

/**
 * `npm run campaign:properties [-- --seed N]`: everything of which `npm test` takes a slice (test/support/runs.ts), whole: all random runs,
 * hours and angles, every check in every state of the walk.
 */
const { values } = await commandArguments(
  'campaign:properties',
  { options: { seed: { type: 'string' } } },
  { numbers: ['seed'] },
);
const done = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'unit',
    '--project',
    'parts',
    '--testTimeout',
    '0',
    '--hookTimeout',
    '0',
  ],
  {
    cwd: resolve(import.meta.dirname, '../..'),
    stdio: 'inherit',
    env: { ...process.env, MADOGUCHI_WHOLE: '1', ...(values.seed === undefined ? {} : { MADOGUCHI_SEED: values.seed }) },
  },
);
process.exitCode = done.status ?? 1;
