import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Log } from '../../contract/log-events.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { Timers } from '../../transport/timers.ts';
import { type Child, keepRunning } from './child.ts';
import { findElectron } from './electron-runtime.ts';
import { packagedScreen } from './packaged-place.ts';
import { isReachable, reachableCopy } from './system/reachable.ts';
import { findScreenUser, makeScreenHome } from './system/screen-user.ts';
import type { SocketPlace } from './system/socket-place.ts';

export interface ElectronScreenOptions {
  readonly root: string;
  readonly page: string;
  readonly place: SocketPlace;
  readonly timers: Timers;
  readonly log: Log;
}

/** Exit code of the Electron host for arguments it refuses; it has said which. */
const REFUSED_START = 2;

/** The Electron host as a child process, as an ordinary user. @returns one sentence when something is missing */
export function startElectronHost(options: ElectronScreenOptions): Result<Child & { version: string }, string> {
  const { root, place, timers, log } = options;
  if (!existsSync(join(options.page, 'index.html'))) return err(`${options.page}: no built page (npm run build)`);
  const user = findScreenUser(process.env);
  if (user !== null) place.share(user.gid);
  const near = (folder: string) => reachableCopy(folder, dirname(place.path), user);
  const program = findProgram(root, near);
  if (!program.ok) return program;
  const { executable } = program.value;
  if (!isReachable(dirname(executable), user)) return err(`${executable}: the screen's user (${user?.uid}) cannot get there`);
  const page = near(options.page);
  const home = makeScreenHome(process.env, user);
  const child = keepRunning({
    command: executable,
    args: [...program.value.args, `--socket=${place.path}`, `--page=${page}`],
    env: home.env,
    ...(user === null ? {} : user),
    timers,
    finalCodes: [REFUSED_START],
    onLine: (line) => process.stderr.write(`${line}\n`),
    onRestart: () => log('host.page-replaced', { reason: 'electron-exited' }),
  });
  return ok({
    ended: child.ended,
    version: program.value.version,
    async stop() {
      await child.stop();
      home.remove();
    },
  });
}

interface Program {
  readonly executable: string;
  readonly args: readonly string[];
  /** For the line that says where the screen is. */
  readonly version: string;
}

/** The packaged program where this launcher is part of a package, else an Electron at hand with the bundle. */
function findProgram(root: string, near: (folder: string) => string): Result<Program, string> {
  const packaged = packagedScreen(root);
  if (packaged !== null) return ok({ executable: packaged, args: [], version: '(packaged)' });
  const runtime = findElectron(root, process.env);
  if (runtime === null) return err('no Electron runtime (set ELECTRON_OVERRIDE_DIST_PATH, or use --host node)');
  const bundles = join(root, 'dist/electron');
  if (!existsSync(join(bundles, 'main.cjs'))) return err(`${bundles}: not built (npm run build)`);
  const main = join(near(bundles), 'main.cjs');
  // `-r`: loaded at once, while Electron still takes what it refuses later (a privileged scheme, the sandbox for all).
  return ok({ executable: runtime.executable, args: ['-r', main, main], version: runtime.version });
}
