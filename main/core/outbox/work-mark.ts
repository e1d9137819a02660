import { z } from 'zod';
import type { QueueFiles } from './journal-files.ts';

/**
 * Which rows were in hand when the process ended. A plain file that is never forced: it outlives a process, and a power cut needs no such memory.
 * A start after a freeze begins with these rows apart, so that no restart meets the same freeze twice.
 */
export interface WorkMark {
  /** @param ids null: nothing is in hand any more */
  atWork(ids: readonly string[] | null): void;
  /** Rows that were in hand when the process before this one died or froze. */
  leftAtWork(): readonly string[];
}

const Ids = z.array(z.uuid()).max(1000);

export function createWorkMark(path: string, files: QueueFiles): WorkMark {
  const read = (): readonly string[] => {
    try {
      return Ids.parse(JSON.parse(files.readFileSync(path, 'utf8')));
    } catch {
      return [];
    }
  };
  const left = read();
  let there = files.existsSync(path);
  return {
    leftAtWork: () => left,
    // What cannot be written is only not remembered.
    atWork(ids) {
      try {
        if (ids === null) {
          if (there) files.unlinkSync(path);
          there = false;
          return;
        }
        const file = files.openSync(path, 'w', 0o600);
        files.writeSync(file, JSON.stringify(ids));
        files.closeSync(file);
        there = true;
      } catch {}
    },
  };
}
