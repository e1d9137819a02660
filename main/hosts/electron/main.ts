import { fstatSync } from 'node:fs';
import { join } from 'node:path';
import { app, Menu, session } from 'electron';
import { connectLocal } from '../../transport/core-link.ts';
import { systemTimers } from '../../transport/timers.ts';
import { createHostLog } from '../page/host-log.ts';
import { loadPageFiles, type PageFiles } from '../page/page-files.ts';
import { parseScreenArguments, type ScreenArguments } from './arguments.ts';
import { openKioskScreen } from './kiosk-screen.ts';
import { lockContents } from './lock-contents.ts';
import { lockSession } from './lock-session.ts';
import { createPartitions } from './partitions.ts';
import { registerScheme, serveScheme } from './scheme.ts';
import { setSwitches } from './switches.ts';

/**
 * The Electron host: one window on the core's screen. Standard output: `{"type":"shown","step":N}` when a page has painted for the first time;
 * the log goes to standard error. Ends when standard input closes (the launcher is gone).
 * Exit codes: 0 asked to stop, 1 a bug or another one is running, 2 arguments that cannot be used.
 */
const REFUSED_START = 2;

const log = createHostLog(
  (line) => process.stderr.write(line),
  () => new Date(),
);

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(REFUSED_START);
}

/** Everything that Electron allows only before it is ready. Loaded with `-r` from the sources, so that this holds there too. */
function prepare(args: ScreenArguments): PageFiles {
  // Electron's own answer to a bug is a dialog with its text on the screen.
  process.on('uncaughtException', () => app.exit(1));
  process.on('unhandledRejection', () => app.exit(1));
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  app.enableSandbox();
  registerScheme();
  setSwitches(app);
  Menu.setApplicationMenu(null);
  app.setPath('userData', join(app.getPath('appData'), 'madoguchi-screen'));
  const files = loadPageFiles(args.page);
  if (!files.ok) refuse(`${args.page}: no built page`);
  app.on('web-contents-created', (_event, contents) => lockContents(contents, log));
  // A window that is closed is replaced.
  app.on('window-all-closed', () => {});
  return files.value;
}

/** Windows are not asked: a hung page would never answer. */
let leave = (): void => app.exit(0);

function run(args: ScreenArguments, files: PageFiles): void {
  lockSession(session.defaultSession, log, () => false);
  const partitions = createPartitions((made) => {
    lockSession(made, log, () => screen.wantsCamera);
    serveScheme(made, files);
  });
  const screen = openKioskScreen({
    core: connectLocal(args.socket, systemTimers),
    partitions,
    preload: join(import.meta.dirname, 'preload.cjs'),
    log,
    timers: systemTimers,
    onShown: (step) => process.stdout.write(`${JSON.stringify({ type: 'shown', step })}\n`),
  });
  leave = () => {
    screen.close();
    app.exit(0);
  };
}

/** A pipe on standard input is the launcher's life line. Under systemd it is /dev/null, which says nothing. */
function watchLauncher(): void {
  try {
    const input = fstatSync(0);
    if (input.isFIFO() || input.isSocket()) process.stdin.on('end', () => leave()).resume();
  } catch {
    // No standard input at all.
  }
}

const args = parseScreenArguments(process.argv, app.isPackaged);
if (!args.ok) refuse(args.error);
const files = prepare(args.value);
if (!app.requestSingleInstanceLock()) {
  process.stderr.write('another screen of this user is running\n');
  process.exit(1);
}
watchLauncher();
app.on('before-quit', (event) => {
  event.preventDefault();
  leave();
});
void app.whenReady().then(() => run(args.value, files));
