import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Log } from '../../contract/log-events.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { Timers } from '../../transport/timers.ts';
import { type Child, keepRunning } from './child.ts';
import { findElectron } from './electron-runtime.ts';
import { findScreenUser, screenEnvironment } from './screen-user.ts';
import type { SocketPlace } from './socket-place.ts';

export interface ElectronScreenOptions {
  readonly root: string;
  readonly page: string;
  readonly place: SocketPlace;
  readonly timers: Timers;
  readonly log: Log;
}

/** Exit code of the Electron host for arguments it refuses; it has said which. */
export const REFUSED_START = 2;

/** The Electron host as a child process, as an ordinary user. @returns one sentence when something is missing */
export function startElectronHost(options: ElectronScreenOptions): Result<Child & { version: string }, string> {
  const { root, page, place, timers, log } = options;
  const runtime = findElectron(root, process.env);
  if (runtime === null) return err('no Electron runtime (set ELECTRON_OVERRIDE_DIST_PATH, or use --host node)');
  const main = join(root, 'dist/electron/main.cjs');
  if (!existsSync(main)) return err(`${main}: not built (npm run build)`);
  if (!existsSync(join(page, 'index.html'))) return err(`${page}: no built page (npm run build)`);
  const user = findScreenUser(process.env);
  if (user !== null) place.share(user.gid);
  const child = keepRunning({
    command: runtime.executable,
    args: [main, `--socket=${place.path}`, `--page=${page}`],
    env: screenEnvironment(process.env, dirname(place.path), user),
    ...(user === null ? {} : user),
    timers,
    finalCodes: [REFUSED_START],
    onLine: (line) => process.stderr.write(`${line}\n`),
    onRestart: () => log('host.page-replaced', { reason: 'electron-exited' }),
  });
  return ok({ ...child, version: runtime.version });
}
