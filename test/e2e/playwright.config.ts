import { defineConfig } from '@playwright/test';
import type { CounterOptions } from './counter.ts';

const portrait = { width: 1080, height: 1920 };
const landscape = { width: 1920, height: 1080 };

/**
 * The whole demo by touch in Debian's Chromium: kiosk core, node host, platform process, line, printer, virtual card. `pcsc` needs a
 * pcscd with vpcd in reach and runs when MADOGUCHI_PCSC is set (run.ts sets it inside its own namespace).
 */
export default defineConfig<CounterOptions>({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../.cache/e2e-results',
  // Two cores. A counter on the virtual reader has a reader of its own; pcscd has one socket, so its counters come one after the other.
  workers: 2,
  fullyParallel: true,
  timeout: 120_000,
  // Chromium, the core, the platform and pcscd on two cores: a second look, named in the summary. A test that fails twice has failed.
  retries: 1,
  expect: { timeout: 30_000 },
  reporter: 'line',
  projects: [
    { name: 'virtual-portrait', use: { viewport: portrait, driver: 'virtual' }, grepInvert: /@pcscd-only/ },
    { name: 'virtual-landscape', use: { viewport: landscape, driver: 'virtual' }, grep: /@every-shape/ },
    ...(process.env.MADOGUCHI_PCSC === undefined
      ? []
      : [{ name: 'pcsc-portrait', use: { viewport: portrait, driver: 'pcsc' as const }, grep: /@reader/, workers: 1 }]),
  ],
  use: {
    hasTouch: true,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] },
  },
});
