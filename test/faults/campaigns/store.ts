import { join } from 'node:path';
import { type OutboxStore, openOutbox } from '../../../main/core/outbox/outbox.ts';
import type { Clock } from '../../../main/core/ports.ts';
import { createPlatformTime, type PlatformTime } from '../../../main/core/sync/platform-time.ts';

/** The one place where the campaigns know how the queue is opened and what it can be asked. */
export interface QueuePlace {
  /** Folder of `outbox.db`. */
  readonly queue: string;
  /** Folder of the journal. */
  readonly journal: string;
}

export interface OpenedQueue {
  readonly store: OutboxStore;
  /** The platform's time, as the core ties it to queue and delivery. */
  readonly time: PlatformTime;
  /** Names of the log's events since it was opened. */
  readonly events: string[];
}

export const placeIn = (folder: string): QueuePlace => ({ queue: join(folder, 'queue'), journal: join(folder, 'journal') });

export const limits = { maxRows: 10_000, ballastBytes: 0, minFreeBytes: 0, challengeStock: 8 };

/** @param bootId of the machine's run @returns the failure's name when there can be no queue */
export function openQueue({ queue, journal }: QueuePlace, clock: Clock, bootId = 'boot-1'): OpenedQueue | string {
  const boot = { id: bootId, uptimeMs: () => clock.monotonic() };
  let store: OutboxStore | null = null;
  const time = createPlatformTime({ boot, clock, store: () => store });
  const platformNow = () => time.latest();
  const events: string[] = [];
  const log = (event: string) => void events.push(event);
  try {
    const opened = openOutbox({ folder: queue, journalFolder: journal, limits, clock, log, platformNow });
    if (!opened.ok) return opened.error;
    store = opened.value;
    time.load();
    return { store, events, time };
  } catch (error) {
    // A core that throws here starts, dies and starts again for ever.
    return `it throws ${error instanceof Error ? error.message.split('\n')[0] : 'not an error'}`;
  }
}

/** Whether the kiosk says that it can promise now. */
export const usable = (store: OutboxStore): boolean => store.usable;

/** What staff are told of damage. */
export const findingsOf = ({ store }: OpenedQueue): string[] => store.staff.findings().map(({ what }) => what);

/** Whether a person who asks for this receipt is told that it was lost, and staff as well. */
export const namedLost = (store: OutboxStore, receipt: string): boolean =>
  store.look(receipt)?.state === 'lost' &&
  store.staff.findings().some(({ what, receipts }) => what === 'row-lost' && receipts.includes(receipt));
