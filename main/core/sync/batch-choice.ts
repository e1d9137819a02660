import type { OutboxStore } from '../outbox/outbox.ts';
import type { WaitingRow } from '../outbox/rows.ts';
import type { Clock } from '../ports.ts';
import type { InFlight } from './in-flight.ts';
import type { SendWindow } from './send-window.ts';
import type { Suspects } from './suspects.ts';

export interface BatchChoiceDeps {
  readonly outbox: Pick<OutboxStore, 'due' | 'row' | 'inOrder'>;
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly inFlight: Pick<InFlight, 'has' | 'isBusyWith' | 'places'>;
  readonly suspects: Pick<Suspects, 'ids' | 'places' | 'blocks' | 'turn' | 'forget'>;
  /** How much one batch may hold now. */
  readonly limits: () => ReturnType<SendWindow['limits']>;
}

/** Which rows go together in the next batch: what is due and free, a group under suspicion, or one row that is tried alone. */
export class BatchChoice {
  private readonly deps: BatchChoiceDeps;

  constructor(deps: BatchChoiceDeps) {
    this.deps = deps;
  }

  /** @returns empty: nothing can go now */
  next(): readonly WaitingRow[] {
    const { outbox, clock, inFlight, suspects, limits } = this.deps;
    const except = new Set([...suspects.places, ...inFlight.places]);
    const found = outbox.due(clock.now(), { ...limits(), except });
    const rest = found.filter((row) => this.isFree(row, found));
    if (rest[0]?.alone === true) return rest.slice(0, 1);
    const turn = suspects.turn(rest.length, clock.monotonic());
    if (turn === null || turn.kind === 'rest') return rest;
    const rows = this.named(turn.kind === 'lone' ? [turn.id] : turn.ids);
    return rows.length > 0 ? rows : rest;
  }

  /** One of these is known to be at fault, or may be. */
  isSuspicious(rows: readonly WaitingRow[]): boolean {
    return rows.some(({ id, alone }) => alone || this.deps.suspects.ids.has(id));
  }

  private isFree(row: WaitingRow, batch: readonly WaitingRow[]): boolean {
    const { inFlight, suspects } = this.deps;
    return !inFlight.has(row.id) && !inFlight.isBusyWith(row.receipt) && !suspects.blocks(row, batch);
  }

  /** The rows that a turn names, as far as they wait and the window holds them. */
  private named(ids: readonly string[]): WaitingRow[] {
    const { outbox, suspects } = this.deps;
    const { items, bytes } = this.deps.limits();
    const rows: WaitingRow[] = [];
    let size = 0;
    for (const id of ids) {
      const row = outbox.row(id);
      if (row === null) {
        suspects.forget([id]);
        continue;
      }
      // What cannot go now takes no room of what can.
      if (!this.isFree(row, [...rows, row])) continue;
      size += row.sealed.length;
      if (rows.length > 0 && (size > bytes || rows.length >= items)) break;
      rows.push(row);
    }
    // A row of the receipt that was put off, or that is tried alone, goes first. Those behind it need no turn until then.
    const sendable = outbox.inOrder(rows);
    if (sendable.length === 0) suspects.forget(rows.map(({ id }) => id));
    return sendable;
  }
}
