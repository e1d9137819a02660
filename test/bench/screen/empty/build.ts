import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

/** Builds the floor's page as the kiosk's is built, and an Electron app around it. @param out a folder of its own */
export async function buildEmpty(out: string): Promise<{ readonly app: string; readonly page: string }> {
  const page = join(out, 'page');
  await build({
    configFile: false,
    logLevel: 'warn',
    root: import.meta.dirname,
    base: './',
    publicDir: false,
    build: { outDir: page, emptyOutDir: true, target: 'chrome130', modulePreload: { polyfill: false } },
  });
  copyFileSync(join(import.meta.dirname, 'electron.cjs'), join(out, 'electron.cjs'));
  writeFileSync(join(out, 'package.json'), JSON.stringify({ name: 'empty', version: '0.0.0', main: 'electron.cjs' }));
  return { app: out, page };
}
