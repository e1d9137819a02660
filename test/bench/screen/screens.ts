import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isReachable } from '../../../main/hosts/launch/system/reachable.ts';
import { findScreenUser } from '../../../main/hosts/launch/system/screen-user.ts';
import { dialLocal } from '../../../main/transport/local-socket.ts';
import { makeStarter, root } from '../../electron/host.ts';
import { writeSite } from '../../electron/packaged.ts';
import { pidOf } from '../../electron/pid-of.ts';
import { drivePage, type PageDriver } from '../../support/page-driver.ts';
import { dropFolder, newFolder } from '../folders.ts';
import { buildEmpty } from './empty/build.ts';

/** The two ways to a screen. `node`: the node host with Debian's Chromium. */
export const HOSTS = ['electron', 'node'] as const;
export type HostName = (typeof HOSTS)[number];
export const HOST_WORDS: Readonly<Record<HostName, string>> = { electron: 'Electron', node: 'Node and Chromium' };

/** A screen of a kiosk or of the floor, from the moment its process was started. */
export interface RunningScreen {
  readonly pid: number;
  /** `performance.now()` before the process was started. */
  readonly began: number;
  /** Another page at the same core. @throws where there is no core */
  page(): Promise<PageDriver>;
  stop(): Promise<void>;
}

export interface Screens {
  /** Where the package lies. */
  readonly package: string;
  startKiosk(host: HostName): RunningScreen;
  startEmpty(host: HostName): RunningScreen;
  close(): void;
}

/** Like an installed one, it must lie where the screen's user gets to. */
const reachable = isReachable(root, findScreenUser(process.env)) ? join(root, '.cache/bench') : tmpdir();

/** Makes the package as `npm run package` does, and the empty page. @throws when they cannot be made */
export async function makeScreens(): Promise<Screens> {
  const out = join(reachable, 'madoguchi-package');
  const made = spawnSync(process.execPath, [join(root, 'main/hosts/launch/package.ts'), '--out', out], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`no package: ${made.stdout}${made.stderr}`);
  const empty = await buildEmpty(join(reachable, 'madoguchi-empty'));
  const folder = join(out, 'linux-unpacked');
  const site = newFolder('disk');
  const siteFile = writeSite(site);
  const electron = makeStarter();
  return {
    package: folder,
    startKiosk(host) {
      const data = newFolder('disk');
      const words = host === 'node' ? ['--host', 'node', '--open'] : [];
      const args = ['--profile', 'city-hall', '--site', siteFile, '--data', data, ...words];
      return running(join(folder, 'madoguchi'), args, data);
    },
    startEmpty(host) {
      if (host === 'node') return running(process.execPath, [join(import.meta.dirname, 'empty/server.ts'), empty.page], null);
      return running(electron.executable, [empty.app], null, electron.env);
    },
    close() {
      electron.remove();
      dropFolder(site);
    },
  };
}

function running(
  command: string,
  args: readonly string[],
  data: string | null,
  env: NodeJS.ProcessEnv = process.env,
): RunningScreen {
  const began = performance.now();
  const child: ChildProcess = spawn(command, args, { stdio: ['pipe', 'ignore', 'ignore'], env });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  return {
    pid: child.pid ?? -1,
    began,
    async page() {
      const core = data === null ? null : pidOf('hosts/core/index.js', data);
      const words = core === null ? [] : readFileSync(`/proc/${core}/cmdline`, 'utf8').split('\0');
      const port = await dialLocal(words[words.indexOf('--socket') + 1] ?? '');
      if (port === null) throw new Error('no core answers');
      return drivePage(port);
    },
    async stop() {
      child.stdin?.end();
      child.kill('SIGTERM');
      await ended;
      if (data !== null) dropFolder(data);
    },
  };
}
