import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Dice } from './dice.ts';
import { type IoPlan, ioError, type Medium, syncFault, writeFault } from './io-plan.ts';
import type { Life } from './life.ts';
import { createVirtualFile, type VirtualFile } from './virtual-file.ts';

/** Paths on the journal's own medium; all others are on the database's. */
export const JOURNAL_MEDIUM = '/journal-medium';
const mediumOf = (path: string): Medium => (path.startsWith(JOURNAL_MEDIUM) ? 'journal' : 'db');

/** A small file system in memory, for what does not go through SQLite. Names become durable with the sync of the file or of its folder. */
export interface VirtualDisk {
  /** The subset of `node:fs` that the journal uses, for one process. */
  functions(life: Life): VirtualFunctions;
  /** The power goes: what was not synced is gone, or was written by chance. */
  cut(dice: Dice): void;
  files(): ReadonlyMap<string, VirtualFile>;
  damage(path: string, change: (bytes: Buffer) => Buffer): void;
  remove(path: string): void;
}

export type VirtualFunctions = ReturnType<typeof functionsOf>;

interface Names {
  /** As programs see them; a folder has no file. */
  now: Map<string, VirtualFile | null>;
  /** As the medium has them. */
  durable: Map<string, VirtualFile | null>;
}

export function createVirtualDisk(plan: () => IoPlan): VirtualDisk {
  const names: Names = { now: new Map(), durable: new Map() };
  return {
    functions: (life) => functionsOf(names, plan, life),
    cut(dice) {
      const keepSome = dice.chance(0.5);
      // Renames and removals that no folder's sync covered may have reached the medium all the same.
      const kept = dice.chance(0.5) ? names.now : names.durable;
      const after = [...kept].map(([path, file]): [string, VirtualFile | null] => [
        path,
        file === null ? null : createVirtualFile(file.afterCut(dice, keepSome)),
      ]);
      names.now = new Map(after);
      names.durable = new Map(after);
    },
    files: () => new Map([...names.now].flatMap(([path, file]) => (file === null ? [] : [[path, file] as const]))),
    damage: (path, change) => names.now.get(path)?.damage(change),
    remove(path) {
      names.now.delete(path);
      names.durable.delete(path);
    },
  };
}

interface Handle {
  readonly path: string;
  readonly file: VirtualFile | null;
  at: number;
  readonly append: boolean;
}

const noStats = (file: VirtualFile | null): Stats =>
  ({
    size: file?.size ?? 0,
    isFile: () => file !== null,
    isDirectory: () => file === null,
    mode: 0o600,
    ino: 1,
  }) as unknown as Stats;

/** What the core is at (work-mark.ts): never forced, and no promise rests on it. A death in its writing would only be one fewer elsewhere. */
const isMark = (path: string): boolean => path.endsWith('/at-work');

