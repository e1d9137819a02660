import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { commandArguments } from '../support/command-arguments.ts';

/** `npm run campaign:people [-- --runs N] [--seed N]`: the two-people property, longer than `npm test` runs it. */
const { values } = await commandArguments(
  'campaign:people',
  { options: { runs: { type: 'string', default: '20000' }, seed: { type: 'string' } } },
  { numbers: ['runs', 'seed'] },
);
const done = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'parts', '--testTimeout', '0', 'test/two-people'],
  {
    cwd: resolve(import.meta.dirname, '../..'),
    stdio: 'inherit',
    env: {
      ...process.env,
      MADOGUCHI_RUNS: values.runs,
      ...(values.seed === undefined ? {} : { MADOGUCHI_SEED: values.seed }),
    },
  },
);
process.exitCode = done.status ?? 1;
