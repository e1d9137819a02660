import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Random } from './random.ts';

/**
 * What a disk holds after a power cut, from the log of fail-io.c. The page cache lies as Linux's does: after a failed fsync the pages that it
 * was about are clean, though they are not on the disk; no later fsync writes them, only writing them again makes them due.
 */
const PAGE = 4096;

interface File {
  cache: Buffer;
  size: number;
  disk: Buffer;
  diskSize: number;
  readonly dirty: Set<number>;
  /** Pages that a failed fsync forgot and nobody has written since. By open file that heard of the failure. */
  readonly forgotten: Map<number, Set<number>>;
}

type NameOp =
  | { readonly type: 'link'; readonly path: string; readonly inode: bigint }
  | { readonly type: 'rename'; readonly path: string; readonly to: string }
  | { readonly type: 'unlink'; readonly path: string };

export interface DiskModel {
  /**
   * Open files that went on in use after an fsync on them had failed and a later one had said that it worked, though the pages in between were
   * never written again. (SQLite forces a file once more when it closes one that was given up: nothing rests on that.)
   */
  readonly retried: ReadonlySet<string>;
  /** Files as the running process sees them. */
  seen(): Map<string, Buffer>;
  /** Writes into folders below `to` what is on the disk after the cut, instead of below `from`. */
  cut(from: string, to: string, random: Random): void;
}

/** How the unsynced rest fares. `none` of it, `all` of it, or `some` of its pages and the first of its names. */
type Luck = 'none' | 'some' | 'all';

interface Disk {
  readonly files: Map<bigint, File>;
  readonly names: Map<string, bigint>;
  readonly diskNames: Map<string, bigint>;
  readonly pending: NameOp[];
  /** Open files whose failed fsync was tried again. */
  readonly again: Set<number>;
  readonly retried: Set<string>;
  /** Whether a new name is only there after an fsync of its folder (POSIX), or also after one of any file (ext4, xfs). */
  readonly strict: boolean;
}

export function replay(log: Buffer, strict: boolean): DiskModel {
  const disk: Disk = {
    files: new Map(),
    names: new Map(),
    diskNames: new Map(),
    pending: [],
    again: new Set(),
    retried: new Set(),
    strict,
  };
  for (let at = 0; at < log.length; ) {
    const op = String.fromCharCode(log.readUInt8(at));
    const ok = log.readUInt8(at + 1);
    const pathLength = log.readUInt16LE(at + 2);
    const openFile = log.readUInt32LE(at + 4);
    const inode = log.readBigUInt64LE(at + 8);
    const offset = Number(log.readBigInt64LE(at + 16));
    const dataLength = Number(log.readBigUInt64LE(at + 24));
    const path = log.toString('utf8', at + 32, at + 32 + pathLength);
    const data = log.subarray(at + 32 + pathLength, at + 32 + pathLength + dataLength);
    at += 32 + pathLength + dataLength;
    step(disk, { op, ok, path, openFile, inode, offset, data });
  }
  return {
    retried: disk.retried,
    seen: () =>
      new Map(
        [...disk.names].map(([path, inode]) => {
          const file = fileOf(disk.files, inode);
          return [path, file.cache.subarray(0, file.size)];
        }),
      ),
    cut: (from, to, random) => write(disk, from, to, random),
  };
}

interface Step {
  readonly op: string;
  readonly ok: number;
  readonly path: string;
  readonly openFile: number;
  readonly inode: bigint;
  readonly offset: number;
  readonly data: Buffer;
}

function step(disk: Disk, { op, ok, path, openFile, inode, offset, data }: Step): void {
  const { files, names, pending } = disk;
  switch (op) {
    case 'O': {
      // A folder.
      if (ok === 2) return;
      if (names.get(path) !== inode) {
        names.set(path, inode);
        files.set(inode, emptyFile());
        pending.push({ type: 'link', path, inode });
      }
      const file = fileOf(files, inode);
      if (file.size > offset) resize(file, offset);
      return;
    }
    case 'W': {
      const file = fileOf(files, inode);
      if (offset + data.length > file.size) resize(file, offset + data.length);
      data.copy(file.cache, offset);
      if (disk.again.has(openFile)) disk.retried.add(path);
      for (let page = Math.floor(offset / PAGE); page * PAGE < offset + data.length; page++) {
        file.dirty.add(page);
        for (const pages of file.forgotten.values()) pages.delete(page);
      }
      return;
    }
    case 'T':
      resize(fileOf(files, inode), offset);
      return;
    case 'S':
      sync(disk, path, inode, openFile, ok === 1);
      return;
    case 'R': {
      const moved = names.get(path);
      if (moved === undefined) return;
      names.delete(path);
      names.set(data.toString(), moved);
      pending.push({ type: 'rename', path, to: data.toString() });
      return;
    }
    case 'U':
      names.delete(path);
      pending.push({ type: 'unlink', path });
      return;
    default:
      throw new Error(`a log that nobody wrote: ${op}`);
  }
}

