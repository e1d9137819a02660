import { defineConfig } from '@playwright/test';

/** Real Electron on a stand-in core, and the package. Needs a display: `run.ts` brings one. */
export default defineConfig({
  projects: [
    { name: 'electron', testDir: '.', testMatch: '*.spec.ts' },
    { name: 'package', testDir: '../package', testMatch: '*.spec.ts' },
  ],
  outputDir: '../../.cache/electron-results',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 30_000 },
  reporter: 'line',
});
