import { statfs } from 'node:fs/promises';
import { type CheckOf, found } from './check.ts';

const MB = 1_000_000;

/** Room on the queue's disk against what the settings ask for; a warning below twice that. @param least bytes */
export const diskCheck =
  (folder: string, least: number): CheckOf<'disk'> =>
  async () => {
    let free: number;
    try {
      const { bavail, bsize } = await statfs(folder);
      free = bavail * bsize;
    } catch {
      return found('unknown', 'unreadable');
    }
    const facts = { freeMb: Math.floor(free / MB), leastMb: Math.ceil(least / MB) };
    if (free < least) return found('bad', 'full', facts);
    return free < least * 2 ? found('warning', 'low', facts) : found('good', 'room', facts);
  };
