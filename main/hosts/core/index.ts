import { readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import type { Settings } from '../../contract/config.ts';
import type { Log } from '../../contract/log-events.ts';
import { MAX_STAFF_MESSAGE } from '../../contract/staff.ts';
import { createCardReader } from '../../core/card/card-reader.ts';
import { forkCardHost } from '../../core/card/fork-card-host.ts';
import { createKiosk, type Kiosk } from '../../core/kiosk.ts';
import { createLog } from '../../core/log/log.ts';
import { logFile } from '../../core/log/log-file.ts';
import { AsideKeeper } from '../../core/outbox/aside-keeper.ts';
import type { OutboxStore } from '../../core/outbox/outbox.ts';
import type { ScannedText } from '../../core/scan/scan-gate.ts';
import { createScannerDevice } from '../../core/scan/scanner-device.ts';
import { startSettings } from '../../core/settings/profile-choice.ts';
import { reportHandlers } from '../../core/staff/report/handlers.ts';
import { createTallyFeed } from '../../core/staff/tally/feed.ts';
import { openTally } from '../../core/staff/tally/tally.ts';
import { clearAfterVisits, memoryClearer } from '../../transport/clear-memory.ts';
import { type LocalServer, listenLocal } from '../../transport/local-socket.ts';
import { servePage } from '../../transport/rpc.ts';
import { serveStaff } from '../../transport/staff-rpc.ts';
import { systemTimers } from '../../transport/timers.ts';
import { type CoreArguments, parseCoreArguments } from './arguments.ts';
import { closeToOthers } from './close-to-others.ts';
import { corePorts, queuePlaces } from './core-ports.ts';
import { startHeartbeat } from './heartbeat.ts';
import { cameraMayBeThere, watchOffers } from './offers-watch.ts';
import { opsHandlers } from './ops-handlers.ts';
import { openStaffSide, type StaffSide } from './staff-side.ts';
import { newId, systemBoot, systemClock, systemRandom } from './system.ts';
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
const START_AGAIN = 3;
/** The answer is on the staff's page by then. */
const RESTART_AFTER_MS = 500;
/** `.ts` in the sources, `.js` in a package, where every file is a bundle. */
const EXTENSION = extname(import.meta.filename);

function refuse(sentences: readonly string[]): never {
  for (const sentence of sentences) process.stderr.write(`${sentence}\n`);
  process.exit(BAD_SETTINGS);
}

function readerFor(settings: Settings, log: Log) {
  const entry = settings.reader.driver === 'virtual' ? settings.reader.host : join(root, `native/card-host/main${EXTENSION}`);
  if (entry === undefined) throw new Error('checked settings name the virtual host');
  return createCardReader({ spawn: forkCardHost({ entry }), clock: systemClock, log, settings: settings.reader });
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
  const { settings, ignored } = started.value;
  for (const sentence of ignored) process.stderr.write(`${sentence} (the profile of the start is used)\n`);
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
  const camera = () => cameraMayBeThere(process.platform, settings.environment);
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

  const reader = readerFor(settings, log);
  const made = await corePorts({
    settings,
    data: args.data,
    reader,
    clock: systemClock,
    boot: systemBoot,
    random: systemRandom,
    newId,
    log,
  });
  if (!made.ok) refuse(made.error);
  const { ports, outbox } = made.value;
  const kiosk = createKiosk({ ...ports, offers: offers.journeys });
  kiosk.onSnapshot(clearAfterVisits(systemTimers, memoryClearer()));
  const server = await listenLocal(args.socket, (port) => servePage(port, kiosk, log));
  if (!server.ok) {
    process.stderr.write(`${args.socket}: ${server.error}\n`);
    process.exit(1);
  }
  // Counted whether there is a staff key yet or not: the report of a month is asked for at its end.
  const tally = openTally({ data: args.data, clock: systemClock, log });
  const stopCounting = createTallyFeed(kiosk, systemClock, systemBoot, tally, () => log('core.fault', { where: 'tally.feed' }));
  const { terminal } = settings;
  const staff = openStaffSide({
    data: args.data,
    settings,
    kiosk,
    outbox,
    delivery: ports.delivery,
    printer: ports.printer,
    watch: made.value.staff.watch,
    clock: systemClock,
    boot: systemBoot,
    random: systemRandom,
    log,
    leftOut: () => offers.leftOut,
    handlers: () => ({
      ...reportHandlers({ tally, clock: systemClock, terminal, threshold: settings.staff.threshold }),
      ...opsHandlers({
        started: started.value,
        source,
        data: resolve(args.data),
        clock: systemClock,
        log,
        machine: {
          platform: process.platform,
          node: { program: process.execPath, version: process.version },
          root,
          version: version(),
        },
        outbox,
        opening: kiosk.opening,
        kiosk: kiosk.staff,
        printer: ports.printer,
        staff: made.value.staff,
        leftOut: () => offers.leftOut,
        restart: (reason) => void systemClock.setTimeout(() => void stop(reason, START_AGAIN)(), RESTART_AFTER_MS),
      }),
    }),
  });
  const staffServer = staff === null ? null : await listenStaff(args.staffSocket, staff, log);
  log('core.started', { version: version(), node: process.version, environment: settings.environment });
  kiosk.start();
  for (const sentence of leftOut) process.stderr.write(`${sentence}\n`);
  const stopOffers = offers.start((journeys) => kiosk.offer(journeys));
  const scanner = scannerFor(settings, kiosk, log);
  scanner?.start();
  const keeper = outbox === null ? null : keeperOf(outbox, settings, args.data, log);
  keeper?.start();
  process.stdout.write(`${JSON.stringify({ type: 'listening', socket: server.value.path, staff: staffServer?.path ?? null })}\n`);
  heartbeat.ready();

  let stopping = false;
  const stop =
    (reason: string, code = 0) =>
    async () => {
      if (stopping) return;
      stopping = true;
      heartbeat.stopping();
      stopOffers();
      keeper?.stop();
      scanner?.stop();
      await staffServer?.close();
      staff?.stop(reason);
      await kiosk.stop();
      stopCounting();
      tally.close();
      await server.value.close();
      outbox?.close();
      log('core.stopped', { reason });
      process.exit(code);
    };
  process.on('SIGTERM', stop('sigterm'));
  process.on('SIGINT', stop('sigint'));
  if (launched) process.stdin.on('end', stop('launcher-gone')).resume();
}

/** The hand scanner that the settings name: what it reads goes to the screen that is up at that moment. */
function scannerFor(settings: Settings, kiosk: Kiosk, log: Log) {
  const path = settings.scanner?.device;
  if (path === undefined) return null;
  const onScan = (scan: ScannedText) => kiosk.handle({ type: 'scanned', step: kiosk.snapshot().step, ...scan });
  return createScannerDevice({ path, clock: systemClock, log, onScan });
}

function keeperOf(store: OutboxStore, settings: Settings, data: string, log: Log): AsideKeeper {
  const { folder, journalFolder } = queuePlaces(settings, data);
  return new AsideKeeper({ store, path: join(folder, 'outbox.db'), journalFolder, clock: systemClock, log });
}

/** A staff socket that cannot be had leaves the counter open; the launcher then has no staff page to show. */
async function listenStaff(path: string, staff: StaffSide, log: Log): Promise<LocalServer | null> {
  const limits = { longest: 2 * MAX_STAFF_MESSAGE, timers: systemTimers };
  const server = await listenLocal(path, (port) => serveStaff(port, staff.desk, log), limits);
  if (server.ok) return server.value;
  log('core.fault', { where: `staff-socket.${server.error}` });
  return null;
}

function version(): string {
  const { version: found } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return found;
}

// Started without --disable-sigusr1, Node would open a debugger at this signal; a listener takes its place.
process.on('SIGUSR1', () => {});
const args = parseCoreArguments(process.argv.slice(2));
if (!args.ok) refuse([args.error]);
await run(args.value);
