import { cpSync } from 'node:fs';
import type { OutboxStore } from '../../main/core/outbox/outbox.ts';
import type { RowOutcome, RowPlace } from '../../main/core/outbox/settling.ts';
import { newFolder } from './folders.ts';
import { enqueued, openQueue, placeOf, receiptOf, rowOf } from './queue/store.ts';

/** Bytes of a payload in a deep queue: the depth is measured, not the bytes. */
const DEEP_BYTES = 200;
const SEALED = 'A'.repeat(DEEP_BYTES);
/** Rows changed by one call while a shape is made. */
const STRIDE = 1000;

/** Rows of a queue in memory, by the place they were enqueued at. */
export interface Filled {
  readonly folder: string;
  readonly rows: readonly RowPlace[];
}

/**
 * A deep queue, every row of it enqueued by the store itself, so that whatever it keeps beside the rows (counts, hashes, journal) is right.
 * In memory, where its fsyncs cost nothing.
 * @param receipt of the nth row
 */
function fill(depth: number, receipt: (n: number) => string): Filled {
  const folder = newFolder('memory');
  const store = openQueue(folder);
  const rows = Array.from({ length: depth }, (_, n) => placeOf(n, enqueued(store, { ...rowOf(n, SEALED), receipt: receipt(n) })));
  store.close();
  return { folder, rows };
}

const filled = new Map<string, Filled>();
/** A first half of one receipt, a second half of one each. */
const receiptsOf = {
  own: () => receiptOf,
  shared: (depth: number) => (n: number) => receiptOf(n < depth / 2 ? 0 : n),
} as const;

/**
 * A copy, to be changed, of a queue that is filled once in a run: filling a million rows takes minutes.
 * @param receipts `own`: each row has one of its own; `shared`: the first half of the rows have receipt 0
 */
export function deepCopy(depth: number, receipts: keyof typeof receiptsOf): Filled {
  const key = `${depth} ${receipts}`;
  const base = filled.get(key) ?? fill(depth, receiptsOf[receipts](depth));
  filled.set(key, base);
  const folder = newFolder('memory');
  cpSync(base.folder, folder, { recursive: true });
  return { folder, rows: base.rows };
}

const chunks = (rows: readonly RowPlace[]) =>
  Array.from({ length: Math.ceil(rows.length / STRIDE) }, (_, n) => rows.slice(n * STRIDE, (n + 1) * STRIDE));
const idsOf = (rows: readonly RowPlace[]) => rows.map(({ id }) => id);

/** @param at epoch ms */
export function postpone(store: OutboxStore, rows: readonly RowPlace[], at: number): void {
  for (const some of chunks(rows)) if (!store.postpone(idsOf(some), at, false)) throw new Error('not postponed');
}

/** Sends and settles rows. */
function settle(store: OutboxStore, rows: readonly RowPlace[], settlement: (id: string) => RowOutcome): void {
  for (const some of chunks(rows)) {
    store.markSending(some);
    if (store.settle(idsOf(some).map(settlement))?.length !== some.length) throw new Error('not settled');
  }
}

export const park = (store: OutboxStore, rows: readonly RowPlace[]): void =>
  settle(store, rows, (id) => ({ id, state: 'parked', code: 'conflict' }));

export const accept = (store: OutboxStore, rows: readonly RowPlace[]): void =>
  settle(store, rows, (id) => ({ id, state: 'accepted', reference: 'BENCH-1' }));
