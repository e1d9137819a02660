import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Result } from '../../contract/result.ts';
import { err, ok, unreachable } from '../../contract/result.ts';
import { StaffRole } from '../../contract/staff.ts';
import type { KeyStore, KeyStoreError } from '../../core/staff/key-store.ts';
import { openKeyStore } from '../../core/staff/key-store.ts';
import { systemClock, systemRandom } from './system.ts';

/**
 * `npm run staff-key -- --data DIR --name "window 1" --role clerk|engineer`: makes a key and prints it, once, for the
 * staff's device to enter, and to a terminal only (`--print`: also to a program that reads it); the kiosk keeps only its hash. `--list`; `--remove NAME`. The core may be running; the first key of all
 * opens the staff's side at its next start.
 * Exit codes: 0 done, 1 not done, 2 arguments.
 */
const USAGE = `usage: npm run staff-key -- --data DIR (--name NAME --role clerk|engineer [--print] | --list | --remove NAME)`;

type Order =
  | { readonly do: 'make'; readonly name: string; readonly role: StaffRole; readonly print: boolean }
  | { readonly do: 'list' }
  | { readonly do: 'remove'; readonly name: string };

function parseOrder(argv: readonly string[]): Result<{ data: string; order: Order }, string> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        data: { type: 'string' },
        name: { type: 'string' },
        role: { type: 'string' },
        print: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        remove: { type: 'string' },
      },
    });
    const { data, name, role, print, list, remove } = values;
    if (data === undefined || data === '') return err('--data is wanted: the folder that the core was given');
    const known = StaffRole.safeParse(role);
    const orders: Order[] = [
      ...(list ? [{ do: 'list' } as const] : []),
      ...(remove === undefined ? [] : [{ do: 'remove', name: remove } as const]),
      ...(name !== undefined && known.success ? [{ do: 'make', name, role: known.data, print } as const] : []),
    ];
    const [order, second] = orders;
    if (order === undefined || second !== undefined) return err('one of: --name with --role, --list, --remove');
    return ok({ data: resolve(data), order });
  } catch (error) {
    return err(error instanceof Error ? error.message : 'arguments cannot be read');
  }
}

const WORDS: Record<KeyStoreError, string> = {
  name: 'a name has 1 to 40 letters, digits, spaces, dots and hyphens',
  taken: 'there is a key of that name (--remove it first)',
  storage: 'the keys cannot be written',
};

/** @returns the text for standard output, or one sentence */
function carryOut(keys: KeyStore, order: Order): Result<string, string> {
  switch (order.do) {
    case 'list':
      return ok(
        keys
          .list()
          .map(({ name, role, passcode }) => `${name}\t${role}\t${passcode === null ? 'no passcode yet' : 'in use'}\n`)
          .join(''),
      );
    case 'remove': {
      const removed = keys.remove(order.name);
      if (!removed.ok) return err(WORDS[removed.error]);
      return removed.value ? ok(`removed: ${order.name}\n`) : err(`no key of that name: ${order.name}`);
    }
    case 'make': {
      const made = keys.make(order.name, order.role, systemClock.now());
      return made.ok ? ok(`${made.value}\n`) : err(WORDS[made.error]);
    }
    default:
      return unreachable(order);
  }
}

function run(argv: readonly string[]): number {
  if (argv.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const parsed = parseOrder(argv);
  if (!parsed.ok) {
    process.stderr.write(`${parsed.error}\n${USAGE}\n`);
    return 2;
  }
  const { data, order } = parsed.value;
  if (order.do === 'make' && !order.print && !process.stdout.isTTY) {
    process.stderr.write(
      'no key was made: it would be printed to what is no terminal, perhaps a journal (--print does it all the same)\n',
    );
    return 1;
  }
  try {
    const keys = openKeyStore(data, systemRandom, order.do === 'make');
    if (keys === null) {
      process.stderr.write(`${data}: no staff keys there\n`);
      return order.do === 'list' ? 0 : 1;
    }
    const done = carryOut(keys, order);
    keys.close();
    if (done.ok) process.stdout.write(done.value);
    else process.stderr.write(`${done.error}\n`);
    if (done.ok && order.do === 'make')
      process.stderr.write('Enter this on the staff page, on the staff’s own device. It is shown once.\n');
    return done.ok ? 0 : 1;
  } catch {
    process.stderr.write(`${data}: the staff keys there cannot be used\n`);
    return 1;
  }
}

// The keys are the core's alone, whatever the shell's umask.
process.umask(0o077);
process.exitCode = run(process.argv.slice(2));
