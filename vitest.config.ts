import { defineConfig } from 'vitest/config';

// `x.test.ts` beside its source takes milliseconds and runs anywhere; `x.parts.test.ts` starts processes or takes seconds (npm run test:parts);
// `x.pcsc.test.ts` needs a pcscd with the virtual reader (npm run test:pcsc makes one).
const parts = ['**/*.parts.test.ts'];
const pcsc = ['**/*.pcsc.test.ts'];
/** Everything temporary goes below one folder, which is removed at the end. */
const globalSetup = ['test/support/run-folder.ts'];
const common = ['**/node_modules/**', '**/dist/**', '**/build/**'];

// Two cores, and tests that span processes: one that failed is run once more, and named in the summary as passed only then. A property
// with a counterexample and a broken promise (test/support/promises.ts) have failed, and are not asked again.
const secondLook = { count: 1, condition: /^(?![\s\S]*(?:Counterexample|broken promise))/ };

export default defineConfig({
  test: {
    // Left alone it keeps one of the two cores free.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{main,native,renderer,test/check}/**/*.test.{ts,tsx}'],
          exclude: [...common, ...pcsc, ...parts],
          testTimeout: 30_000,
          globalSetup,
          pool: 'forks',
          // No test changes what another file's sees: modules are loaded once for a worker, not for each file.
          isolate: false,
        },
      },
      {
        test: {
          name: 'parts',
          include: ['test/{sandbox,contract,integration,faults,simulation,two-people}/**/*.test.ts', ...parts],
          exclude: [...common, ...pcsc],
          testTimeout: 120_000,
          globalSetup,
          retry: secondLook,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'pcsc',
          include: pcsc,
          exclude: common,
          testTimeout: 30_000,
          retry: secondLook,
          hookTimeout: 30_000,
          globalSetup,
          fileParallelism: false,
          pool: 'forks',
        },
      },
    ],
  },
});
