import { createHash } from 'node:crypto';

/** What happened, in order. Its hash says whether two runs of a seed were the same bit for bit. */
export interface Trace {
  note(what: string): void;
  /** SHA-256 of every line so far, hex, 16 digits. */
  hash(): string;
  readonly events: number;
  /** The last lines, oldest first. */
  tail(): readonly string[];
}

/** @param now virtual ms @param keep lines that `tail` holds; Infinity: all */
export function createTrace(now: () => number, keep: number): Trace {
  const hash = createHash('sha256');
  let events = 0;
  let lines: string[] = [];
  return {
    note(what) {
      const line = `${(now() / 1000).toFixed(3)} ${what}`;
      hash.update(line).update('\n');
      events += 1;
      if (keep === 0) return;
      lines.push(line);
      if (lines.length > 2 * keep) lines = lines.slice(-keep);
    },
    hash: () => hash.copy().digest('hex').slice(0, 16),
    get events() {
      return events;
    },
    tail: () => lines.slice(-keep),
  };
}
