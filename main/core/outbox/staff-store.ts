import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import type { SubmissionKind } from '../../contract/submission.ts';
import type { Verdict } from './check.ts';
import { readWaiting } from './due.ts';
import type { UnsentRow } from './file-row.ts';
import { promote } from './heads.ts';
import type { Maintenance } from './maintenance.ts';
import { type PutBack, putBack } from './put-back.ts';
import { type AloneStored, type Finding, holdsPayload, type ParkedStored, type RowState, readHeader } from './rows.ts';
import type { Storage } from './storage.ts';
import type { ParkedFilter } from './upkeep.ts';

/** A row as an export carries it. */
interface ExportRow {
  readonly id: string;
  readonly kind: SubmissionKind;
  readonly receipt: string;
  readonly sealed: string;
}

/** The outbox as the staff's side sees it (main/core/staff). Nothing in it can open a row: the kiosk cannot read its own queue. */
export interface StaffStore {
  /** Epoch ms at which the oldest row that waits was committed; null: none waits. */
  oldest(): number | null;
  /** Oldest first. @param filter only those parked for this reason, or of this kind (looked for among the oldest 5000) */
  parked(most: number, filter?: ParkedFilter): ParkedStored[];
  parkedReasons(): { readonly code: string; readonly count: number }[];
  /** Rows at which the platform fails: they wait, and are tried by themselves. */
  alone(most: number): AloneStored[];
  /** What the platform said of the last rows: `accepted`, refusal codes, reasons of parked rows. @param last rows that are counted */
  answers(last: number): { readonly code: string; readonly count: number }[];
  /** Lets a parked row wait for the platform again, as if it had never been tried. */
  unpark(id: string): Result<null, 'unknown-row' | 'storage'>;
  /** The same for all of them, or all of a reason or kind; what is more than one call may touch follows by itself. @returns how many there are of the reason, whatever their kind, which nobody counts; null: not written */
  releaseAll(filter: ParkedFilter): number | null;
  /** Ends the wait of every postponed row, the first at once, the rest by itself. @returns false when it could not be written */
  makeAllDue(): boolean;
  /** Rows that wait, in the order of the queue, without their payload. @param after a place from the last answer, 0: from the start @param options `parked`: these as well */
  places(after: number, most: number, options?: { readonly parked: boolean }): { readonly seq: number; readonly id: string }[];
  /** One row that waits or is parked, payload and all; null: neither, or not whole. */
  exportRow(id: string): ExportRow | null;
  stateOf(id: string): RowState | null;
  /** What was noticed about the two copies and has not been acknowledged, newest first. */
  findings(): Finding[];
  acknowledgeFindings(): void;
  /** How the long check beside the service stands. */
  verdict(): Verdict;
  /** Begins the long check, unless it runs. */
  startCheck(): void;
  /** Of the file's shape; null: it cannot be asked. */
  versions(): { readonly version: number; readonly sqlite: string } | null;
  /** Names of the files beside the queue that were set aside. */
  setAsideFiles(): string[];
  /** Puts unsent rows of another file back (put-back.ts). */
  putBack(rows: readonly UnsentRow[]): Result<PutBack, 'storage'>;
}

const MOST_FINDINGS = 100;
const MOST_COUNTED = 1_000_000;

export function createStaffStore(storage: Storage, maintenance: Maintenance): StaffStore {
  const parkedReasons = () => storage.read([], ({ staffSql }) => staffSql.parkedReasons(MOST_COUNTED));
  return {
    oldest: () => storage.read(null, ({ staffSql }) => staffSql.oldest()),
    parked: (most, { code, kind } = {}) => storage.read<ParkedStored[]>([], ({ staffSql }) => staffSql.parked(most, code, kind)),
    parkedReasons,
    alone: (most) => storage.read([], ({ staffSql }) => staffSql.alone(most)),
    answers: (last) => storage.read([], ({ staffSql }) => staffSql.answers(last)),
    unpark: (id) => unpark(storage, id),
    releaseAll(filter) {
      if (!storage.usable) return null;
      const { code } = filter;
      const reasons = parkedReasons().filter((reason) => code === undefined || reason.code === code);
      const many = reasons.reduce((sum, { count }) => sum + count, 0);
      maintenance.release(filter);
      return many;
    },
    makeAllDue() {
      if (!storage.usable) return false;
      maintenance.makeAllDue();
      return storage.usable;
    },
    places: (after, most, { parked } = { parked: false }) =>
      storage.read([], ({ staffSql }) =>
        staffSql.places(after, most, parked ? ['pending', 'sending', 'parked'] : ['pending', 'sending']),
      ),
    exportRow: (id) => exportRow(storage, id),
    stateOf: (id) => storage.read(null, ({ staffSql }) => staffSql.state(id)),
    findings: () => storage.read([], ({ staffSql }) => staffSql.findings(MOST_FINDINGS)),
    acknowledgeFindings: () => void storage.write(({ staffSql }) => void staffSql.statements.acknowledge.run()),
    verdict: () => maintenance.verdict,
    startCheck: () => maintenance.startCheck('asked'),
    versions: () => storage.read(null, ({ staffSql }) => ({ version: staffSql.version(), sqlite: staffSql.sqlite() })),
    setAsideFiles: () => setAsideFiles(maintenance.path),
    putBack(rows) {
      const done = putBack(storage, rows);
      if (done.ok && done.value.restored.length > 0) maintenance.found('salvaged', done.value.restored);
      return done;
    },
  };
}

function unpark(storage: Storage, id: string): ReturnType<StaffStore['unpark']> {
  let changed = false;
  const written = storage.write(({ db, sql, staffSql }) => {
    db.transaction(() => {
      const seq = staffSql.place(id);
      changed = seq !== null && sql.change.unpark(seq);
      const header = seq === null ? null : readHeader(sql.header.get(seq));
      if (changed && header !== null) promote(sql, header.receipt);
    })();
  });
  if (!written) return err('storage');
  return changed ? ok(null) : err('unknown-row');
}

function exportRow(storage: Storage, id: string): ExportRow | null {
  return storage.read(null, ({ sql, staffSql }) => {
    const seq = staffSql.place(id);
    const header = seq === null ? null : readHeader(sql.header.get(seq));
    if (seq === null || header === null) return null;
    const { kind, receipt, state } = header;
    if (state !== 'parked') {
      const read = readWaiting(sql, seq);
      return read !== null && 'row' in read ? { id, kind, receipt, sealed: read.row.sealed } : null;
    }
    const sealed: unknown = sql.sealed.get(seq);
    return typeof sealed === 'string' && holdsPayload(header, sealed) ? { id, kind, receipt, sealed } : null;
  });
}

/** @param path of the database's file: what was set aside stands beside it, under its name and more */
function setAsideFiles(path: string): string[] {
  try {
    const base = `${basename(path)}.`;
    return readdirSync(dirname(path))
      .filter((name) => name.startsWith(base) && !/-(wal|shm)$/.test(name))
      .sort();
  } catch {
    return [];
  }
}
