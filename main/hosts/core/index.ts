import { extname, join, resolve } from 'node:path';
import { createLog } from '../../core/log/log.ts';
import { logFile } from '../../core/log/log-file.ts';
import { startSettings } from '../../core/settings/profile-choice.ts';
import { type CoreArguments, parseCoreArguments } from './arguments.ts';
import { closeToOthers } from './close-to-others.ts';
import { startHeartbeat } from './heartbeat.ts';
import { watchOffers } from './offers-watch.ts';
import { cameraMayBeThere, systemClock, systemPlatform } from './system.ts';
import { beatsToLauncher, beatsToSystemd, launcherIsThere } from './watchers.ts';

/**
 * The core process. Standard output: `{"type":"listening","socket":PATH,"staff":PATH|null}` once a host may connect (`staff`: the staff's
 * own socket, when there is a staff key), and `{"type":"beat"}` every two seconds while a launcher holds standard input; the log goes to
 * `DATA/log`. Under systemd: `READY=1`, then `WATCHDOG=1` with every beat.
 * Exit codes: 0 asked to stop, 1 a bug or a socket that cannot be had, 2 settings or arguments that cannot be used (standard error says which),
 * 3 to be started again: staff chose another profile, or enrolled the device.
 */
const root = resolve(import.meta.dirname, '../../..');
const BAD_SETTINGS = 2;
/** `.ts` in the sources, `.js` in a package, where every file is a bundle. */
const EXTENSION = extname(import.meta.filename);

function refuse(sentences: readonly string[]): never {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  process.exit(BAD_SETTINGS);
}

async function run(args: CoreArguments): Promise<void> {
  // Whoever starts us, and with what umask: what we write is ours alone.
  closeToOthers(args.data);
  const source = {
    configDir: args.configDir ?? join(root, 'kiosk-config'),
    profile: args.profile,
    site: args.site,
    set: args.set,
    cwd: process.cwd(),
  };
  const started = startSettings(source, args.data);
  if (!started.ok) refuse(started.error);
  const { settings, ignored, notices } = started.value;
  for (const sentence of ignored) process.stderr.write(`${sentence} (the profile of the start is used)\n`);
  for (const sentence of notices) process.stderr.write(`${sentence}\n`);
  // A package holds no sandbox, so it takes no settings that could open the door to one.
  if (EXTENSION === '.js' && settings.environment === 'sandbox') refuse(['environment: "sandbox" is not for a packaged kiosk']);
  const now = () => systemClock.now();
  const log = createLog({ level: settings.log.level, write: logFile(join(args.data, 'log'), now), now });
  const crash = (where: string) => () => {
    // Never the error's own text: it could quote what a person entered.
    log('core.fault', { where });
    process.exit(1);
  };
  process.on('uncaughtException', crash('uncaught'));
  process.on('unhandledRejection', crash('unhandled'));
  const camera = () => cameraMayBeThere(systemPlatform, settings.environment);
  const offers = watchOffers({ settings, clock: systemClock, log, camera });
  const leftOut = offers.leftOut.map(({ journey, lacks }) => `journeys: "${journey}" is left out, for want of a part: ${lacks}`);
  if (offers.journeys.length === 0) refuse([...leftOut, 'journeys: nothing is left to offer']);

  // The first beat tells the launcher that the settings are good.
  const launched = launcherIsThere();
  const systemd = beatsToSystemd(process.env, log);
  const heartbeat = startHeartbeat({
    clock: systemClock,
    launcher: launched ? beatsToLauncher(process.stdout) : null,
    // Below a launcher the core is not the service's main process: systemd would only complain.
    systemd: launched ? null : systemd,
  });

  const { runCore } = await import('./run-core.ts');
  await runCore({
    args,
    root,
    extension: EXTENSION,
    source,
    started: started.value,
    log,
    offers,
    leftOut,
    launched,
    heartbeat,
    refuse,
  });
}

// Started without --disable-sigusr1, Node would open a debugger at this signal; a listener takes its place.
process.on('SIGUSR1', () => {});
const args = parseCoreArguments(process.argv.slice(2));
if (!args.ok) refuse([args.error]);
await run(args.value);
