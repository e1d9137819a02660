// The steps that a command may need, each quick when it was done before. Nothing is asked; what cannot be installed is said in one line.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { packagesFor } from './packages.mjs';

const say = (text) => process.stderr.write(`· ${text}\n`);

/** Exit code and the last lines of what it printed; everything goes to a log file that the message names. */
function run(root, command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, ...options });
  const text = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error === undefined ? '' : String(done.error.message)}`;
  const last = text.trim().split('\n').slice(-15).join('\n');
  return { ok: done.status === 0, last };
}

const hashOf = (...files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
};

/** Newest change below the given files and folders, and how many files there are: a removed file counts too. */
function stateOf(paths) {
  let newest = 0;
  let count = 0;
  const look = (path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return;
    if (found.isDirectory()) {
      for (const name of readdirSync(path))
        if (name !== 'node_modules' && name !== 'build' && !name.endsWith('.test.ts')) look(join(path, name));
      return;
    }
    count += 1;
    newest = Math.max(newest, found.mtimeMs);
  };
  for (const path of paths) look(path);
  return `${count} ${newest}`;
}

/** Runs `work` unless the stamp beside its result says that nothing changed since. */
function once(stamp, state, work) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return { ok: true };
  const done = work();
  if (done.ok) {
    mkdirSync(join(stamp, '..'), { recursive: true });
    writeFileSync(stamp, state);
  }
  return done;
}

const addons = [
  {
    folder: 'native/pcsc',
    needs: 'g++, make, python3, libpcsclite-dev',
    without: 'no PC/SC, only the virtual reader',
  },
  { folder: 'native/systemd-notify', needs: 'g++, make, python3', without: 'systemd does not hear from the core' },
];

const fail = (what, last = '') => ({ ok: false, missing: `${what}${last === '' ? '' : `\n${last}`}` });
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** What can be needed, by name: each sees to it that it is there. */
function stepsOf(root, env) {
  const stamps = join(root, '.cache/stamps');
  return {
    'reader-packages': () => packagesFor('reader', say),
    'screen-packages': () => packagesFor('screen', say),
    'test-packages': () => packagesFor('test', say),
    modules: () =>
      once(join(root, 'node_modules/.stamp'), hashOf(join(root, 'package-lock.json')), () => {
        say('npm modules ...');
        const done = run(root, npm, ['ci', '--loglevel=error'], { env });
        return done.ok ? done : fail('the npm modules cannot be installed: npm ci failed', done.last);
      }),
    native: () => {
      for (const { folder, needs: wanted } of addons) {
        const done = run(root, 'node', [`${folder}/build.mjs`], { env });
        if (!done.ok) return fail(`${folder} cannot be built (needs ${wanted})`, done.last);
        if (done.last !== '') process.stderr.write(`${done.last}\n`);
      }
      return { ok: true };
    },
    'native-if-possible': () => {
      for (const { folder, needs: wanted, without } of addons) {
        const done = run(root, 'node', [`${folder}/build.mjs`], { env });
        if (!done.ok) say(`${folder} cannot be built (needs ${wanted}): ${without}`);
        else if (done.last !== '') process.stderr.write(`${done.last}\n`);
      }
      return { ok: true };
    },
    page: () =>
      once(
        join(stamps, 'page'),
        stateOf([join(root, 'renderer'), join(root, 'main/contract'), join(root, 'package-lock.json')]),
        () => {
          say('page ...');
          const done = run(root, 'node', ['node_modules/vite/bin/vite.js', 'build', '--config', 'renderer/vite.config.ts'], {
            env,
          });
          return done.ok ? done : fail('the page cannot be built', done.last);
        },
      ),
    'electron-host': () =>
      once(
        join(stamps, 'electron-host'),
        stateOf([
          join(root, 'main/hosts'),
          join(root, 'main/transport'),
          join(root, 'main/contract'),
          join(root, 'package-lock.json'),
        ]),
        () => {
          say('Electron host ...');
          const done = run(
            root,
            'node',
            ['node_modules/vite/bin/vite.js', 'build', '--config', 'main/hosts/electron/vite.config.ts'],
            { env },
          );
          return done.ok ? done : fail('the Electron host cannot be built', done.last);
        },
      ),
    keys: () => {
      const done = run(root, 'node', ['test/sandbox/pki/ensure.ts'], { env });
      return done.ok ? done : fail('the test keys cannot be made', done.last);
    },
  };
}

/** @returns {{ok: true, env: NodeJS.ProcessEnv} | {ok: false, missing: string}} */
export function setUp(root, needs) {
  const nodeFolder = join(root, 'native/node');
  const binFolder = join(nodeFolder, 'node_modules/.bin');
  const env = {
    ...process.env,
    PATH: `${binFolder}${delimiter}${process.env.PATH ?? ''}`,
    // Else some tools keep compiled code in a folder of /tmp that every user of the machine shares.
    NODE_COMPILE_CACHE: join(root, '.cache/compile'),
  };

  const pinned = once(join(nodeFolder, 'node_modules/.stamp'), hashOf(join(nodeFolder, 'package-lock.json')), () => {
    say('Node 24 (pinned) ...');
    return run(nodeFolder, npm, ['ci', '--loglevel=error']);
  });
  if (!pinned.ok) return fail('Node 24 cannot be installed: npm ci in native/node failed', pinned.last);

  const steps = stepsOf(root, env);
  for (const need of needs) {
    const done = steps[need]();
    if (!done.ok) return { ok: false, missing: done.missing };
  }
  return { ok: true, env };
}
