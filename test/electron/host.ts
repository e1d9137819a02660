import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { WebContents } from 'electron';
import { findElectron } from '../../main/hosts/launch/electron-runtime.ts';
import { reachableCopy } from '../../main/hosts/launch/system/reachable.ts';
import { findScreenUser, makeScreenHome } from '../../main/hosts/launch/system/screen-user.ts';
import { makeSocketPlace, type SocketPlace } from '../../main/hosts/launch/system/socket-place.ts';
import type {} from '../../renderer/connection/bridge.ts';
import { keepForSearch } from '../support/keep-for-search.ts';

export const root = resolve(import.meta.dirname, '../..');
export const fixturePage = join(import.meta.dirname, 'fixture-page');

/** How Electron is started here: as the launcher would, so never as root and never without Chromium's sandbox. */
export interface Starter {
  /** The runtime, or (as root) a script of two lines that changes the user first. */
  readonly executable: string;
  readonly env: Record<string, string>;
  readonly place: SocketPlace;
  /** The arguments of a run from the sources. @param socket the core's */
  hostArguments(socket: string, page: string): string[];
  remove(): void;
}

export function makeStarter(command = electronHere()): Starter {
  const user = findScreenUser(process.env);
  const place = makeSocketPlace();
  const folder = mkdtempSync(join(tmpdir(), 'mado-screen-'));
  chmodSync(folder, 0o711);
  const env: Record<string, string> = {};
  const home = makeScreenHome(process.env, user);
  for (const [name, value] of Object.entries(home.env)) if (value !== undefined) env[name] = value;
  let executable = command;
  if (user !== null) {
    executable = join(folder, 'as-user');
    const change = `setpriv --reuid=${user.uid} --regid=${user.gid} --clear-groups`;
    writeFileSync(executable, `#!/bin/sh\nexec ${change} '${command}' "$@"\n`, { mode: 0o755 });
  }
  return {
    executable,
    env,
    place,
    hostArguments(socket, page) {
      const near = (path: string) => reachableCopy(path, folder, user);
      const main = join(near(join(root, 'dist/electron')), 'main.cjs');
      return ['-r', main, main, `--socket=${socket}`, `--page=${near(page)}`];
    },
    remove() {
      place.remove();
      keepForSearch(home.path, 'electron-home');
      home.remove();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function electronHere(): string {
  const found = findElectron(root, process.env);
  if (found === null) throw new Error('no Electron runtime: run.ts should have said so');
  return found.executable;
}

/** The stand-in core as a process of its own, listening. */
export async function startCore(place: SocketPlace): Promise<ChildProcess> {
  const core = spawn(process.execPath, [join(import.meta.dirname, 'stand-in-core.ts'), `--socket=${place.path}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await new Promise((done) => createInterface({ input: core.stdout }).once('line', done));
  const user = findScreenUser(process.env);
  if (user !== null) place.share(user.gid);
  return core;
}

export async function stopProcess(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill(signal);
  await gone;
}

declare global {
  /** In Electron's main process: the page that lies on top. Set by `startHost`. */
  var seenContents: () => WebContents;
}

export interface RunningHost {
  readonly app: ElectronApplication;
  /** The first visit's. */
  readonly page: Page;
  /** The page that is on the glass now. */
  seen(): Promise<Page>;
  /** What the host wrote on standard error so far. */
  readonly log: () => string;
  readonly place: SocketPlace;
  /** Ends the core as a crash would. */
  killCore(): Promise<void>;
  startCore(): Promise<void>;
  stop(): Promise<void>;
}

/** The host on a stand-in core, driven by Playwright. */
export async function startHost(page = fixturePage): Promise<RunningHost> {
  const starter = makeStarter();
  let core = await startCore(starter.place);
  const app = await _electron.launch({
    executablePath: starter.executable,
    chromiumSandbox: true,
    args: starter.hostArguments(starter.place.path, page),
    env: starter.env,
  });
  let log = '';
  app.process().stderr?.on('data', (chunk) => {
    log += chunk;
  });
  const first = await app.firstWindow();
  await app.evaluate(({ BaseWindow, WebContentsView }) => {
    globalThis.seenContents = () => {
      const top = BaseWindow.getAllWindows()
        .flatMap((window) => window.contentView.children)
        .at(-1);
      if (!(top instanceof WebContentsView)) throw new Error('no page is seen');
      return top.webContents;
    };
  });
  return {
    app,
    page: first,
    seen: () => pageOnTop(app),
    log: () => log,
    place: starter.place,
    killCore: () => stopProcess(core, 'SIGKILL'),
    async startCore() {
      core = await startCore(starter.place);
    },
    async stop() {
      await app.close();
      await stopProcess(core);
      starter.remove();
    },
  };
}

async function pageOnTop(app: ElectronApplication): Promise<Page> {
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    for (const one of app.windows()) {
      try {
        // Asked of the browser, not of the page: that may hang.
        const line = await one.context().newCDPSession(one);
        const { targetInfo } = await line.send('Target.getTargetInfo');
        const isSeen = await app.evaluate(
          ({ webContents }, target) => webContents.fromDevToolsTargetId(target) === globalThis.seenContents(),
          targetInfo.targetId,
        );
        if (isSeen) return one;
        await line.detach();
      } catch {
        // It went while we looked.
      }
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('the page on top is none of the pages');
}
