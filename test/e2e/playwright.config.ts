import { defineConfig } from '@playwright/test';
import type { CounterOptions } from './counter.ts';

const portrait = { width: 1080, height: 1920 };
const landscape = { width: 1920, height: 1080 };

// Set by run.ts.
const pcscd = process.env.MADOGUCHI_PCSC !== undefined;
const whole = process.env.MADOGUCHI_WHOLE !== undefined;

/** Titles with one of these tags. */
const tagged = (...tags: (string | false)[]) => {
  const named = tags.filter((tag) => tag !== false);
  return named.length === 0 ? [] : [new RegExp(named.join('|'))];
};

/**
 * The whole demo by touch in Debian's Chromium: kiosk core, node host, platform process, line, printer, virtual card. `pcsc` needs a
 * pcscd with vpcd in reach (run.ts starts one inside its own namespace).
 * A run that is not whole walks everything once: what is `@reader` on the real pcscd where there is one, what is `@every-shape` on the wide
 * screen, the rest on the tall one. What is `@campaign` is decided in the core and asserted there over the Port; the whole run walks it in the
 * browser as well.
 */
export default defineConfig<CounterOptions>({
  testDir: '.',
  testMatch: '*.spec.ts',
  globalSetup: './programs.setup.ts',
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
    // First, because its tests come one after the other: the other worker does the rest meanwhile.
    ...(pcscd
      ? [
          {
            name: 'pcsc-portrait',
            use: { viewport: portrait, driver: 'pcsc' as const },
            grep: /@reader/,
            grepInvert: tagged(!whole && '@campaign'),
            workers: 1,
          },
        ]
      : []),
    {
      name: 'virtual-landscape',
      use: { viewport: landscape, driver: 'virtual' },
      grep: /@every-shape/,
      grepInvert: tagged(!whole && '@campaign', !whole && pcscd && '@reader'),
    },
    {
      name: 'virtual-portrait',
      use: { viewport: portrait, driver: 'virtual' },
      grepInvert: tagged('@pcscd-only', !whole && '@campaign', !whole && '@every-shape', !whole && pcscd && '@reader'),
    },
  ],
  use: {
    hasTouch: true,
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] },
  },
});
