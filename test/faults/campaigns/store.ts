import { join } from 'node:path';
import { type OutboxStore, openOutbox } from '../../../main/core/outbox/outbox.ts';
import type { Clock } from '../../../main/core/ports.ts';

/** The one place where the campaigns know how the queue is opened and what it can be asked. */
export interface QueuePlace {
  /** Folder of `outbox.db`. */
  readonly queue: string;
  /** Folder of the journal. */
  readonly journal: string;
}

export interface OpenedQueue {
  readonly store: OutboxStore;
  /** Names of the log's events since it was opened. */
  readonly events: string[];
}

export const placeIn = (folder: string): QueuePlace => ({ queue: join(folder, 'queue'), journal: join(folder, 'journal') });

export const limits = { maxRows: 10_000, ballastBytes: 0, minFreeBytes: 0, challengeStock: 8 };

/** @returns the failure's name when there can be no queue */
export function openQueue({ queue, journal }: QueuePlace, clock: Clock, more: Partial<typeof limits> = {}): OpenedQueue | string {
  const events: string[] = [];
  const log = (event: string) => void events.push(event);
  try {
    const opened = openOutbox({ folder: queue, journalFolder: journal, limits: { ...limits, ...more }, clock, log });
    return opened.ok ? { store: opened.value, events } : opened.error;
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
