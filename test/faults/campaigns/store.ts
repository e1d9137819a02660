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
export function openQueue({ queue }: QueuePlace, clock: Clock, more: Partial<typeof limits> = {}): OpenedQueue | string {
  const events: string[] = [];
  try {
    const opened = openOutbox({ folder: queue, limits: { ...limits, ...more }, clock, log: (event) => void events.push(event) });
    return opened.ok ? { store: opened.value, events } : opened.error;
  } catch (error) {
    // A core that throws here starts, dies and starts again for ever.
    return `it throws ${error instanceof Error ? error.message.split('\n')[0] : 'not an error'}`;
  }
}

/** Whether the kiosk says that it can promise now. */
export const usable = (_store: OutboxStore): boolean => true;

/** What staff are told of damage, in words or codes. */
export const findingsOf = ({ events }: OpenedQueue): string[] => events.filter((event) => event === 'outbox.set-aside');

/** Whether a person who asks for this receipt is told that it was lost. */
export const namedLost = (_store: OutboxStore, _receipt: string): boolean => false;

/** The store does its work in the background, as after each write. */
export const HAS_JOURNAL = false;
