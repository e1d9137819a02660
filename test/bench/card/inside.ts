import { dropFolders } from '../folders.ts';
import type { BenchRow } from '../row.ts';
import { commandsAndBytes } from './commands.ts';
import { cardEvents } from './events.ts';
import { timePerCommand } from './time.ts';

/** Where a pcscd of our own is. Arguments: rounds, sections with commas. Prints the rows. */

const sections = { commands: commandsAndBytes, time: timePerCommand, events: cardEvents };
const [rounds = '5', only = ''] = process.argv.slice(2);
const options = { rounds: Number(rounds), depth: 0, only: null, say: (line: string) => void process.stderr.write(`· ${line}\n`) };
const rows: BenchRow[] = [];
try {
  for (const [name, section] of Object.entries(sections)) {
    if (only !== '' && !only.split(',').includes(name)) continue;
    options.say(`card: ${name} ...`);
    rows.push(...(await section(options)));
  }
} finally {
  dropFolders();
}
process.stdout.write(`${JSON.stringify(rows)}\n`);
