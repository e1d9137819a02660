import { spawnSync } from 'node:child_process';
import { z } from 'zod';
import { dropFolders } from './folders.ts';
import { type BenchOptions, BenchRow } from './row.ts';
import { textLine } from './text-table.ts';

/** A bench whose sections run in a process of their own, inside of what gives them a pcscd or a display. */

export type Sections = Readonly<Record<string, (options: BenchOptions) => Promise<BenchRow[]>>>;

/**
 * Runs a program that ends with `printRows` inside of these commands. @param around each word of what it is run inside of
 * @throws when it fails; it has said why on standard error
 */
export function rowsOf(around: readonly string[], program: string, { rounds, only, say }: BenchOptions): BenchRow[] {
  const [command = '', ...args] = [...around, process.execPath, program, String(rounds), only ?? ''];
  const done = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (done.status !== 0) throw new Error(`${program}: cannot be measured here`);
  // A window manager may have had its say before.
  const rows = z.array(BenchRow).parse(JSON.parse(done.stdout.trimEnd().split('\n').at(-1) ?? ''));
  for (const row of rows) say(textLine(row));
  return rows;
}

/** The other side: rounds and the wanted sections from the command line, rows as JSON to standard output. */
export async function printRows(name: string, sections: Sections): Promise<void> {
  const [rounds = '5', only = ''] = process.argv.slice(2);
  const options = {
    rounds: Number(rounds),
    depth: 0,
    only: null,
    say: (line: string) => void process.stderr.write(`· ${line}\n`),
  };
  const rows: BenchRow[] = [];
  try {
    for (const [section, measure] of Object.entries(sections)) {
      if (only !== '' && !only.split(',').includes(section)) continue;
      options.say(`${name}: ${section} ...`);
      rows.push(...(await measure(options)));
    }
  } finally {
    dropFolders();
  }
  process.stdout.write(`${JSON.stringify(rows)}\n`);
}