const emptyFile = (): File => ({
  cache: Buffer.alloc(0),
  size: 0,
  disk: Buffer.alloc(0),
  diskSize: 0,
  dirty: new Set(),
  forgotten: new Map(),
});

function fileOf(files: Map<bigint, File>, inode: bigint): File {
  const file = files.get(inode);
  if (file === undefined) throw new Error('a file that nobody opened');
  return file;
}

const grown = (bytes: Buffer, size: number): Buffer => {
  if (bytes.length >= size) return bytes;
  const more = Buffer.alloc(Math.max(size, bytes.length * 2, PAGE));
  bytes.copy(more);
  return more;
};

function resize(file: File, size: number): void {
  file.cache = grown(file.cache, size);
  if (size < file.size) file.cache.fill(0, size, file.size);
  file.size = size;
}

function flush(file: File, page: number): void {
  const end = Math.min((page + 1) * PAGE, file.size);
  if (end <= page * PAGE) return;
  file.disk = grown(file.disk, end);
  file.cache.copy(file.disk, page * PAGE, page * PAGE, end);
  file.diskSize = Math.max(file.diskSize, end);
}

function setDiskSize(file: File): void {
  file.disk = grown(file.disk, file.size);
  if (file.size < file.diskSize) file.disk.fill(0, file.size, file.diskSize);
  file.diskSize = file.size;
}

function sync(disk: Disk, path: string, inode: bigint, openFile: number, ok: boolean): void {
  const file = disk.files.get(inode);
  if (file === undefined) {
    // A folder: its names, in their order, and all before them.
    if (ok) settleNames(disk, (op) => dirname(op.path) === path || (op.type === 'rename' && dirname(op.to) === path));
    return;
  }
  if (!ok) {
    file.forgotten.set(openFile, new Set([...(file.forgotten.get(openFile) ?? []), ...file.dirty]));
    file.dirty.clear();
    return;
  }
  const left = file.forgotten.get(openFile);
  if (left !== undefined && left.size > 0) disk.again.add(openFile);
  setDiskSize(file);
  for (const page of file.dirty) flush(file, page);
  file.dirty.clear();
  if (!disk.strict) settleNames(disk, () => true);
}

/** Names go to the disk in order: everything up to the last that fits. */
function settleNames(disk: Disk, fits: (op: NameOp) => boolean): void {
  const upTo = disk.strict ? disk.pending.findLastIndex(fits) + 1 : disk.pending.length;
  for (const op of disk.pending.splice(0, upTo)) applyName(disk.diskNames, op);
}

function applyName(names: Map<string, bigint>, op: NameOp): void {
  switch (op.type) {
    case 'link':
      names.set(op.path, op.inode);
      return;
    case 'unlink':
      names.delete(op.path);
      return;
    case 'rename': {
      const inode = names.get(op.path);
      if (inode === undefined) return;
      names.delete(op.path);
      names.set(op.to, inode);
    }
  }
}

function write(disk: Disk, from: string, to: string, random: Random): void {
  const luck: Luck = random.pick(['none', 'none', 'some', 'all']);
  const pages = luck === 'all' ? 1 : luck === 'some' ? random.next() : 0;
  const kept = luck === 'all' ? disk.pending.length : luck === 'some' ? random.int(disk.pending.length + 1) : 0;
  for (const op of disk.pending.slice(0, kept)) applyName(disk.diskNames, op);
  for (const file of disk.files.values()) for (const page of file.dirty) if (random.chance(pages)) flush(file, page);
  for (const [path, inode] of disk.diskNames) {
    if (!path.startsWith(`${from}/`)) continue;
    const target = to + path.slice(from.length);
    mkdirSync(dirname(target), { recursive: true });
    const file = disk.files.get(inode);
    writeFileSync(target, file === undefined ? '' : file.disk.subarray(0, file.diskSize));
  }
}
