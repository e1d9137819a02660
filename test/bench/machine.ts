import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import Database from 'better-sqlite3';
import { z } from 'zod';

/** Where and when the figures were taken, for who reads them. */
export interface Machine {
  readonly at: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

export function machine({ rounds, depth }: { readonly rounds: number; readonly depth: number }): Machine {
  const db = new Database(':memory:');
  const { v } = z.object({ v: z.string() }).parse(db.prepare('SELECT sqlite_version() AS v').get());
  db.close();
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0);
  return {
    at: new Date().toISOString().slice(0, 16).replace('T', ' '),
    facts: [
      { name: 'Rounds', value: String(rounds) },
      { name: 'Deepest queue', value: `${depth.toLocaleString('en')} rows` },
      { name: 'Processor', value: `${availableParallelism()} x ${cpus()[0]?.model.trim() ?? 'unknown'}` },
      { name: 'Memory', value: `${gigabytes} GB` },
      { name: 'Load at the end', value: loadavg()[0]?.toFixed(1) ?? '' },
      { name: 'Node', value: process.version },
      { name: 'SQLite', value: v },
    ],
  };
}
