import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Settings } from '../../contract/config.ts';
import type { Log } from '../../contract/log-events.ts';
import { MAX_STAFF_MESSAGE } from '../../contract/staff.ts';
import { createCardReader } from '../../core/card/card-reader.ts';
import { forkCardHost } from '../../core/card/fork-card-host.ts';
import { createKiosk, type Kiosk } from '../../core/kiosk.ts';
import { AsideKeeper } from '../../core/outbox/aside-keeper.ts';
import type { OutboxStore } from '../../core/outbox/outbox.ts';
import type { ScannedText } from '../../core/scan/scan-gate.ts';
import { createScannerDevice } from '../../core/scan/scanner-device.ts';
import type { startSettings } from '../../core/settings/profile-choice.ts';
import { reportHandlers } from '../../core/staff/report/handlers.ts';
import { createUsageCollector } from '../../core/usage-stats/collector.ts';
import { openUsageStats } from '../../core/usage-stats/usage-stats.ts';
import { clearAfterVisits, memoryClearer } from '../../transport/clear-memory.ts';
import { type LocalServer, listenLocal } from '../../transport/local-socket.ts';
import { servePage } from '../../transport/page-endpoint.ts';
import { serveStaff } from '../../transport/staff-endpoint.ts';
import { systemTimers } from '../../transport/timers.ts';
import type { CoreArguments } from './arguments.ts';
import { corePorts, queuePlaces } from './core-ports.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { watchOffers } from './offers-watch.ts';
import { opsHandlers } from './ops-handlers.ts';
import { openStaffSide, type StaffSide } from './staff-side.ts';
import { newId, systemBoot, systemClock, systemPlatform, systemRandom } from './system.ts';

/** What the start of the process (index.ts) has found good. */
export interface CheckedStart {
  readonly args: CoreArguments;
  /** Folder of the product; everything of its own is found from here, also in a package. */
  readonly root: string;
  /** `.ts` in the sources, `.js` in a package, where every file is a bundle. */
  readonly extension: string;
  readonly source: Parameters<typeof startSettings>[0];
  readonly started: Extract<ReturnType<typeof startSettings>, { readonly ok: true }>['value'];
  readonly log: Log;
  readonly offers: ReturnType<typeof watchOffers>;
  /** Sentences about the journeys that lack a part. */
  readonly leftOut: readonly string[];
  /** A launcher holds standard input. */
  readonly launched: boolean;
  readonly heartbeat: Heartbeat;
  readonly refuse: (sentences: readonly string[]) => never;
}

const START_AGAIN = 3;
/** The answer is on the staff's page by then. */
const RESTART_AFTER_MS = 500;

function readerFor(settings: Settings, log: Log, root: string, extension: string) {
  const entry = settings.reader.driver === 'virtual' ? settings.reader.host : join(root, `native/card-host/main${extension}`);
  if (entry === undefined) throw new Error('checked settings name the virtual host');
  return createCardReader({ spawn: forkCardHost({ entry }), clock: systemClock, log, settings: settings.reader });
}

/** Opens what the kiosk is made of and serves it, until it is asked to stop. A module of its own: loading all this takes longer than the check of the settings, and a screen may come up meanwhile. */
export async function runCore(start: CheckedStart): Promise<void> {
  const { args, root, extension, source, started, log, offers, leftOut, launched, heartbeat, refuse } = start;
  const { settings } = started;
  const reader = readerFor(settings, log, root, extension);
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
  if (!made.ok) return refuse(made.error);
  const { ports, outbox } = made.value;
  const kiosk = createKiosk({ ...ports, offers: offers.journeys });
  kiosk.onSnapshot(clearAfterVisits(systemTimers, memoryClearer()));
  const server = await listenLocal(args.socket, (port) => servePage(port, kiosk, log));
  if (!server.ok) {
    process.stderr.write(`${args.socket}: ${server.error}\n`);
    process.exit(1);
  }
  // Counted whether there is a staff key yet or not: the report of a month is asked for at its end.
  const usageStats = openUsageStats({ data: args.data, clock: systemClock, log });
  const stopCounting = createUsageCollector(kiosk, systemClock, systemBoot, usageStats, () =>
    log('core.fault', { where: 'usage-stats.collector' }),
  );
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
      ...reportHandlers({ usageStats, clock: systemClock, terminal, threshold: settings.staff.threshold }),
      ...opsHandlers({
        started,
        source,
        data: resolve(args.data),
        clock: systemClock,
        log,
        machine: {
          platform: systemPlatform,
          node: { program: process.execPath, version: process.version },
          root,
          version: version(root),
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
  log('core.started', { version: version(root), node: process.version, environment: settings.environment });
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
      usageStats.close();
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
  const server = await listenLocal(path, (port) => serveStaff(port, staff.hub, log), limits);
  if (server.ok) return server.value;
  log('core.fault', { where: `staff-socket.${server.error}` });
  return null;
}

function version(root: string): string {
  const { version: found } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return found;
}
