import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Log } from '../../contract/log-events.ts';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import { AuditEntry, type AuditView } from '../../contract/staff.ts';
import { openDatabase, setAside } from '../outbox/database.ts';
import type { Clock } from '../ports.ts';
import { BEGINNING, type ChainState, followChain, GENESIS, type Link, linkHash, type Unhashed } from './chain.ts';

/** Numbered steps of DATA/staff/audit.db. Never edit an old step. */
const auditMigrations: readonly string[] = [
  `
  CREATE TABLE entry (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    role TEXT NOT NULL,
    key TEXT NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  -- The last link, apart from the entries: shows an end that was cut off.
  CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
  INSERT INTO head (one, seq, hash) VALUES (1, 0, '${GENESIS}');
  -- Nothing of ours ever changes what was written; a slip of the code fails here.
  CREATE TRIGGER entry_kept BEFORE UPDATE ON entry BEGIN SELECT raise(ABORT, 'append only'); END;
  CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT raise(ABORT, 'append only'); END;
  `,
];

const HeadRow = z.object({ seq: z.number().int().min(0), hash: z.string() }).strict();
const PAGE = 50;
/** UTF-8; far below the longest message to a staff page (MAX_STAFF_ANSWER), also when it is written as JSON. */
const PART_BYTES = 500_000;

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
  /** Entries after this number, each one line of JSON, about `PART_BYTES` of them; the head as the last line when they are all told. */
  part(after: number): AuditPart;
  readonly head: { readonly seq: number; readonly hash: string };
  close(): void;
}

interface AuditPart {
  readonly text: string;
  /** Ask for what comes after this one; null: that was all. */
  readonly next: number | null;
}

export interface AuditOptions {
  /** Everything the core writes lies below it. */
  readonly data: string;
  readonly clock: Clock;
  readonly log: Log;
}

export const auditFile = (data: string): string => join(data, 'staff', 'audit.db');

/** Opens the log; a damaged file is set aside and a new one begun, whose first entry says so. */
export function openAudit({ data, clock, log }: AuditOptions): Result<AuditLog, 'storage'> {
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
  const columns = 'seq, at, role, key, action, outcome, hash';
  const insert = db.prepare(`INSERT INTO entry (${columns}) VALUES (@seq, @at, @role, @key, @action, @outcome, @hash)`);
  const readHead = db.prepare('SELECT seq, hash FROM head');
  const moveHead = db.prepare('UPDATE head SET seq = @seq, hash = @hash');
  const after = db.prepare(`SELECT ${columns} FROM entry WHERE seq > ? ORDER BY seq`);
  const below = db.prepare(`SELECT ${columns} FROM entry WHERE seq < ? ORDER BY seq DESC LIMIT ${PAGE}`);
  const count = db.prepare('SELECT count(*) AS count FROM entry');
  const lastSeq = db.prepare('SELECT max(seq) AS seq FROM entry');
  const head = () => {
    const parsed = HeadRow.safeParse(readHead.get());
    // A head that is gone or is none: no chain fits it, and verify says so.
    return parsed.success ? parsed.data : { seq: -1, hash: '' };
  };
  const entries = function* (from: number): Generator<AuditEntry | null> {
    for (const row of after.iterate(from)) {
      const parsed = AuditEntry.safeParse(row);
      yield parsed.success ? parsed.data : null;
    }
  };
  const write = db.transaction((note: AuditNote) => {
    const { seq, hash: before } = head();
    // Written even onto a chain that was broken: what happens now must not be lost for what was done then.
    const found = z.object({ seq: z.number().int().nullable() }).parse(lastSeq.get()).seq ?? 0;
    const entry: Unhashed = { seq: Math.max(seq, found, 0) + 1, at: new Date(clock.now()).toISOString(), ...note };
    const whole = AuditEntry.parse({ ...entry, hash: linkHash(before, entry) });
    insert.run(whole);
    moveHead.run({ seq: whole.seq, hash: whole.hash });
  });
  let held: Link = BEGINNING;
  const verify = (): ChainState => {
    const end = head();
    const found = followChain(entries(held.seq), end, held);
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
    page(before) {
      const rows = below.all(before ?? Number.MAX_SAFE_INTEGER).map((row) => AuditEntry.safeParse(row));
      return {
        // What is no entry any more cannot be shown; the chain's state says that something is wrong, and where.
        entries: rows.flatMap((row) => (row.success ? [row.data] : [])),
        total: z.object({ count: z.number().int() }).parse(count.get()).count,
        chain: verify(),
      };
    },
    verify,
    last(actions) {
      const marks = actions.map(() => '?').join(', ');
      const row = db.prepare(`SELECT ${columns} FROM entry WHERE action IN (${marks}) ORDER BY seq DESC LIMIT 1`).get(...actions);
      const parsed = AuditEntry.safeParse(row);
      return parsed.success ? parsed.data : null;
    },
    part(from) {
      let text = '';
      let bytes = 0;
      let seq = from;
      for (const row of after.iterate(from)) {
        if (bytes >= PART_BYTES) return { text, next: seq };
        const line = `${JSON.stringify(row)}\n`;
        text += line;
        bytes += Buffer.byteLength(line);
        seq = z.looseObject({ seq: z.number() }).parse(row).seq;
      }
      return { text: `${text}${JSON.stringify({ head: head() })}\n`, next: null };
    },
    get head() {
      return head();
    },
    close: () => void db.close(),
  };
}
