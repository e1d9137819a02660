import type { Dice } from './dice.ts';

const SECTOR = 512;

/**
 * A file whose "written" and "synced" are kept apart. A sync that failed marks the pages clean all the same, as Linux does: what was written
 * before it stays readable and never reaches the medium, whatever later syncs say.
 */
export interface VirtualFile {
  readonly size: number;
  bytes(): Buffer;
  read(at: number, length: number): Buffer;
  write(at: number, bytes: Uint8Array): void;
  truncate(size: number): void;
  sync(): void;
  syncFailed(): void;
  /** What the medium holds after a power cut: the synced bytes, and of the rest what had got there by chance. */
  afterCut(dice: Dice, keepSome: boolean): Buffer;
  /** Bytes that change by themselves: on the medium and in the cache. */
  damage(change: (bytes: Buffer) => Buffer): void;
}

export function createVirtualFile(start: Buffer = Buffer.alloc(0)): VirtualFile {
  let current: Buffer = Buffer.from(start);
  let durable: Buffer = Buffer.from(start);
  /** Sectors written since the last sync, whether that worked or not. */
  const dirty = new Set<number>();

  const touch = (at: number, length: number) => {
    for (let sector = Math.floor(at / SECTOR); sector * SECTOR < at + length; sector++) dirty.add(sector);
  };
  const flush = (target: Buffer, sectors: Iterable<number>): Buffer => {
    // The length is metadata: it goes along with any sync of the file.
    const next = target.length === current.length ? target : Buffer.alloc(current.length);
    if (next !== target) target.copy(next, 0, 0, Math.min(target.length, next.length));
    for (const sector of sectors) current.copy(next, sector * SECTOR, sector * SECTOR, (sector + 1) * SECTOR);
    return next;
  };

  return {
    get size() {
      return current.length;
    },
    bytes: () => Buffer.from(current),
    read: (at, length) => current.subarray(at, at + length),
    write(at, bytes) {
      if (at + bytes.length > current.length) {
        const grown = Buffer.alloc(at + bytes.length);
        current.copy(grown);
        current = grown;
      }
      current.set(bytes, at);
      touch(at, bytes.length);
    },
    truncate(size) {
      const next = Buffer.alloc(size);
      current.copy(next, 0, 0, Math.min(size, current.length));
      current = next;
      touch(0, 0);
    },
    sync() {
      durable = flush(durable, dirty);
      dirty.clear();
    },
    syncFailed: () => dirty.clear(),
    afterCut(dice, keepSome) {
      if (!keepSome) return Buffer.from(durable);
      return flush(
        Buffer.from(durable),
        [...dirty].filter(() => dice.chance(0.5)),
      );
    },
    damage(change) {
      current = change(Buffer.from(current));
      durable = change(Buffer.from(durable));
      dirty.clear();
    },
  };
}
