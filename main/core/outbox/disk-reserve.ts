import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, statSync, unlinkSync, writeSync } from 'node:fs';

/**
 * Room on the disk. A full disk wedges a queue: even deleting needs room (SOURCES.md, Queue: a full disk). The ballast is a
 * file of real bytes that is given up once, so that what was promised can still be written.
 */
export interface DiskReserve {
  /** @returns whether the ballast is there (again) and the disk has the room that the settings ask for */
  enough(): boolean;
  /** Gives the ballast up. @returns false when there is none any more */
  giveUpBallast(): boolean;
}

const CHUNK = Buffer.alloc(64 * 1024, 0x5a);

/** @param folder an existing folder on the queue's disk */
export function createDiskReserve(
  folder: string,
  ballastPath: string,
  limits: { ballastBytes: number; minFreeBytes: number },
): DiskReserve {
  const { ballastBytes, minFreeBytes } = limits;
  const whole = () => {
    if (ballastBytes === 0) return true;
    const found = statSync(ballastPath, { throwIfNoEntry: false });
    return found?.isFile() === true && found.size === ballastBytes;
  };

  const laid = (): boolean => {
    let file: number | null = null;
    try {
      if (whole()) return true;
      file = openSync(ballastPath, 'w', 0o600);
      for (let left = ballastBytes; left > 0; ) left -= writeSync(file, CHUNK, 0, Math.min(left, CHUNK.length));
      fsyncSync(file);
      closeSync(file);
      return true;
    } catch {
      // A disk that fails here may fail at every further call.
      try {
        if (file !== null) closeSync(file);
        rmSync(ballastPath, { recursive: true, force: true });
      } catch {}
      return false;
    }
  };

  return {
    enough() {
      if (!laid()) return false;
      try {
        const { bavail, bsize } = statfsSync(folder);
        return bavail * bsize >= minFreeBytes;
      } catch {
        return false;
      }
    },
    giveUpBallast() {
      if (ballastBytes === 0 || !existsSync(ballastPath)) return false;
      try {
        unlinkSync(ballastPath);
        return true;
      } catch {
        return false;
      }
    },
  };
}
