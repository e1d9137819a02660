import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Result } from '../../contract/result.ts';
import { err, ok } from '../../contract/result.ts';
import { migrations } from './migrations.ts';
import { addHashFunctions } from './row-hash.ts';

/** How a database file is opened: in a simulation, by something that knows what a power cut would leave of it. */
export type Connect = (path: string) => Database.Database;

/**
 * `damaged`: not a database, or a page of it cannot be read. `too-new`: written by a later version. `suspect`: a write or
 * fsync failed on the way, so that nobody knows what of it is on the disk. `storage`: cannot be opened or written.
 */
export type OpenFailure = 'damaged' | 'too-new' | 'suspect' | 'storage';

export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';

/** Our own statements keep every rule of the schema: where one is broken, an index holds what its table does not show. */
const SAYS_DAMAGED = /^SQLITE_(NOTADB|CORRUPT|CONSTRAINT)/;

/** What SQLite says of a file that cannot be believed. */
export const saysDamaged = (error: unknown): boolean => SAYS_DAMAGED.test(codeOf(error));

export interface OpenOptions {
  readonly connect?: Connect | undefined;
  /** Reads every page first; a long queue does not, because it checks its rows one by one, when they are used and beside the service. */
  readonly check?: boolean;
  /** Pages of WAL after which a commit pays for a checkpoint; SQLite's own number when not said. */
  readonly checkpointPages?: number;
  /** The schema must be the one that the steps lay, and a header that no version writes is damage: for a file that can be made anew. */
  readonly exact?: boolean;
}

/** How long a second core waits for the first to let go of the file, ms. */
const BUSY_MS = 2000;

/**
 * Opens the file, proves that commits are durable, and migrates.
 * WAL and synchronous=FULL are set on every open and read back: the library's build sets NORMAL anew for each WAL file,
 * and NORMAL loses acknowledged rows in a power cut (SOURCES.md, Queue: durability of SQLite).
 * @param steps numbered migrations; the outbox's own when not said
 */
export function openDatabase(
  path: string,
  steps: readonly string[] = migrations,
  {
    connect = (file) => new Database(file, { timeout: BUSY_MS }),
    check = true,
    checkpointPages,
    exact = false,
  }: OpenOptions = {},
): Result<Database.Database, OpenFailure> {
  let db: Database.Database | null = null;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // A folder in the place of a file is damage like any other; SQLite would only say that it cannot open it.
    if (['', '-wal', '-shm'].some((end) => existsSync(path + end) && !statSync(path + end).isFile())) return err('damaged');
    if (exact && !isWritable(path)) return err('damaged');
    db = connect(path);
    // One core per queue: a second one is refused here instead of sending every row twice.
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('auto_vacuum = INCREMENTAL');
    const journal = db.pragma('journal_mode = WAL', { simple: true });
    db.pragma('synchronous = FULL');
    db.pragma('secure_delete = ON');
    if (checkpointPages !== undefined) db.pragma(`wal_autocheckpoint = ${checkpointPages}`);
    const durable = journal === 'wal' && db.pragma('synchronous', { simple: true }) === 2;
    if (!durable) throw new Error('the file system cannot hold a durable queue');
    if (check && db.pragma('quick_check', { simple: true }) !== 'ok') {
      db.close();
      return err('damaged');
    }
    const version = Number(db.pragma('user_version', { simple: true }));
    const wanted = exact ? schemaOf(steps) : null;
    if (version > steps.length) {
      // One bit away from this version, and with its very schema: only its number is wrong.
      const damaged = isOneBit(version ^ steps.length) && wanted !== null && readSchema(db) === wanted;
      db.close();
      return err(damaged ? 'damaged' : 'too-new');
    }
    addHashFunctions(db);
    migrate(db, steps, version);
    if (wanted !== null && readSchema(db) !== wanted) {
      db.close();
      return err('damaged');
    }
    return ok(db);
  } catch (error) {
    try {
      db?.close();
    } catch {}
    // Our own statements make no errors: the tables are not the ones that they were written for.
    const damaged = saysDamaged(error) || (exact && codeOf(error) === 'SQLITE_ERROR');
    return err(damaged ? 'damaged' : codeOf(error).startsWith('SQLITE_IOERR') ? 'suspect' : 'storage');
  }
}

const isOneBit = (bits: number): boolean => (bits & (bits - 1)) === 0;

/** Bytes 18 and 19 of a file say which versions may write and read it: 1 or 2. SQLite opens any other for reading only, and says nothing. */
function isWritable(path: string): boolean {
  if (!existsSync(path)) return true;
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(20);
    return readSync(file, header, 0, 20, 0) < 20 || [header[18], header[19]].every((byte) => byte === 1 || byte === 2);
  } finally {
    closeSync(file);
  }
}

const SCHEMA = `SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql NOT NULL AND name <> 'sqlite_sequence' ORDER BY name`;

/** Without what SQLite keeps for itself (VACUUM takes a `sqlite_sequence` away that nothing uses), and without quotes, which its versions set differently. */
const readSchema = (db: Database.Database): string => JSON.stringify(db.prepare(SCHEMA).raw().all()).replaceAll('\\"', '');

const schemas = new WeakMap<readonly string[], string>();

/**
 * The schema as these steps lay it. A bit in a file's own can rename a column or change which rows an index holds: SQLite takes that for what was
 * meant, statements fail or find nothing, and no row is at fault.
 */
function schemaOf(steps: readonly string[]): string {
  const known = schemas.get(steps);
  if (known !== undefined) return known;
  const db = new Database(':memory:');
  try {
    addHashFunctions(db);
    for (const step of steps) db.exec(step);
    const schema = readSchema(db);
    schemas.set(steps, schema);
    return schema;
  } finally {
    db.close();
  }
}

/** Bytes of the file, its free pages included, without what stands in the WAL only. */
export const fileBytes = (db: Database.Database): number =>
  Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));

function migrate(db: Database.Database, steps: readonly string[], from: number): void {
  steps.slice(from).forEach((step, index) => {
    db.transaction(() => {
      db.exec(step);
      db.pragma(`user_version = ${from + index + 1}`);
    })();
  });
}

/** @param stamp goes into the new name @returns a path beside the file that nothing has yet, nor its WAL */
export function asideName(path: string, why: 'damaged' | 'suspect', stamp: string): string {
  const base = `${path}.${why}-${stamp}`;
  const taken = (name: string) => ['', '-wal', '-shm'].some((end) => existsSync(name + end));
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}-${n}`;
    if (!taken(name)) return name;
  }
}

/** The file itself last: one that is made in its place must never find an older WAL. What was moved already stays where it is. */
export function moveAside(path: string, aside: string): void {
  for (const end of ['-wal', '-shm', '']) {
    if (existsSync(path + end)) renameSync(path + end, aside + end);
  }
}

/**
 * Moves a file out of the way, with its WAL. More may be saved from a `damaged` one: how long it is kept is said in aside-keeper.ts. Of a
 * `suspect` one (a write or fsync failed) everything was taken over, and it is wiped when the queue is empty.
 * @param stamp goes into the new name @returns the new path
 */
export function setAside(path: string, why: 'damaged' | 'suspect', stamp: string): string {
  const aside = asideName(path, why, stamp);
  moveAside(path, aside);
  return aside;
}
