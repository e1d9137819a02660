import { createHmac } from 'node:crypto';
import type { RandomBytes } from '../../ports.ts';

/**
 * Which accounts a family run has used: "one account, one person" is told at once, not after the last step. Kept as keyed hashes under a
 * key of this run, in memory only, and forgotten with the run (DESIGN.md, Journeys).
 */
export interface UsedAccounts {
  note(service: string, account: string): void;
  knows(service: string, account: string): boolean;
  forget(): void;
}

export function createUsedAccounts(random: RandomBytes): UsedAccounts {
  let key = random(32);
  const seen = new Set<string>();
  const hash = (service: string, account: string) => createHmac('sha256', key).update(`${service}\n${account}`).digest('base64');
  return {
    note: (service, account) => void seen.add(hash(service, account)),
    knows: (service, account) => seen.size > 0 && seen.has(hash(service, account)),
    forget() {
      seen.clear();
      key = random(32);
    },
  };
}
