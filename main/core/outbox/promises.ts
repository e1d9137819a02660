import type { Settings } from '../../contract/config.ts';
import type { Log } from '../../contract/log-events.ts';
import { err, ok, type Result } from '../../contract/result.ts';
import type { Clock, Outbox, OutboxError } from '../ports.ts';
import { cancelReceipt, enqueueRow } from './commits.ts';
import type { DiskReserve } from './disk-reserve.ts';
import type { Maintenance } from './maintenance.ts';
import type { Register } from './register.ts';
import type { RowOutcome, RowsInHand } from './settling.ts';
import type { Storage } from './storage.ts';

export interface PromisesDeps {
  readonly storage: Storage;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly limits: Pick<Settings['outbox'], 'maxRows'>;
  readonly space: Pick<DiskReserve, 'enough'>;
  readonly register: Pick<Register, 'add' | 'remove' | 'takeBack'>;
  readonly maintenance: Pick<Maintenance, 'noteCommit' | 'endCancelling'>;
  readonly inHand: Pick<RowsInHand, 'settle'>;
}

/** What persons were promised: room for an act, the act itself, and its end. The register of receipts names what is promised and has not ended. */
export class Promises {
  private readonly deps: PromisesDeps;

  constructor(deps: PromisesDeps) {
    this.deps = deps;
  }

  /** Room for one act, before anybody is asked for a PIN. */
  reserve(id: string, bytes: number): Result<null, OutboxError> {
    const { storage, limits, space } = this.deps;
    if (!storage.usable) return err('storage');
    const waiting = storage.read(0, ({ sql }) => {
      const { pending, sending } = sql.change.counts();
      return pending + sending;
    });
    if (waiting >= limits.maxRows || !space.enough()) return err('full');
    // Not with the ballast: that is for rows already promised.
    const done = storage.writeWithin(({ sql, journal }) => {
      journal.reserve(bytes);
      sql.reserve.run(id, bytes);
    });
    return done.ok ? ok(null) : err(done.error === 'full' ? 'full' : 'storage');
  }

  release(id: string): void {
    this.deps.storage.write(({ sql }) => void sql.release.run(id));
  }

  enqueue(row: Parameters<Outbox['enqueue']>[0]): Result<null, OutboxError> {
    const { clock, maintenance, register } = this.deps;
    const done = enqueueRow(this.deps, row);
    maintenance.noteCommit();
    if (done.ok) register.add({ id: row.id, kind: row.kind, receipt: row.receipt, at: clock.now() });
    return done;
  }

  cancel(receipt: string): Result<boolean, 'storage'> {
    const cancelled = cancelReceipt(this.deps, receipt);
    if (cancelled.ok && cancelled.value) {
      this.deps.register.takeBack(receipt);
      this.deps.maintenance.endCancelling();
    }
    return cancelled;
  }

  /** @returns the ids that were still waiting; null when it could not be written */
  settle(rowOutcomes: readonly RowOutcome[]): string[] | null {
    const { inHand, maintenance, register } = this.deps;
    const done = inHand.settle(rowOutcomes);
    if (done === null) return null;
    maintenance.noteCommit();
    // A parked row is still promised.
    const parked = new Set(rowOutcomes.flatMap(({ id, state }) => (state === 'parked' ? [id] : [])));
    register.remove(done.filter((id) => !parked.has(id)));
    return done;
  }
}
