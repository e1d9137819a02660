import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findElectron } from '../../main/hosts/launch/electron-runtime.ts';

/** `npm run test:electron`: the specs, on a display of their own (Xvfb) wherever that can be had. */
const root = resolve(import.meta.dirname, '../..');
const display = ['/usr/bin/xvfb-run', '-a', '-s', '-screen 0 1080x1920x24'];

function run(): number {
  const found = findElectron(root, process.env);
  if (found === null) {
    process.stdout.write('skipped: no Electron runtime\n');
    return 0;
  }
  process.stdout.write(`Electron ${found.version} in ${found.folder}\n`);
  const playwright = [
    process.execPath,
    join(root, 'node_modules/@playwright/test/cli.js'),
    'test',
    '--config',
    join(root, 'test/electron/playwright.config.ts'),
    ...process.argv.slice(2),
  ];
  const own = existsSync('/usr/bin/xvfb-run');
  if (!own && process.env.DISPLAY === undefined) {
    process.stdout.write('no display for Electron (apt install xvfb xauth)\n');
    return 1;
  }
  const [command = '', ...args] = own ? [...display, ...playwright] : playwright;
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

process.exitCode = run();
