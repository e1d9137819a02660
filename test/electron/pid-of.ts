import { readdirSync, readFileSync } from 'node:fs';

/** A process by its command line, also one in a namespace below ours; Linux. @param parts ends of words that it must have */
export function pidOf(...parts: readonly string[]): number | null {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
      if (parts.every((part) => words.some((word) => word.endsWith(part)))) return Number(name);
    } catch {
      // It ended while we looked.
    }
  }
  return null;
}
