import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Result } from '../../contract/result.ts';
import { err, ok, unreachable } from '../../contract/result.ts';
import { TerminalId } from '../../contract/submission.ts';
import { exportFiles, look, type Said, salvage, verify } from './outbox-orders.ts';

/**
 * `npm run outbox -- look|verify|salvage|export FILE [--data DIR] [--journal DIR] [--out FILE] [--terminal ID]`: what is in a queue's file, and
 * a way back for it. FILE: a queue's database (the kiosk's own while it stands still, one that was set aside, or one from elsewhere), a file
 * of a journal, or a folder of these; DIR: the folder that the core was given. Nothing of what a person entered is ever shown, and nothing
 * could be: it is sealed.
 *
 * - `look`: counts by state and kind, times, version, receipts of what has not been sent.
 * - `verify`: every row against its own hash, pages and indexes, the journal's chain.
 * - `salvage`: puts unsent rows that the queue in DIR does not know into it. Run it as the core's own user.
 * - `export`: the unsent rows as a file for the platform (`npm run platform -- --take`); `--terminal`: the kiosk's id, as it stands in its settings.
 *
 * Exit codes: 0 done and nothing wrong, 1 something is wrong or was not done, 2 arguments.
 */
const USAGE = `usage: npm run outbox -- look|verify FILE
       npm run outbox -- salvage FILE --data DIR [--journal DIR]
       npm run outbox -- export FILE --out FILE --terminal ID [--data DIR] [--journal DIR]`;

type Order =
  | { readonly do: 'look' | 'verify'; readonly file: string }
  | { readonly do: 'salvage'; readonly file: string; readonly data: string; readonly journal: string | null }
  | {
      readonly do: 'export';
      readonly file: string;
      readonly out: string;
      readonly terminal: string;
      readonly data: string | null;
      readonly journal: string | null;
    };

function parseOrder(argv: readonly string[]): Result<Order, string> {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        journal: { type: 'string' },
        out: { type: 'string' },
        terminal: { type: 'string' },
      },
    });
    const [what, name, more] = positionals;
    if (name === undefined || name === '' || more !== undefined) return err('one order and one file or folder are wanted');
    const file = resolve(name);
    const data = values.data === undefined ? null : resolve(values.data);
    const journal = values.journal === undefined ? null : resolve(values.journal);
    switch (what) {
      case 'look':
      case 'verify':
        return ok({ do: what, file });
      case 'salvage':
        if (data === null) return err('--data is wanted: the folder that the core was given');
        return ok({ do: what, file, data, journal });
      case 'export': {
        if (values.out === undefined || values.out === '') return err('--out is wanted: the file to write');
        const terminal = TerminalId.safeParse(values.terminal);
        if (!terminal.success) return err('--terminal is wanted: the id of the kiosk (terminal.id in its settings)');
        return ok({ do: what, file, out: resolve(values.out), terminal: terminal.data, data, journal });
      }
      default:
        return err('the order is one of look, verify, salvage, export');
    }
  } catch (error) {
    return err(error instanceof Error ? error.message : 'arguments cannot be read');
  }
}

async function carryOut(order: Order): Promise<Said> {
  switch (order.do) {
    case 'look':
      return look(order.file);
    case 'verify':
      return verify(order.file);
    case 'salvage':
      return salvage(order);
    case 'export':
      return exportFiles({ ...order, now: Date.now() });
    default:
      return unreachable(order);
  }
}

async function run(argv: readonly string[]): Promise<number> {
  if (argv.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const order = parseOrder(argv);
  if (!order.ok) {
    process.stderr.write(`${order.error}\n${USAGE}\n`);
    return 2;
  }
  try {
    const { out, problems } = await carryOut(order.value);
    for (const line of out) process.stdout.write(`${line}\n`);
    for (const line of problems) process.stderr.write(`${line}\n`);
    return problems.length === 0 ? 0 : 1;
  } catch {
    // Never the error's own text: it could quote what a row holds.
    process.stderr.write(`${order.value.file}: cannot be used (a fault of this command, or of the disk)\n`);
    return 1;
  }
}

// The queue is the core's alone, whatever the shell's umask.
process.umask(0o077);
process.exitCode = await run(process.argv.slice(2));
