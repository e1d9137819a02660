import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { findElectron } from '../../main/hosts/launch/electron-runtime.ts';
import { displayCommand } from './display.ts';

/** `npm run test:electron`: the specs, on a display of their own (Xvfb) wherever that can be had. */
const root = resolve(import.meta.dirname, '../..');
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
  const display = displayCommand();
  if (display.length === 0 && process.env.DISPLAY === undefined) {
    process.stdout.write('no display for Electron (apt install xvfb xauth)\n');
    return 1;
  }
  const [command = '', ...args] = [...display, ...playwright];
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

process.exitCode = run();
