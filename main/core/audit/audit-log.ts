import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { Log } from '../../contract/log-events.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import { AuditEntry, type AuditView } from '../../contract/staff.ts';
import { openDatabase, setAside } from '../outbox/database.ts';
import type { Clock } from '../ports.ts';
import { type AuditPart, auditMigrations, auditTable, type Head } from './audit-table.ts';
import { BEGINNING, type ChainState, followChain, type Link, linkHash, type Unhashed } from './chain.ts';

type AuditRole = AuditEntry['role'];
export interface AuditNote {
  readonly role: AuditRole;
  /** The key's name; empty: none. */
  readonly key: string;
  readonly action: string;
  readonly outcome: string;
}

/** The event log of the staff's side: append only, each entry bound to the one before it. */
export interface AuditLog {
  /** @returns false when it could not be written; the log has said so. The counter goes on: a full disk is what staff come to see to. */
  append(note: AuditNote): boolean;
  /** Newest first. @param before entries below this number; null: from the newest */
  page(before: number | null): AuditView;
  /** The first time from the beginning, then from the last link that held: the file is locked, and no other connection writes to it. */
  verify(): ChainState;
  /** The last entry whose action is one of these. */
  last(actions: readonly string[]): AuditEntry | null;
  /** Entries after this number, each one line of JSON; the head as the last line when they are all told. */
  part(after: number): AuditPart;
  readonly head: Head;
  close(): void;
}

export interface AuditDeps {
  /** Everything the core writes lies below it. */
  readonly data: string;
  readonly clock: Clock;
  readonly log: Log;
}

export const auditFile = (data: string): string => join(data, 'staff', 'audit.db');

/** Opens the log; a damaged file is set aside and a new one begun, whose first entry says so. */
export function openAudit({ data, clock, log }: AuditDeps): Result<AuditLog, 'storage'> {
  const path = auditFile(data);
  const first = openDatabase(path, auditMigrations);
  if (first.ok) return ok(auditOn(first.value, clock, log));
  if (first.error !== 'damaged') return err('storage');
  try {
    setAside(path, 'damaged', String(clock.now()));
  } catch {
    return err('storage');
  }
  log('core.fault', { where: 'audit.damaged' });
  const anew = openDatabase(path, auditMigrations);
  if (!anew.ok) return err('storage');
  const audit = auditOn(anew.value, clock, log);
  audit.append({ role: 'kiosk', key: '', action: 'audit.begun-anew', outcome: 'damaged' });
  return ok(audit);
}

function auditOn(db: Database.Database, clock: Clock, log: Log): AuditLog {
  const table = auditTable(db);
  const write = db.transaction((note: AuditNote) => {
    const { seq, hash: before } = table.head();
    // Written even onto a chain that was broken: what happens now must not be lost for what was done then.
    const entry: Unhashed = {
      seq: Math.max(seq, table.newest(), 0) + 1,
      at: new Date(clock.now()).toISOString(),
      ...note,
    };
    table.add(AuditEntry.parse({ ...entry, hash: linkHash(before, entry) }));
  });
  let held: Link = BEGINNING;
  const verify = (): ChainState => {
    const end = table.head();
    const found = followChain(table.entries(held.seq), end, held);
    if (found.state === 'whole') held = end;
    return found;
  };
  return {
    append(note) {
      try {
        write.immediate(note);
        return true;
      } catch {
        log('core.fault', { where: 'audit.write' });
        return false;
      }
    },
    page: (before) => ({
      // What is no entry any more cannot be shown; the chain's state says that something is wrong, and where.
      entries: table.page(before ?? Number.MAX_SAFE_INTEGER).filter((entry) => entry !== null),
      total: table.count(),
      chain: verify(),
    }),
    verify,
    last: (actions) => table.last(actions),
    part: (from) => table.part(from),
    get head() {
      return table.head();
    },
    close: () => void db.close(),
  };
}
