import { readdirSync, readFileSync } from 'node:fs';

/** The child of a process whose command line holds these words; Linux. @returns null when there is none now */
export function childPid(parent: number, words: string): number | null {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const parentOf = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
      if (parentOf === parent && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(words)) return Number(name);
    } catch {
      // It ended while we looked.
    }
  }
  return null;
}
