import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import type { ParkedStored, RowState, WaitingRow } from './rows.ts';
import type { StaffStatements } from './staff-statements.ts';

/** The outbox as the staff's side sees it (main/core/staff). Nothing in it can open a row: the kiosk cannot read its own queue. */
export interface StaffStore {
  /** Epoch ms at which the oldest row that waits was committed; null: none waits. */
  oldest(): number | null;
  /** Oldest first. */
  parked(most: number): ParkedStored[];
  /** What the platform said of the last rows: `accepted`, refusal codes, reasons of parked rows. @param last rows that are counted */
  answers(last: number): { readonly code: string; readonly count: number }[];
  /** Lets a parked row wait for the platform again, as if it had never been tried. */
  unpark(id: string): Result<null, 'unknown-row' | 'storage'>;
  /** Ends the wait of every postponed row. @returns false when it could not be written */
  makeAllDue(): boolean;
  /** Rows that wait, in the order of the queue, without their payload. @param after a place from the last answer, 0: from the start */
  places(after: number, most: number): { readonly seq: number; readonly id: string }[];
  /** One row that waits, payload and all; null: it waits no more. */
  waitingRow(id: string): WaitingRow | null;
  stateOf(id: string): RowState | null;
  /** SQLite's quick_check now; null: it cannot be asked. `version`: of the file's shape. */
  check(): { readonly whole: boolean; readonly version: number; readonly sqlite: string } | null;
}

/** @param statements of the connection there is now @param write runs a write as the outbox does (disk full, I/O errors) */
export function createStaffStore(
  statements: () => StaffStatements,
  write: (run: () => void) => boolean,
  now: () => number,
): StaffStore {
  return {
    oldest: () => statements().oldest(),
    parked: (most) => statements().parked(most),
    answers: (last) => statements().answers(last),
    unpark(id) {
      let changed = false;
      const written = write(() => {
        changed = statements().unpark.run({ id, now: now() }).changes === 1;
      });
      if (!written) return err('storage');
      return changed ? ok(null) : err('unknown-row');
    },
    makeAllDue: () => write(() => void statements().allDue.run({ now: now() })),
    places: (after, most) => statements().places(after, most),
    waitingRow: (id) => statements().row(id),
    stateOf: (id) => statements().state(id),
    check() {
      try {
        const sql = statements();
        return { whole: sql.check(), version: sql.version(), sqlite: sql.sqlite() };
      } catch {
        return null;
      }
    },
  };
}
