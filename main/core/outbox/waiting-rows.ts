import type { Clock } from '../ports.ts';
import { type Due, type DueLimits, dueRows, nextDue, type Read, readWaiting } from './due.ts';
import { inOrder } from './heads.ts';
import type { Maintenance } from './maintenance.ts';
import { HashRow, type WaitingRow } from './rows.ts';
import type { Statements } from './statements.ts';
import type { Storage } from './storage.ts';
import type { WorkMark } from './work-mark.ts';

export interface WaitingRowsDeps {
  readonly storage: Storage;
  readonly maintenance: Pick<Maintenance, 'apart' | 'setApart'>;
  readonly work: Pick<WorkMark, 'at' | 'within' | 'clearedRow'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** The rows that wait, as delivery reads them. One that is not as it was written is set apart to be mended, and holds nobody up. */
export class WaitingRows {
  private readonly deps: WaitingRowsDeps;

  constructor(deps: WaitingRowsDeps) {
    this.deps = deps;
  }

  due(now: number, wanted: DueLimits): WaitingRow[] {
    const { storage, maintenance, work } = this.deps;
    const { rows, bad, misled } = storage.read<Due>({ rows: [], bad: [], misled: false }, (copies) =>
      work.within('row', null, () => dueRows(copies, now, wanted, maintenance.apart, this.read)),
    );
    if (misled) storage.distrust('index');
    for (const seq of bad) maintenance.setApart(seq);
    return rows;
  }

  nextDue(): number | null {
    const { storage, clock } = this.deps;
    return storage.read(null, ({ sql }) => nextDue(sql, clock.now()));
  }

  row(id: string): WaitingRow | null {
    const { storage, maintenance, work } = this.deps;
    return storage.read(null, ({ sql }) => {
      const place = sql.find.get(id);
      const seq = place === undefined ? null : HashRow.parse(place).seq;
      if (seq === null || maintenance.apart.has(seq)) return null;
      const read = work.within('row', seq, () => this.read(sql, seq));
      if (read === null || 'row' in read) return read?.row ?? null;
      maintenance.setApart(read.bad);
      return null;
    });
  }

  inOrder(rows: readonly WaitingRow[]): WaitingRow[] {
    return this.deps.storage.read([], ({ sql }) => inOrder(sql, rows));
  }

  /** The work mark says at which row a core stands still. */
  private readonly read = (sql: Statements, seq: number): Read => {
    const { work } = this.deps;
    work.at('row', seq);
    const read = readWaiting(sql, seq);
    work.clearedRow(seq);
    return read;
  };
}
