import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type IoPlan, syncFault, writeFault } from './io-plan.ts';
import type { Life } from './life.ts';

type Image = Map<string, Buffer>;

/**
 * The queue's medium. SQLite itself runs, on real files in memory; what a power cut would leave is kept beside them: with
 * `synchronous=FULL` all that was committed, with less what the last checkpoint forced out, and after a sync that failed
 * nothing newer of that file, ever.
 */
export interface SqliteDisk {
  readonly folder: string;
  connect(path: string, life: Life): Database.Database;
  /** The process is gone: nothing closes the file, the cache stays. */
  kill(): void;
  /** The power is gone. */
  cut(): void;
  /** Names below the folder. */
  names(): string[];
  damage(name: string, change: (bytes: Buffer) => Buffer): void;
  remove(name: string): void;
  read(name: string): Buffer;
  copyAside(): void;
  /** A backup that was made by `copyAside` is put back. @returns false when there is none */
  restoreBackup(): boolean;
  destroy(): void;
}

export function createSqliteDisk(folder: string, plan: () => IoPlan): SqliteDisk {
  mkdirSync(folder, { recursive: true });
  const open = new Set<Database.Database>();
  /** What a power cut leaves when that is not simply what was written. */
  let durable: Image | null = null;
  /** A file whose sync failed keeps these bytes on the medium. By inode, because a file may be renamed. */
  const frozen = new Map<number, { readonly bytes: Buffer; readonly wal: Buffer | null }>();
  let backup: Image | null = null;

  const names = () =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort();
  const image = (): Image => new Map(names().map((name) => [name, readFileSync(join(folder, name))]));
  const restore = (bytes: Image) => {
    for (const db of open) {
      try {
        close(db);
      } catch {}
    }
    open.clear();
    for (const name of names()) if (!bytes.has(name)) rmSync(join(folder, name));
    for (const [name, content] of bytes) writeFileSync(join(folder, name), content);
    durable = null;
  };
  const close = (db: Database.Database) => Database.prototype.close.call(db);

  const freeze = (path: string) => {
    const { ino } = statSync(path);
    if (frozen.has(ino)) return;
    const now = durable ?? image();
    const name = path.slice(folder.length + 1);
    frozen.set(ino, { bytes: now.get(name) ?? Buffer.alloc(0), wal: now.get(`${name}-wal`) ?? null });
  };

  return {
    folder,
    connect(path, life) {
      const db = guard(new Database(path), {
        life,
        plan,
        freeze: () => freeze(path),
        unsynced: () => {
          durable ??= image();
        },
        synced: () => {
          durable = null;
        },
        closed: (closed) => open.delete(closed),
      });
      open.add(db);
      return db;
    },
    kill: () => restore(image()),
    cut() {
      const after = new Map(durable ?? image());
      for (const name of names()) {
        const kept = frozen.get(statSync(join(folder, name)).ino);
        if (kept === undefined) continue;
        after.set(name, kept.bytes);
        if (kept.wal === null) after.delete(`${name}-wal`);
        else after.set(`${name}-wal`, kept.wal);
      }
      restore(after);
      frozen.clear();
    },
    names,
    damage(name, change) {
      const path = join(folder, name);
      writeFileSync(path, change(readFileSync(path)));
    },
    remove: (name) => rmSync(join(folder, name), { force: true }),
    read: (name) => readFileSync(join(folder, name)),
    copyAside() {
      backup = image();
    },
    restoreBackup() {
      if (backup === null) return false;
      restore(backup);
      return true;
    },
    destroy() {
      restore(new Map());
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Guard {
  readonly life: Life;
  readonly plan: () => IoPlan;
  /** A sync failed. */
  readonly freeze: () => void;
  /** A commit follows that is not forced out. */
  readonly unsynced: () => void;
  /** Everything written is on the medium. */
  readonly synced: () => void;
  readonly closed: (db: Database.Database) => void;
}

const sqliteError = (code: string) => new Database.SqliteError(`simulated ${code}`, code);

/** Puts the fault plan between the core and its connection. What is not said here goes to SQLite as it is. */
function guard(db: Database.Database, { life, plan, freeze, unsynced, synced, closed }: Guard): Database.Database {
  const own = {
    prepare: db.prepare.bind(db),
    exec: db.exec.bind(db),
    pragma: db.pragma.bind(db),
    close: db.close.bind(db),
  };
  const level = () => Number(own.pragma('synchronous', { simple: true }));
  const walSize = () => Number(statSync(`${db.name}-wal`, { throwIfNoEntry: false })?.size ?? 0);

  /** Runs what ends in a commit. */
  const commit = <T>(run: () => T): T => {
    life.call('db.commit');
    const written = writeFault(plan(), 'db', true);
    if (written !== 'ok') throw sqliteError(written === 'EIO' ? 'SQLITE_IOERR_WRITE' : 'SQLITE_FULL');
    const full = level() >= 2;
    const fault = full ? syncFault(plan(), 'db') : 'ok';
    if (fault !== 'ok') freeze();
    else if (!full) unsynced();
    const result = run();
    // The frames are in the file, and SQLite says that they are not.
    if (fault !== 'ok') throw sqliteError('SQLITE_IOERR_FSYNC');
    life.call('db.committed');
    return result;
  };

  /** `BEGIN`, the work, `COMMIT`: as the library does it, with the plan before the last. */
  const transaction = (run: (...args: unknown[]) => unknown) => {
    const begin = (how: string) =>
      function inTransaction(this: unknown, ...args: unknown[]): unknown {
        if (db.inTransaction) return run.apply(this, args);
        life.call('db.begin');
        own.exec(how);
        try {
          const result = run.apply(this, args);
          commit(() => own.exec('COMMIT'));
          return result;
        } catch (error) {
          if (life.alive && db.inTransaction) own.exec('ROLLBACK');
          throw error;
        }
      };
    const wrapped = begin('BEGIN');
    return Object.assign(wrapped, {
      default: wrapped,
      deferred: begin('BEGIN DEFERRED'),
      immediate: begin('BEGIN IMMEDIATE'),
      exclusive: begin('BEGIN EXCLUSIVE'),
      database: db,
    });
  };

  const prepare = (source: string) => {
    const statement = own.prepare(source);
    const ends = /^\s*(?:COMMIT|END)\b/i.test(source);
    const plain = {
      run: statement.run.bind(statement),
      get: statement.get.bind(statement),
      all: statement.all.bind(statement),
      iterate: statement.iterate.bind(statement),
    };
    const passing = <A extends unknown[], T>(run: (...args: A) => T) =>
      function through(...args: A): T {
        life.call('db.statement');
        const commits = ends || (!statement.readonly && !db.inTransaction);
        return commits ? commit(() => run(...args)) : run(...args);
      };
    return Object.assign(statement, {
      run: passing(plain.run),
      get: passing(plain.get),
      all: passing(plain.all),
      iterate: passing(plain.iterate),
    });
  };

  const checkpoint = <T>(run: () => T): T => {
    if (syncFault(plan(), 'db') !== 'ok') {
      freeze();
      throw sqliteError('SQLITE_IOERR_FSYNC');
    }
    const before = walSize();
    const result = run();
    if (before > 0 && level() >= 1) synced();
    return result;
  };

  return Object.assign(db, {
    prepare,
    transaction,
    exec(source: string) {
      life.call('db.exec');
      if (/^\s*(?:COMMIT|END)\b/i.test(source)) commit(() => own.exec(source));
      else own.exec(source);
      return db;
    },
    pragma(source: string, options?: Database.PragmaOptions) {
      life.call('db.pragma');
      // A wait for somebody else's lock would be a wait of this computer's clock.
      if (/^\s*busy_timeout/i.test(source)) return own.pragma('busy_timeout = 0');
      if (/wal_checkpoint/i.test(source)) return checkpoint(() => own.pragma(source, options));
      if (/^\s*(?:journal_mode|user_version)\s*=/i.test(source)) {
        const fault = writeFault(plan(), 'db', true);
        if (fault !== 'ok') throw sqliteError(fault === 'EIO' ? 'SQLITE_IOERR_WRITE' : 'SQLITE_FULL');
      }
      return own.pragma(source, options);
    },
    close() {
      // A dead process closes nothing: its connection goes when the machine starts the next one.
      if (!life.alive) return db;
      closed(db);
      own.close();
      return db;
    },
  }) as unknown as Database.Database;
}
