import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { runs } from '../../../test/support/runs.ts';
import { type AuditLog, type AuditNote, auditFile, openAudit } from './audit-log.ts';
import { GENESIS, linkHash } from './chain.ts';

const folders: string[] = [];
const clock = createManualClock();
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'mado-audit-'));
  folders.push(folder);
  return folder;
};
const open = (data: string): AuditLog => {
  const opened = openAudit({ data, clock, log: () => {} });
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
};
const note = (n: number): AuditNote => ({
  role: n % 2 === 0 ? 'clerk' : 'engineer',
  key: `window ${n % 3}`,
  action: 'ask.queue',
  outcome: n % 5 === 0 ? 'storage' : 'done',
});
const models = new Map<number, string>();
/** A closed file with so many entries: a copy of one that was written entry by entry. */
const written = (count: number) => {
  const model = models.get(count) ?? writeAnew(count);
  models.set(count, model);
  const data = newFolder();
  mkdirSync(dirname(auditFile(data)), { recursive: true });
  copyFileSync(auditFile(model), auditFile(data));
  return data;
};
const writeAnew = (count: number) => {
  const data = newFolder();
  const audit = open(data);
  for (let n = 0; n < count; n++) {
    clock.advance(1000);
    expect(audit.append(note(n))).toBe(true);
  }
  audit.close();
  return data;
};
/** What somebody does who has the file: plain SQL, the guard of our own statements taken off first. */
const tamper = (data: string, ...sql: string[]) => {
  const db = new Database(auditFile(data));
  db.exec('DROP TRIGGER entry_kept; DROP TRIGGER entry_stays;');
  for (const line of sql) db.exec(line);
  db.close();
};
const verdict = (data: string) => {
  const audit = open(data);
  const found = audit.verify();
  audit.close();
  return found;
};

describe('an untouched log', () => {
  it('is whole when empty, after entries, and after it was opened again', () => {
    expect(verdict(newFolder())).toEqual({ state: 'whole', checked: 0 });
    const data = written(7);
    expect(verdict(data)).toEqual({ state: 'whole', checked: 7 });
    const audit = open(data);
    audit.append(note(1));
    expect(audit.verify()).toEqual({ state: 'whole', checked: 8 });
    audit.close();
  });

  it('gives pages, newest first, and the whole as lines that hold the head', () => {
    const audit = open(written(120));
    const first = audit.page(null);
    expect([first.total, first.entries.length, first.entries[0]?.seq]).toEqual([120, 50, 120]);
    const last = audit.page(audit.page(71).entries.at(-1)?.seq ?? 0);
    expect(last.entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, n) => 20 - n));
    const { text, next } = audit.part(0);
    expect(next).toBeNull();
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(121);
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ head: audit.head });
    audit.close();
  });

  it('gives a record of any length in parts that fit into a message, none left out', () => {
    const data = written(0);
    // As if it had been written for years: one transaction instead of 9,000 fsyncs.
    const db = new Database(auditFile(data));
    const insert = db.prepare(`INSERT INTO entry VALUES (?, '2026-11-23T01:00:00.000Z', 'clerk', ?, 'ask.queue', 'done', ?)`);
    db.transaction(() => {
      for (let seq = 1; seq <= 9000; seq++) insert.run(seq, '窓口窓口窓口'.repeat(6), 'f'.repeat(64));
      db.exec(`UPDATE head SET seq = 9000`);
    })();
    db.close();
    const audit = open(data);
    const parts: string[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const part = audit.part(after);
      expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(1_000_000);
      parts.push(part.text);
      after = part.next;
    }
    expect(parts.length).toBeGreaterThan(2);
    const lines = parts.join('').trimEnd().split('\n');
    expect(lines.slice(0, -1).map((line) => JSON.parse(line).seq)).toEqual(Array.from({ length: 9000 }, (_, n) => n + 1));
    expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ head: audit.head });
    audit.close();
  });

  it('is followed from the last link that held', () => {
    const data = written(0);
    const db = new Database(auditFile(data));
    const insert = db.prepare('INSERT INTO entry VALUES (@seq, @at, @role, @key, @action, @outcome, @hash)');
    db.transaction(() => {
      let before = GENESIS;
      for (let seq = 1; seq <= 20_000; seq++) {
        const entry = {
          seq,
          at: '2026-11-23T01:00:00.000Z',
          role: 'clerk',
          key: 'window 1',
          action: 'ask.queue',
          outcome: 'done',
        } as const;
        before = linkHash(before, entry);
        insert.run({ ...entry, hash: before });
      }
      db.prepare('UPDATE head SET seq = 20000, hash = ?').run(before);
    })();
    db.close();
    const audit = open(data);
    const timed = () => {
      const began = performance.now();
      return { found: audit.verify(), took: performance.now() - began };
    };
    const first = timed();
    expect(first.found).toEqual({ state: 'whole', checked: 20_000 });
    audit.append(note(1));
    const second = timed();
    expect(second.found).toEqual({ state: 'whole', checked: 20_001 });
    expect(second.took).toBeLessThan(first.took / 10);
    const third = timed();
    expect([third.found, third.took < first.took / 10]).toEqual([{ state: 'whole', checked: 20_001 }, true]);
    audit.close();
    // What was changed while nobody ran is found at the next start.
    tamper(data, `UPDATE entry SET outcome = 'x' WHERE seq = 7`);
    expect(verdict(data)).toEqual({ state: 'broken', at: 7 });
  });

  it('cannot be changed by a statement of ours', () => {
    const data = written(3);
    const db = new Database(auditFile(data));
    expect(() => db.exec(`UPDATE entry SET outcome = 'x' WHERE seq = 2`)).toThrow('append only');
    expect(() => db.exec('DELETE FROM entry WHERE seq = 3')).toThrow('append only');
    db.close();
  });
});

