import { spawnSync } from 'node:child_process';
import { chmodSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, Platform } from 'electron-builder';
import { findElectron } from './electron-runtime.ts';
import { folderBytes } from './folder-bytes.ts';
import { SCREEN_PROGRAM } from './packaged-place.ts';
import { lockFuses } from './screen-fuses.ts';
import { stageApp, stageKiosk } from './stage.ts';
import { MAKES_PACKAGES } from './system/programs.ts';

/**
 * `npm run package [-- --out DIR]`: `DIR/linux-unpacked` (DIR: dist/package), which holds everything that a kiosk needs besides pcscd and a display, and no file of
 * `test/`. Makes it of the Electron at hand and of what `npm run build` made; downloads nothing.
 * Exit codes: 0 made, 1 something is missing, 2 bad arguments.
 */
const root = resolve(import.meta.dirname, '../../..');
const USAGE = 'usage: npm run package [-- --out DIR]\n';

/** @returns null: something else than a folder was given */
function parse(): string | null {
  try {
    return resolve(root, parseArgs({ options: { out: { type: 'string', default: 'dist/package' } } }).values.out);
  } catch {
    return null;
  }
}

function bundle(): boolean {
  // `native`: read by Node itself. Vite's own way writes into node_modules, which need not be ours.
  const options = ['--configLoader', 'native', '--config', join(import.meta.dirname, 'vite.config.ts')];
  const vite = [join(root, 'node_modules/vite/bin/vite.js'), 'build', ...options];
  return spawnSync(process.execPath, vite, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

async function make(out: string): Promise<string | null> {
  if (!MAKES_PACKAGES) return 'packages are made on Linux x64 only, so far';
  const electron = findElectron(root, process.env);
  if (electron === null) return 'no Electron runtime to package (set ELECTRON_OVERRIDE_DIST_PATH)';
  if (!bundle()) return 'the core cannot be bundled';
  const staged = stageKiosk(root, join(root, 'dist/stage/kiosk'));
  if (!staged.ok) return staged.error;
  stageApp(root, join(root, 'dist/stage/app'));

  rmSync(out, { recursive: true, force: true });
  await build({
    targets: Platform.LINUX.createTarget('dir'),
    projectDir: root,
    publish: 'never',
    config: {
      extends: join(root, 'electron-builder.yml'),
      directories: { output: out },
      electronDist: electron.folder,
      electronVersion: electron.version,
    },
  });
  const made = join(out, 'linux-unpacked');
  chmodSync(join(made, 'madoguchi'), 0o755);
  rmSync(join(made, 'resources/default_app.asar'), { force: true });
  const fuses = await lockFuses(join(made, SCREEN_PROGRAM));
  if (!fuses.ok) return fuses.error;
  process.stdout.write(`Fuses: ${fuses.value.join(', ')}\n`);
  process.stdout.write(`Package: ${made} (Electron ${electron.version}, ${Math.round(folderBytes(made) / 1e6)} MB)\n`);
  process.stdout.write(`Start: ${join(made, 'madoguchi')} --profile city-hall --site FILE\n`);
  return null;
}

async function run(): Promise<number> {
  const out = parse();
  const missing = out === null ? null : await make(out);
  process.stderr.write(out === null ? USAGE : missing === null ? '' : `${missing}\n`);
  return out === null ? 2 : missing === null ? 0 : 1;
}

process.exitCode = await run();
