import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import type { StaffRole } from '../../contract/staff.ts';
import type { RandomBytes } from '../ports.ts';
import { KeyName, KeyNews, KeyRow, keyMigrations } from './key-rows.ts';
import type { Lockout } from './lockout.ts';
import type { PasscodeHash } from './passcode.ts';

/** `name`: not a name we take. `taken`: there is a key of that name. `storage`: the file cannot be read or written. */
export type KeyStoreError = 'name' | 'taken' | 'storage';

/** The keys of the staff's devices. Only hashes: a key itself exists on the device that it was made for. */
export interface KeyStore {
  /** @returns the new key, once: it is kept nowhere */
  make(name: string, role: StaffRole, now: number): Result<string, KeyStoreError>;
  remove(name: string): Result<boolean, KeyStoreError>;
  list(): KeyRow[];
  /** @param key as the device sent it */
  find(key: string): KeyRow | null;
  setPasscode(hash: string, passcode: PasscodeHash): void;
  /** Written down before the passcode is looked at, so that a power cut gives no free try. */
  noteTry(hash: string, tries: Lockout): void;
  /** What the command line did since; forgotten once told. */
  takeNews(): KeyNews[];
  close(): void;
}

const keysFile = (data: string): string => join(data, 'staff', 'keys.db');
export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/**
 * Opens DATA/staff/keys.db, which the core and `npm run staff-key` use side by side.
 * @param make false: only when there is one already @throws when the file cannot be used: no staff side then
 */
export function openKeyStore(data: string, random: RandomBytes, make: boolean): KeyStore | null {
  const path = keysFile(data);
  if (!make && !existsSync(path)) return null;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const db = new Database(path);
  try {
    db.pragma('busy_timeout = 5000');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('secure_delete = ON');
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > keyMigrations.length) throw new Error('of a later version');
    keyMigrations.slice(version).forEach((step, index) => {
      db.transaction(() => {
        db.exec(step);
        db.pragma(`user_version = ${version + index + 1}`);
      }).immediate();
    });
    return storeOn(db, random);
  } catch (error) {
    db.close();
    throw error;
  }
}

function storeOn(db: Database.Database, random: RandomBytes): KeyStore {
  const insert = db.prepare('INSERT INTO key (hash, name, role, made_at) VALUES (?, ?, ?, ?)');
  const drop = db.prepare('DELETE FROM key WHERE name = ?');
  const note = db.prepare('INSERT INTO news (action, name) VALUES (?, ?)');
  const all = db.prepare('SELECT * FROM key ORDER BY made_at, name');
  const one = db.prepare('SELECT * FROM key WHERE hash = ?');
  const named = db.prepare('SELECT 1 FROM key WHERE name = ?');
  const passcode = db.prepare('UPDATE key SET passcode = ? WHERE hash = ?');
  const tries = db.prepare(
    `UPDATE key SET wrong = @wrong, locks = @locks, hold_ms = @hold_ms, hold_boot = @hold_boot, hold_at = @hold_at WHERE hash = @hash`,
  );
  const news = db.prepare('SELECT seq, action, name FROM news ORDER BY seq');
  const told = db.prepare('DELETE FROM news WHERE seq <= ?');
  return {
    make(name, role, now) {
      if (!KeyName.safeParse(name).success) return err('name');
      if (named.get(name) !== undefined) return err('taken');
      const key = Buffer.from(random(32)).toString('base64url');
      try {
        db.transaction(() => {
          insert.run(hashOfKey(key), name, role, now);
          note.run('key.made', name);
        })();
        return ok(key);
      } catch {
        return err('storage');
      }
    },
    remove(name) {
      try {
        return ok(
          db.transaction(() => {
            const gone = drop.run(name).changes > 0;
            if (gone) note.run('key.removed', name);
            return gone;
          })(),
        );
      } catch {
        return err('storage');
      }
    },
    list: () => all.all().map((row) => KeyRow.parse(row)),
    find(key) {
      const row = KeyRow.safeParse(one.get(hashOfKey(key)));
      return row.success ? row.data : null;
    },
    setPasscode: (hash, value) => void passcode.run(JSON.stringify(value), hash),
    noteTry: (hash, values) => void tries.run({ hash, ...values }),
    takeNews() {
      const rows = news.all().map((row) => KeyNews.parse(row));
      const last = rows.at(-1);
      if (last !== undefined) told.run(last.seq);
      return rows;
    },
    close: () => void db.close(),
  };
}