describe('a changed log', () => {
  const COLUMNS = ['at', 'role', 'key', 'action', 'outcome', 'hash'] as const;

  it('any byte of any field of any entry', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(...COLUMNS),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (seq, column, where, flip) => {
          const data = written(12);
          const db = new Database(auditFile(data));
          const row = db.prepare(`SELECT ${column} AS text FROM entry WHERE seq = ?`).get(seq) as { text: string };
          db.close();
          const bytes = Buffer.from(row.text, 'utf8');
          const at = where % bytes.length;
          // Stays ASCII without a quote, so that it is still text of the column.
          const other = ((bytes[at] ?? 0) ^ flip) & 0x7f;
          fc.pre(other !== bytes[at] && other >= 32 && other !== 39);
          bytes[at] = other;
          tamper(data, `UPDATE entry SET ${column} = '${bytes.toString('utf8')}' WHERE seq = ${seq}`);
          expect(verdict(data)).toEqual({ state: 'broken', at: seq });
        },
      ),
      { numRuns: runs(150, 40) },
    );
  });

  it('one taken out, with or without closing the gap; two swapped; one put in; the end cut off', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 }), (seq, by) => {
        const out = written(12);
        tamper(out, `DELETE FROM entry WHERE seq = ${seq}`);
        expect(verdict(out)).toEqual({ state: 'broken', at: seq });

        const closed = written(12);
        tamper(
          closed,
          `DELETE FROM entry WHERE seq = ${seq}`,
          `UPDATE entry SET seq = -seq WHERE seq > ${seq}`,
          'UPDATE entry SET seq = -seq - 1 WHERE seq < 0',
          'UPDATE head SET seq = 11',
        );
        expect(verdict(closed)).toEqual({ state: 'broken', at: seq });

        const swapped = written(12);
        const other = seq + by;
        tamper(
          swapped,
          `UPDATE entry SET seq = -1 WHERE seq = ${seq}`,
          `UPDATE entry SET seq = ${seq} WHERE seq = ${other}`,
          `UPDATE entry SET seq = ${other} WHERE seq = -1`,
        );
        expect(verdict(swapped)).toEqual({ state: 'broken', at: seq });

        const put = written(12);
        tamper(
          put,
          `UPDATE entry SET seq = -seq WHERE seq >= ${seq}`,
          'UPDATE entry SET seq = 1 - seq WHERE seq < 0',
          `INSERT INTO entry SELECT ${seq}, at, role, key, action, outcome, hash FROM entry WHERE seq = ${seq + 1}`,
          'UPDATE head SET seq = 13',
        );
        expect(verdict(put).state).toBe('broken');

        const cut = written(12);
        tamper(cut, `DELETE FROM entry WHERE seq > ${seq}`);
        expect(verdict(cut)).toEqual({ state: 'broken', at: seq + 1 });
      }),
      { numRuns: runs(6, 2) },
    );
  });

  it('a head that was moved or taken away', () => {
    const moved = written(4);
    tamper(moved, `UPDATE head SET hash = '${'a'.repeat(64)}'`);
    expect(verdict(moved)).toEqual({ state: 'broken', at: 4 });
    const gone = written(4);
    tamper(gone, 'DELETE FROM head');
    expect(verdict(gone)).toEqual({ state: 'broken', at: 4 });
  });

  it('goes on being written, and stays broken', () => {
    const data = written(5);
    tamper(data, 'DELETE FROM entry WHERE seq > 3');
    const audit = open(data);
    expect(audit.append(note(1))).toBe(true);
    expect(audit.verify()).toEqual({ state: 'broken', at: 4 });
    audit.close();
  });
});

it('a damaged file is set aside, and the new one begins by saying so', () => {
  const data = written(3);
  writeFileSync(auditFile(data), 'not a database, and rather longer than the header of one would be'.repeat(40));
  const audit = open(data);
  expect(audit.page(null).entries).toMatchObject([{ seq: 1, action: 'audit.begun-anew', outcome: 'damaged' }]);
  expect(readdirSync(join(data, 'staff')).some((name) => name.startsWith('audit.db.damaged-'))).toBe(true);
  audit.close();
});

it('nothing that is not an entry is written: a sentence cannot ride along as an outcome', () => {
  const audit = open(newFolder());
  expect(audit.append({ ...note(1), outcome: '山田 花子 1234' })).toBe(false);
  expect(audit.verify()).toEqual({ state: 'whole', checked: 0 });
  audit.close();
});
