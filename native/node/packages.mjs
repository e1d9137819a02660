// Debian packages by purpose. A missing one is installed where that is possible; where it is not, one line says what is missing and what
// goes on without it. Only a compiler is indispensable, and the build says so itself.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const sets = {
  reader: {
    packages: ['pcscd', 'libpcsclite-dev', 'vsmartcard-vpcd', 'pkg-config', 'g++', 'make', 'python3'],
    without: 'the virtual reader is used instead of pcscd',
  },
  screen: { packages: ['chromium', 'fonts-morisawa-bizud-gothic'], without: 'no browser is opened' },
  test: {
    packages: ['opensc', 'openssl', 'chromium', 'xvfb', 'xauth', 'openbox', 'xdotool', 'iproute2', 'fonts-morisawa-bizud-gothic'],
    without: 'the tests that need them fail or say so',
  },
};

const quiet = (command, args) => spawnSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });

// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own place holders
const FORMAT = '${Package} ${db:Status-Status}\n';

function missingOf(names) {
  const asked = quiet('dpkg-query', ['-W', '-f', FORMAT, ...names]);
  const there = new Set(
    (asked.stdout ?? '')
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return names.filter((name) => !there.has(name));
}

/** Never fails: @returns {{ok: true}} */
export function packagesFor(purpose, say) {
  const { packages, without } = sets[purpose];
  if (!existsSync('/usr/bin/dpkg-query')) {
    say(`not a Debian system: please install what stands for ${packages.join(', ')}; else ${without}`);
    return { ok: true };
  }
  const missing = missingOf(packages);
  if (missing.length === 0) return { ok: true };
  const root = process.getuid?.() === 0;
  // A person at a terminal may be asked for the password of sudo, once; where nobody is, nobody is asked.
  const asked = process.stdin.isTTY === true && process.stderr.isTTY === true;
  const prefix = root ? [] : ['sudo', '-n'];
  const allowed = () =>
    root ||
    quiet('sudo', ['-n', 'true']).status === 0 ||
    (asked && spawnSync('sudo', ['-v'], { stdio: ['inherit', 'inherit', 'inherit'] }).status === 0);
  if (!allowed()) {
    say(`missing: ${missing.join(' ')} (apt install them as root; until then ${without})`);
    return { ok: true };
  }
  say(`Debian packages: ${missing.join(' ')} ...`);
  const apt = (...args) => {
    const [command = 'apt-get', ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
    return quiet(command, rest);
  };
  const install = () => apt('install', '-y', '--no-install-recommends', ...missing);
  let done = install();
  if (done.status !== 0) {
    apt('update');
    done = install();
  }
  const still = done.status === 0 ? [] : missingOf(packages);
  if (still.length > 0) say(`cannot install: ${still.join(' ')} (${without})`);
  return { ok: true };
}
