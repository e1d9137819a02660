import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { commandArguments } from '../support/command-arguments.ts';
import { dropFolders } from './folders.ts';
import { machine } from './machine.ts';
import { benchPage } from './page/page.ts';
import { type BenchOptions, BenchRow } from './row.ts';
import { textTable } from './text-table.ts';

/**
 * `npm run bench [-- NAME ...] [--only SECTION,SECTION] [--rounds N] [--depth N] [--out FILE]`: figures beside their floor of the same run. Rows
 * go to FILE (JSON, an array of `BenchRow`), and beside it as a page with charts. Exit codes: 0 measured, whatever reaches its goal or not,
 * 1 it could not be measured, 2 arguments.
 */
const NAMES = ['queue', 'platform', 'card', 'tap', 'start', 'size', 'idle'] as const;
const USAGE = `usage: npm run bench [-- ${NAMES.join('|')} ...] [--only SECTION,...] [--rounds N] [--depth N] [--out FILE]\n`;
/** Each bench is a file of this folder that exports this. */
const Bench = z.object({ bench: z.custom<(options: BenchOptions) => unknown>((found) => typeof found === 'function') });

const { values, positionals } = await commandArguments('bench', {
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    depth: { type: 'string', default: '1000000' },
    out: { type: 'string', default: join(import.meta.dirname, '../../.cache/bench/bench-results.json') },
  },
});
const chosen = NAMES.filter((name) => positionals.length === 0 || positionals.includes(name));
const options = {
  rounds: Number(values.rounds),
  depth: Number(values.depth),
  only: values.only ?? null,
  say: (line: string) => process.stderr.write(`· ${line}\n`),
};
const unknown = positionals.filter((name) => !NAMES.some((known) => known === name));
if (unknown.length > 0 || !(options.rounds >= 1) || !(options.depth >= 1000)) {
  process.stderr.write(USAGE);
  process.exit(2);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    dropFolders();
    process.exit(130);
  });
}
const rows: BenchRow[] = [];
try {
  for (const name of chosen) {
    const file = new URL(`./${name}.ts`, import.meta.url);
    if (!existsSync(file)) throw new Error(`there is no bench of the ${name}`);
    const { bench } = Bench.parse(await import(file.href));
    rows.push(...z.array(BenchRow).parse(await bench(options)));
  }
} finally {
  dropFolders();
}

const out = resolve(values.out);
const page = join(dirname(out), 'bench.html');
mkdirSync(dirname(out), { recursive: true });
writeFileSync(out, `${JSON.stringify(rows, null, 2)}\n`);
writeFileSync(page, benchPage(rows, machine(options)));
process.stdout.write(textTable(rows));
process.stdout.write(`rows: ${out}\npage: ${page}\n`);
