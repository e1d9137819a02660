import { join, resolve } from 'node:path';
import { err, ok, type Result } from '../../contract/result.ts';
import { STOOD_STILL } from '../../contract/stood-still.ts';
import { systemTimers } from '../../transport/timers.ts';
import { startNodeHost } from '../node/node-host.ts';
import { startStaffHost } from '../node/staff-host.ts';
import { createHostLog } from '../page/host-log.ts';
import { type LaunchArguments, parseLaunchArguments, USAGE } from './arguments.ts';
import type { KeptChild } from './child.ts';
import { BAD_SETTINGS, startCore } from './core-process.ts';
import { dataFolder } from './data-folder.ts';
import { startElectronHost } from './electron-screen.ts';
import { openChromium } from './open-chromium.ts';
import { packagedScreen } from './packaged-place.ts';
import { ownUserId } from './system/screen-user.ts';
import { makeSocketPlace, type SocketPlace } from './system/socket-place.ts';

/**
 * `npm run kiosk`: the core process and one host, until SIGINT or SIGTERM. Standard output gets one line that says where the screen is, and one for the staff's page when there is a staff key;
 * logs go to standard error. Exit codes: 0 stopped, 1 something is missing, 2 bad arguments or settings.
 */
const root = resolve(import.meta.dirname, '../../..');
const packaged = packagedScreen(root) !== null;
// For tests of this launcher, and only from the sources: a stand-in that speaks the same protocol, and another page.
const { MADOGUCHI_CORE_ENTRY, MADOGUCHI_PAGE } = packaged ? {} : process.env;
const log = createHostLog(
  (line) => process.stderr.write(line),
  () => new Date(),
);

/** A started part; `ended` settles when it is down for good. */
interface Part {
  readonly ended: Promise<number>;
  stop(): Promise<void>;
}

async function run(args: LaunchArguments): Promise<number> {
  const parts: Part[] = [];
  const place = makeSocketPlace();
  const signal = new Promise<number>((settle) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => settle(0));
  });
  try {
    const data = args.data ?? dataFolder({ root, packaged, profile: args.profile, env: process.env, uid: ownUserId() });
    const core = startCore({
      node: process.execPath,
      entry: MADOGUCHI_CORE_ENTRY ?? join(root, `main/hosts/core/index${packaged ? '.js' : '.ts'}`),
      args: [
        '--profile',
        args.profile,
        '--data',
        resolve(data),
        '--socket',
        place.path,
        '--staff-socket',
        place.staffPath,
        ...args.core,
      ],
      timers: systemTimers,
      log,
      onLine: (line) => process.stderr.write(`${line}\n`),
      stoodStill: join(resolve(data), STOOD_STILL),
    });
    parts.unshift(core);
    // With settings that cannot be used there is no screen, only the sentence about them.
    const begun = await Promise.race([core.begun, signal]);
    if (begun !== null) return begun;
    // A browser takes longer to come up than the core, and waits for it.
    const screen = await startScreen(args, place, parts);
    if (!screen.ok) {
      process.stderr.write(`${screen.error}\n`);
      return 1;
    }
    const ready = await Promise.race([core.ready, signal]);
    if (typeof ready === 'number') return ready;
    if (ready.staff !== null) await startStaffPage(args, ready.staff, parts);
    process.stdout.write(`${screen.value}\n`);
    return await Promise.race([signal, ...parts.map((part) => part.ended)]);
  } finally {
    for (const part of parts) await part.stop();
    place.remove();
  }
}

const page = MADOGUCHI_PAGE ?? join(root, 'dist/renderer');

/** The staff's page, beside whatever screen the person sees. Where it cannot be had the counter opens all the same, and one line says why. */
async function startStaffPage(args: LaunchArguments, socket: string, parts: Part[]): Promise<void> {
  const host = await startStaffHost({ page, socket, port: args.staffPort, log });
  if (!host.ok) {
    const why =
      host.error === 'port' ? `staff port ${args.staffPort} cannot be used` : `${page}: no built staff page (npm run build)`;
    process.stderr.write(`${why}\n`);
    return;
  }
  parts.unshift({ ended: new Promise(() => {}), stop: host.value.close });
  process.stdout.write(`Staff page: ${host.value.origin}/\n`);
}

/** @returns one line that says where the screen is, or one sentence that says what is missing */
async function startScreen(args: LaunchArguments, place: SocketPlace, parts: Part[]): Promise<Result<string, string>> {
  if (args.host === 'electron') {
    const screen = startElectronHost({ root, page, place, timers: systemTimers, log });
    if (!screen.ok) return screen;
    parts.unshift(screen.value);
    return ok(`Kiosk screen: Electron ${screen.value.version}`);
  }
  // Where it runs as a service, standard output is a journal that others read: the token stays out of it.
  const prints = process.stdout.isTTY || args.printToken;
  let browser: Result<KeptChild, string> | null = null;
  const host = await startNodeHost({
    page,
    socket: place.path,
    port: args.port,
    log,
    onEntered() {
      if (prints && host.ok && !args.open) process.stdout.write(`For another browser: ${host.value.newUrl()}\n`);
    },
    onStayed() {
      if (browser?.ok === true) browser.value.kill();
    },
  });
  if (!host.ok) return err(host.error === 'port' ? `port ${args.port} cannot be used` : `${page}: no built page (npm run build)`);
  parts.unshift({ ended: new Promise(() => {}), stop: host.value.close });
  const shown = prints ? host.value.url : `${host.value.origin}/ (its token: --print-token)`;
  const line = ok(`Kiosk page: ${shown}`);
  if (!args.open) return line;
  browser = openChromium({ newUrl: host.value.newUrl, timers: systemTimers, log });
  if (!browser.ok) return browser;
  parts.unshift(browser.value);
  return line;
}

// Started without --disable-sigusr1, Node would open a debugger at this signal; a listener takes its place.
process.on('SIGUSR1', () => {});
const args = parseLaunchArguments(process.argv.slice(2));
if (process.argv.includes('--help')) process.stdout.write(`${USAGE}\n`);
else if (!args.ok) {
  process.stderr.write(`${args.error}\n${USAGE}\n`);
  process.exitCode = BAD_SETTINGS;
} else {
  process.exitCode = await run(args.value);
}