function functionsOf(names: Names, plan: () => IoPlan, life: Life) {
  const open = new Map<number, Handle>();
  let lastHandle = 100;
  const handle = (fd: number): Handle => {
    const found = open.get(fd);
    if (found === undefined) throw ioError('EBADF', String(fd));
    return found;
  };
  const entry = (path: string): VirtualFile | null => {
    const found = names.now.get(path);
    if (found === undefined) throw ioError('ENOENT', path);
    return found;
  };
  const fileAt = (path: string): VirtualFile => {
    const found = entry(path);
    if (found === null) throw ioError('EISDIR', path);
    return found;
  };
  const put = ({ file, path }: Handle, bytes: Uint8Array, at: number): number => {
    if (file === null) throw ioError('EISDIR', 'write');
    if (!isMark(path)) life.call('journal.write');
    const fault = writeFault(plan(), mediumOf(path), at + bytes.length > file.size);
    if (fault !== 'ok') throw ioError(fault, 'write');
    file.write(at, bytes);
    return bytes.length;
  };
  const sync = (fd: number): void => {
    const { path, file } = handle(fd);
    life.call('journal.sync');
    if (syncFault(plan(), mediumOf(path)) !== 'ok') {
      file?.syncFailed();
      throw ioError('EIO', 'fsync');
    }
    if (file === null) {
      const inside = (map: Map<string, VirtualFile | null>) => [...map].filter(([name]) => dirname(name) === path);
      for (const [name] of inside(names.durable)) names.durable.delete(name);
      for (const [name, found] of inside(names.now)) names.durable.set(name, found);
    } else {
      file.sync();
      if (names.now.get(path) === file) names.durable.set(path, file);
    }
    life.call('journal.synced');
  };

  const functions = {
    existsSync: (path: string): boolean => names.now.has(path),
    mkdirSync(path: string, _options?: unknown): undefined {
      for (let at = path; at !== dirname(at); at = dirname(at)) {
        if (names.now.get(at) !== undefined && names.now.get(at) !== null) throw ioError('EEXIST', at);
        names.now.set(at, null);
        names.durable.set(at, null);
      }
    },
    readdirSync: (path: string): string[] => {
      entry(path);
      return [...names.now.keys()]
        .filter((name) => dirname(name) === path && name !== path)
        .map((name) => name.slice(path.length + 1))
        .sort();
    },
    openSync(path: string, flags: string | number = 'r', _mode?: number): number {
      if (!isMark(path)) life.call('journal.open');
      const text = String(flags);
      const found = names.now.get(path);
      let file = found ?? null;
      if (found === undefined) {
        if (text.startsWith('r')) throw ioError('ENOENT', path);
        if (plan().full.has(mediumOf(path))) throw ioError('ENOSPC', path);
        file = createVirtualFile();
        names.now.set(path, file);
      } else if (text.includes('x')) throw ioError('EEXIST', path);
      else if (text.startsWith('w')) file?.truncate(0);
      lastHandle += 1;
      open.set(lastHandle, { path, file, at: 0, append: text.startsWith('a') });
      return lastHandle;
    },
    closeSync(fd: number): void {
      handle(fd);
      open.delete(fd);
    },
    writeSync(
      fd: number,
      data: string | Uint8Array,
      offset?: number | null,
      length?: number | null,
      position?: number | null,
    ): number {
      const to = handle(fd);
      const all = typeof data === 'string' ? Buffer.from(data) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      // For a string the third argument is the position.
      const bytes =
        typeof data === 'string' ? all : all.subarray(offset ?? 0, (offset ?? 0) + (length ?? all.length - (offset ?? 0)));
      const wanted = typeof data === 'string' ? offset : position;
      const at = to.append ? (to.file?.size ?? 0) : (wanted ?? to.at);
      const written = put(to, bytes, at);
      if (wanted === undefined || wanted === null) to.at = at + written;
      return written;
    },
    readSync(
      fd: number,
      target: Uint8Array,
      offset = 0,
      length = target.byteLength - offset,
      position: number | null = null,
    ): number {
      const from = handle(fd);
      const at = position ?? from.at;
      const bytes = from.file?.read(at, length) ?? Buffer.alloc(0);
      target.set(bytes, offset);
      if (position === null) from.at = at + bytes.length;
      return bytes.length;
    },
    readFileSync: (path: string, encoding?: BufferEncoding): Buffer | string => {
      if (!isMark(path)) life.call('journal.read');
      const bytes = fileAt(path).bytes();
      return encoding === undefined ? bytes : bytes.toString(encoding);
    },
    fsyncSync: sync,
    fdatasyncSync: sync,
    ftruncateSync(fd: number, size = 0): void {
      life.call('journal.truncate');
      handle(fd).file?.truncate(size);
    },
    fstatSync: (fd: number): Stats => noStats(handle(fd).file),
    statSync: (path: string): Stats => noStats(entry(path)),
    renameSync(from: string, to: string): void {
      life.call('journal.rename');
      const moved = entry(from);
      for (const [path, file] of [...names.now]) {
        if (path !== from && !path.startsWith(`${from}/`)) continue;
        names.now.delete(path);
        names.now.set(join(to, path.slice(from.length)), path === from ? moved : file);
      }
    },
    unlinkSync(path: string): void {
      life.call('journal.unlink');
      entry(path);
      names.now.delete(path);
    },
    rmSync(path: string, _options?: unknown): void {
      life.call('journal.unlink');
      for (const name of [...names.now.keys()]) if (name === path || name.startsWith(`${path}/`)) names.now.delete(name);
    },
    statfsSync: (path: string) => {
      const blocks = plan().full.has(mediumOf(path)) ? 0 : 1e9;
      return { bavail: blocks, bfree: blocks, blocks: 1e9, bsize: 4096, files: 1, ffree: 1, type: 0 };
    },
  };
  return functions;
}
