import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isReachable } from '../../main/hosts/launch/system/reachable.ts';
import { findScreenUser } from '../../main/hosts/launch/system/screen-user.ts';
import { dialLocal } from '../../main/transport/local-socket.ts';
import { drivePage, type PageDriver } from '../support/page-driver.ts';
import { testFolder } from '../support/test-folder.ts';
import { root } from './host.ts';
import { pidOf } from './pid-of.ts';

/** Where the package is made: like an installed one, it must lie where the screen's user gets to. */
export const packageOut = isReachable(root, findScreenUser(process.env))
  ? join(root, 'dist/package')
  : join(tmpdir(), 'madoguchi-package');
export const packageFolder = join(packageOut, 'linux-unpacked');
export const packagedLauncher = join(packageFolder, 'madoguchi');
export const screenProgram = join(packageFolder, 'madoguchi-screen');
export const hasPackage = () => existsSync(packagedLauncher);

/** What a town fills in: a terminal, and a platform that nobody answers for. @returns the site file */
export function writeSite(folder: string): string {
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  writeFileSync(join(folder, 'key.json'), JSON.stringify({ ...jwk, kid: 'test' }));
  const site = join(folder, 'site.json');
  writeFileSync(
    site,
    JSON.stringify({
      terminal: { id: 'CITY-01', name: { ja: '試験の窓口', en: 'Test counter' } },
      platform: { url: 'https://127.0.0.1:9/', sealingKeyFile: 'key.json' },
    }),
  );
  return site;
}

export interface RunningPackage {
  /** Settles when the packaged window has painted the core's first screen. */
  readonly shown: Promise<void>;
  /** Standard output and error so far. */
  readonly said: () => string;
  readonly socket: string;
  /** A second page on the packaged core: tells which screen is up. */
  readonly page: PageDriver;
  stop(): Promise<void>;
}

/** @param around a command that it runs inside of @param env more for its environment */
export async function startPackage(around: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<RunningPackage> {
  const folder = mkdtempSync(join(tmpdir(), 'mado-package-'));
  const data = testFolder('kiosk', 'package');
  const line = [...around, packagedLauncher, '--profile', 'city-hall', '--site', writeSite(folder), '--data', data];
  const child = spawn(line[0] ?? '', line.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let said = '';
  let shown = () => {};
  const painted = new Promise<void>((done) => {
    shown = done;
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  await new Promise<void>((up, lost) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (text) => {
        said += `${text}\n`;
        if (text.startsWith('Kiosk screen: ')) up();
        if (text.includes('"type":"shown"')) shown();
      });
    }
    child.once('exit', (code) => lost(new Error(`the package ended with code ${code}: ${said}`)));
  });
  const core = pidOf('hosts/core/index.js', data);
  const words = core === null ? [] : readFileSync(`/proc/${core}/cmdline`, 'utf8').split('\0');
  const socket = words[words.indexOf('--socket') + 1] ?? '';
  const port = await dialLocal(socket);
  if (port === null) throw new Error('the packaged core does not answer');
  const page = drivePage(port);
  return {
    shown: painted,
    said: () => said,
    socket,
    page,
    async stop() {
      page.close();
      const launcher = pidOf('hosts/launch/launch.js', data);
      if (launcher !== null) process.kill(launcher, 'SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
