import type { OutboxStore } from '../../../main/core/outbox/outbox.ts';
import type { WaitingRow } from '../../../main/core/outbox/rows.ts';

/** An act, sealed. */
export const SEALED_BYTES = 2048;
const SEALED = 'x'.repeat(SEALED_BYTES);
const STOCK = 50;
/** Less than half: more are wanted as soon as the kiosk may ask. */
const LEFT = 20;

export interface FleetQueue {
  readonly outbox: OutboxStore;
  readonly challengeStock: number;
  readonly left: number;
}

/** The same for every kiosk: 10,000 times 200 would be most of the time and the memory of a run. */
const made: WaitingRow[] = [];
function row(seq: number): WaitingRow {
  const id = String(seq);
  made[seq] ??= { seq, id, kind: 'set-up', receipt: id, sealed: SEALED, attempts: 0, state: 'pending', alone: false };
  return made[seq];
}

/** Nothing here dies. */
const noMark = {
  left: { frozen: false, stage: null, seq: null, inHand: [] },
  inHand: () => {},
  answered: () => {},
  cleared: () => {},
};

/** A queue of equal rows, each of a receipt of its own, and a stock of challenges of which more than half is spent. */
export function fleetQueue(count: number, onDone: () => void): FleetQueue {
  const settled = new Set<string>();
  /** Every row before it is settled. */
  let first = 0;
  let challenges = LEFT;
  const outbox = {
    usable: true,
    onUsable: () => () => {},
    due(_now: number, { items, bytes, except }: { items: number; bytes: number; except?: ReadonlySet<number> }) {
      const rows: WaitingRow[] = [];
      for (let seq = first; seq < count && rows.length < items; seq++) {
        const one = row(seq);
        if (settled.has(one.id) || except?.has(one.seq)) continue;
        if (rows.length > 0 && (rows.length + 1) * SEALED_BYTES > bytes) break;
        rows.push(one);
      }
      return rows;
    },
    nextDue: () => (settled.size < count ? 0 : null),
    row: (id: string) => (settled.has(id) ? null : row(Number(id))),
    inOrder: (rows: readonly WaitingRow[]) => [...rows],
    markSending: (rows: readonly { id: string }[]) => new Set(rows.map(({ id }) => id)),
    unmark: () => {},
    settle(settlements: readonly { id: string }[]) {
      const ids = settlements.map(({ id }) => id).filter((id) => !settled.has(id));
      for (const id of ids) settled.add(id);
      while (settled.has(String(first))) first += 1;
      if (settled.size === count && ids.length > 0) onDone();
      return ids;
    },
    postpone: () => true,
    setAlone: () => true,
    setApart: () => {},
    addChallenges: (drawn: readonly unknown[]) => {
      challenges += drawn.length;
    },
    counts: () => ({ pending: count - settled.size, sending: 0 }),
    challengeCount: () => challenges,
    work: noMark,
    noteTime: () => true,
    notedTime: () => null,
    tidy: () => {},
    staff: { makeAllDue: () => true },
  } as unknown as OutboxStore;
  return {
    outbox,
    challengeStock: STOCK,
    get left() {
      return count - settled.size;
    },
  };
}
