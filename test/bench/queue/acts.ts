import { v7 } from 'uuid';
import type { OutboxStore } from '../../../main/core/outbox/outbox.ts';
import type { RowPlace } from '../../../main/core/outbox/settling.ts';
import { enqueued, giveChallenges, placeOf, receiptOf } from './store.ts';

/** What a session asks room for before the PIN (main/core/card-session/card-session.ts). */
const RESERVED_BYTES = 16 * 1024;
export const BATCH = 100;

/**
 * The acts of a person and of delivery on one queue, each as the kiosk does it. `reserve` and `challenge` are done before the PIN is asked
 * for; from the accepted PIN to the acknowledgement there is the card's signature, the sealing, and `commit`.
 */
export function actsOn(store: OutboxStore, sealed: string, acts: number) {
  let n = 0;
  const reserved: string[] = [];
  const waiting: RowPlace[] = [];
  giveChallenges(store, acts);
  const reserve = () => {
    const id = v7();
    if (!store.reserve(id, RESERVED_BYTES).ok) throw new Error('no room');
    reserved.push(id);
  };
  const challenge = () => {
    if (store.takeChallenge() === null) throw new Error('no challenge');
  };
  const commit = () => {
    const id = reserved.shift() ?? v7();
    waiting.push(placeOf(n, enqueued(store, { id, kind: 'set-up', receipt: receiptOf(n), sealed })));
    n += 1;
  };
  const mark = (rows: readonly RowPlace[]) => {
    if (store.markSending(rows)?.size !== rows.length) throw new Error('not marked');
  };
  const settle = (rows: readonly RowPlace[]) => {
    const done = store.settle(rows.map(({ id }) => ({ id, state: 'accepted', reference: 'BENCH-1' })));
    if (done?.length !== rows.length) throw new Error('not settled');
  };
  /** The oldest that wait. */
  const next = (count: number) => waiting.splice(0, count);
  return { reserve, challenge, commit, mark, settle, next };
}

/** @param count how often */
export function repeated(count: number, work: () => void): void {
  for (let n = 0; n < count; n++) work();
}
