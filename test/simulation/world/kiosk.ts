import { join } from 'node:path';
import type { Settings } from '../../../main/contract/config.ts';
import { type OutboxStore, openOutbox } from '../../../main/core/outbox/outbox.ts';
import { createDelivery, type StaffDelivery } from '../../../main/core/sync/delivery.ts';
import { createPlatformClient } from '../../../main/core/sync/platform-client.ts';
import type { Dice } from './dice.ts';
import type { Ledger } from './ledger.ts';
import type { Life } from './life.ts';
import type { Network } from './network.ts';
import type { SqliteDisk } from './sqlite-disk.ts';
import type { VirtualDisk } from './virtual-disk.ts';

export const TERMINAL = 'K-SIM-1';
const limits: Settings['outbox'] = { maxRows: 400, ballastBytes: 0, minFreeBytes: 0, challengeStock: 6 };
const sync: Settings['sync'] = { catalogueSeconds: 3600, pollSeconds: 60, backOffCapSeconds: 300, startSpreadSeconds: 180 };

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
export function startKiosk({ life, number, sqlite, network, ledger, dice, note }: KioskParts): Kiosk | string {
  const { clock } = life;
  const log = (event: string, fields: Readonly<Record<string, unknown>> = {}) => {
    if (!life.alive) return;
    note(`log ${event} ${JSON.stringify(fields)}`);
    if (event === 'core.fault') ledger.broken('fault', JSON.stringify(fields));
  };
  const opened = openOutbox({ folder: sqlite.folder, limits, clock, log, connect: (path: string) => sqlite.connect(path, life) } as Parameters<typeof openOutbox>[0]);
  if (!opened.ok) return opened.error;
  const outbox = opened.value;
  const random = (length: number) => dice.bytes(length);
  const client = createPlatformClient(network.lineFor(life), TERMINAL, clock.now, random);
  const delivery = createDelivery({ outbox, client, clock, random, log, terminal: TERMINAL, sync, challengeStock: limits.challengeStock });
  delivery.onSettled((id, settled) => {
    if (life.alive) ledger.settled(id, settled, number);
  });
  delivery.start();
  return { life, number, outbox, delivery };
}

export const databaseName = 'outbox.db';
export const journalFolder = join('/', 'journal');
