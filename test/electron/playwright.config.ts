import { defineConfig } from '@playwright/test';

/** Real Electron: the host on a stand-in core and on the real one, and the package. Needs a display: `run.ts` brings one. */
export default defineConfig({
  testDir: '.',
  projects: [
    { name: 'electron', testMatch: '*.spec.ts', testIgnore: 'package.spec.ts' },
    { name: 'make-package', testMatch: 'package.setup.ts' },
    { name: 'package', testMatch: 'package.spec.ts', dependencies: ['make-package'] },
  ],
  outputDir: '../../.cache/electron-results',
  workers: 1,
  timeout: 90_000,
  // Under load, Playwright's own hand-shake with a starting Electron now and then never ends. A test that fails twice has failed.
  retries: 1,
  expect: { timeout: 30_000 },
  reporter: 'line',
});
