import type Database from 'better-sqlite3';
import { z } from 'zod';
import { AuditEntry } from '../../contract/staff.ts';
import { GENESIS } from './chain.ts';

/** Numbered steps of DATA/staff/audit.db. Never edit an old step. */
export const auditMigrations: readonly string[] = [
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

/** Some of the entries as text: one line of JSON each. */
export interface AuditPart {
  readonly text: string;
  /** Ask for what comes after this one; null: that was all. */
  readonly next: number | null;
}

/** The chain's end as it was written; one that is gone or is none has the number -1: no chain fits it. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

const columns = 'seq, at, role, key, action, outcome, hash';
const entryOf = (row: unknown): AuditEntry | null => AuditEntry.safeParse(row).data ?? null;

/** The file's statements. What comes back passes zod; null is a row that is no entry any more. */
export function auditTable(db: Database.Database) {
  const insert = db.prepare(`INSERT INTO entry (${columns}) VALUES (@seq, @at, @role, @key, @action, @outcome, @hash)`);
  const readHead = db.prepare('SELECT seq, hash FROM head');
  const moveHead = db.prepare('UPDATE head SET seq = @seq, hash = @hash');
  const after = db.prepare(`SELECT ${columns} FROM entry WHERE seq > ? ORDER BY seq`);
  const below = db.prepare(`SELECT ${columns} FROM entry WHERE seq < ? ORDER BY seq DESC LIMIT ${PAGE}`);
  const count = db.prepare('SELECT count(*) AS count FROM entry');
  const lastSeq = db.prepare('SELECT max(seq) AS seq FROM entry');
  const head = (): Head => HeadRow.safeParse(readHead.get()).data ?? { seq: -1, hash: '' };
  return {
    head,
    /** Within a transaction. */
    add({ seq, hash, ...entry }: AuditEntry): void {
      insert.run({ seq, hash, ...entry });
      moveHead.run({ seq, hash });
    },
    newest: (): number => z.object({ seq: z.number().int().nullable() }).parse(lastSeq.get()).seq ?? 0,
    count: (): number => z.object({ count: z.number().int() }).parse(count.get()).count,
    *entries(from: number): Generator<AuditEntry | null> {
      for (const row of after.iterate(from)) yield entryOf(row);
    },
    /** Newest first. */
    page: (before: number): (AuditEntry | null)[] => below.all(before).map(entryOf),
    last(actions: readonly string[]): AuditEntry | null {
      const marks = actions.map(() => '?').join(', ');
      const one = db.prepare(`SELECT ${columns} FROM entry WHERE action IN (${marks}) ORDER BY seq DESC LIMIT 1`);
      return entryOf(one.get(...actions));
    },
    /** Entries after this number, about `PART_BYTES` of them. */
    part(from: number): AuditPart {
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
  };
}
