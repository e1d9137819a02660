import type { Settings } from '../../../main/contract/config.ts';
import type { QueueFiles } from '../../../main/core/outbox/journal-files.ts';
import { type OutboxStore, openOutbox } from '../../../main/core/outbox/outbox.ts';
import { createHttpPlatform } from '../../../main/core/platform-http/http-platform.ts';
import { createDelivery, type StaffDelivery } from '../../../main/core/sync/delivery.ts';
import { createPlatformTime } from '../../../main/core/sync/platform-time.ts';
import type { Dice } from './dice.ts';
import type { Ledger } from './ledger.ts';
import type { Life } from './life.ts';
import type { Network } from './network.ts';
import type { SqliteDisk } from './sqlite-disk.ts';
import { JOURNAL_MEDIUM, type VirtualDisk } from './virtual-disk.ts';

const journalFolder = `${JOURNAL_MEDIUM}/journal`;
export const TERMINAL = 'K-SIM-1';
const limits: Settings['outbox'] = { maxRows: 400, ballastBytes: 0, minFreeBytes: 0, challengeStock: 6 };
const sync: Settings['sync'] = { catalogueSeconds: 3600, pollSeconds: 240, backOffCapSeconds: 300, startSpreadSeconds: 180 };

/** The real outbox, journal, client and delivery, in one life of the core. */
export interface Kiosk {
  readonly life: Life;
  readonly number: number;
  readonly outbox: OutboxStore;
  readonly delivery: StaffDelivery;
}

export interface KioskParts {
  readonly life: Life;
  readonly number: number;
  readonly sqlite: SqliteDisk;
  readonly disk: VirtualDisk;
  readonly network: Network;
  readonly ledger: Ledger;
  readonly dice: Dice;
  readonly boot: { readonly id: string; readonly at: number };
  readonly note: (what: string) => void;
}

/** Starts the core. @returns the kiosk, or why it cannot run now */
export function startKiosk({ life, number, sqlite, disk, network, ledger, dice, boot, note }: KioskParts): Kiosk | string {
  const { clock } = life;
  const log = (event: string, fields: Readonly<Record<string, unknown>> = {}) => {
    if (!life.alive) return;
    note(`log ${event} ${JSON.stringify(fields)}`);
    if (event === 'core.fault') ledger.broken('fault', JSON.stringify(fields));
  };
  const files = disk.functions(life);
  files.mkdirSync(sqlite.folder);
  let outbox: OutboxStore | null = null;
  const time = createPlatformTime({ boot: { id: boot.id, uptimeMs: clock.monotonic }, clock, store: () => outbox });
  const opened = openOutbox({
    folder: sqlite.folder,
    journalFolder,
    limits,
    clock,
    log,
    platformNow: () => time.latest(),
    files: files as unknown as QueueFiles,
    connect: (path) => sqlite.connect(path, life),
    newJournal: () => uuidFrom(dice, '4'),
  });
  if (!opened.ok) return opened.error;
  outbox = opened.value;
  const random = (length: number) => dice.bytes(length);
  const client = createHttpPlatform(network.lineFor(life), TERMINAL, clock.now, random);
  const terminal = TERMINAL;
  const delivery = createDelivery({
    outbox,
    client,
    clock,
    random,
    log,
    terminal,
    sync,
    challengeStock: limits.challengeStock,
    time,
  });
  delivery.onSettled((id, settled) => {
    if (life.alive) ledger.settled(id, settled, number);
  });
  delivery.start();
  return { life, number, outbox, delivery };
}

/** @param version of RFC 9562 */
export function uuidFrom(dice: Dice, version: '4' | '7'): string {
  const hex = Buffer.from(dice.bytes(16)).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${version}${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const databaseName = 'outbox.db';
