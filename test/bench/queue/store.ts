import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { Settings } from '../../../main/contract/config.ts';
import { receiptNumber } from '../../../main/contract/receipt.ts';
import { type OutboxStore, openOutbox } from '../../../main/core/outbox/outbox.ts';
import type { RowPlace } from '../../../main/core/outbox/settling.ts';
import type { Clock } from '../../../main/core/ports.ts';
import { systemClock } from '../../../main/hosts/core/system.ts';

/** Without ballast and a floor of free space: what they cost is the disk's, not the queue's. */
export const limits: Settings['outbox'] = { maxRows: 1_000_000, ballastBytes: 0, minFreeBytes: 0, challengeStock: 10 };

/**
 * The kiosk's own queue, both copies in a folder of the bench.
 * @param clock whose timers do the work beside the service @throws when it cannot be opened: then nothing can be measured
 */
export function openQueue(folder: string, clock: Clock = systemClock): OutboxStore {
  const opened = openOutbox({
    folder: join(folder, 'queue'),
    journalFolder: join(folder, 'journal'),
    limits,
    clock,
    log: () => {},
  });
  if (!opened.ok || !opened.value.usable) throw new Error('the queue cannot be opened');
  return opened.value;
}

/** A text as long as a sealed payload, which does not compress. */
export const sealedOf = (bytes: number): string => randomBytes(bytes).toString('base64url').slice(0, bytes);

/** The nth receipt number of a bench. */
export const receiptOf = (n: number): string => receiptNumber(String(n % 1_000_000_000).padStart(9, '0'));

/** Rows of a fresh queue have the places 1, 2, 3 and so on. @param n of the row, from 0 */
export const placeOf = (n: number, id: string): RowPlace => ({ seq: n + 1, id });

/** A row as the person's session hands it over. */
export const rowOf = (n: number, sealed: string) => ({ id: v7(), kind: 'set-up' as const, receipt: receiptOf(n), sealed });

export function enqueued(store: OutboxStore, row: ReturnType<typeof rowOf>): string {
  const done = store.enqueue(row);
  if (!done.ok) throw new Error(`not enqueued: ${done.error}`);
  return row.id;
}

/** Single-use challenges, as the platform would hand them out. */
export function giveChallenges(store: OutboxStore, count: number): void {
  const expiresAt = Date.now() + 86_400_000;
  store.addChallenges(Array.from({ length: count }, () => ({ challenge: randomBytes(24).toString('base64url'), expiresAt })));
}
